"""A project of six families: four tell of the cold, one of something else, of one there are no words. Invented talk only."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from tests.builders import BALANCE, DOMAINS, add_code, add_family, code_words, story
from tests.copies import made_once

from verhalen.api.project import Project, new_project
from verhalen.model.act import Act
from verhalen.model.family import Trajectory
from verhalen.model.snapshot import Assessor, State
from verhalen.msc.telling import tell
from verhalen.store import families, scores, stories

START = dt.date(2025, 1, 6)
SUPPORT = {"G001": (2, 4), "G002": (1, 1), "G003": (3, 2), "G004": (4, None), "G005": (5, 5), "G006": (1, 3)}
"""Baseline and follow-up on one item about the family; G004 was seen once."""


@made_once
def telling_project(folder: Path) -> Project:
    """Four families tell of the cold, one tells of something else, of one there are no words."""
    project = new_project(folder / "w", coder="Hanne", empty=True)
    file = project.file
    with file.change(Act.IMPORT_DOMAINS) as writing:
        scores.put_domains(writing, DOMAINS)
    with file.change(Act.IMPORT_INSTRUMENTS) as writing:
        instrument = scores.put_instrument(writing, BALANCE)
    item = next(each.id for each in project.scores.instrument("balans").items if each.key == "gezin.steun")
    add_code(file, "huis")
    add_code(file, "kou", parent="huis")
    for key, values in SUPPORT.items():
        family = add_family(file, key)
        with file.change(Act.IMPORT_SCORES) as writing:
            trajectory = families.put_trajectory(writing, family, Trajectory(1, START))
            for nth, value in enumerate(values):
                if value is not None:
                    snapshot = scores.add_snapshot(
                        writing,
                        family_id=family,
                        instrument_id=instrument,
                        day=START + dt.timedelta(days=182 * nth),
                        assessor=Assessor(BALANCE.assessor),
                        trajectory_id=trajectory,
                    )
                    scores.add_observations(
                        writing, [(snapshot, scores.NewObservation(item, None, State.SCORED, value, ""))]
                    )
    for key in ("G001", "G002", "G003", "G004", "G005"):
        words = "Alles goed hier." if key == "G005" else f"Bij {key} was het koud."
        tell(file, replace(story("", key, words), domains=("PSY",) if key == "G005" else ()))
    for each in stories.stories(file):
        if each.family != "G005":
            assert each.source_id is not None
            code_words(file, each.source_id, "was het koud", "kou")
    return project
