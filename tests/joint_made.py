"""A project in which words and numbers go apart: six families, homes that got worse, happy stories. Invented talk only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from tests.builders import add_text
from tests.copies import made_once

from verhalen.api.project import Project, new_project
from verhalen.coding import editing
from verhalen.model.act import Act
from verhalen.model.coding import Valence
from verhalen.model.family import Person
from verhalen.model.snapshot import Assessor, State
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.msc.telling import tell
from verhalen.store import families, scores, sources

DAY = dt.date(2026, 3, 2)
START = dt.date(2025, 1, 6)
HOME, STRESS = "huishouden.verblijfplaats", "volwassene.stress"
TALK = "Ann: Het huis is droog en de coach belt elke week.\nSven: Bij haar zie ik nog altijd schimmel."


def snapshot(
    project: Project, family: str, day: int, cells: Mapping[str, int], *, by: Assessor = Assessor.COACH
) -> int:
    """Scores of a family; those of adults are the mother's. Gives the id of the snapshot."""
    instrument = project.scores.instrument("sociale_balans")
    items = {item.key: item for item in instrument.items}
    with project.file.change(Act.IMPORT_SCORES) as writing:
        number = families.family_ids(project.file).get(family) or families.add_family(writing, family, municipality="")
        mother = families.put_person(writing, number, Person(f"{family}.moeder", "ouder"))
        new = scores.add_snapshot(
            writing,
            family_id=number,
            instrument_id=instrument.id,
            day=START + dt.timedelta(days=day),
            assessor=by,
            trajectory_id=None,
        )
        for key, value in cells.items():
            who = mother if key.startswith("volwassene") else None
            row = scores.NewObservation(items[key].id, who, State.SCORED, value, "")
            scores.add_observations(writing, [(new, row)])
    return new


def story(family: str, answer: StoryAnswer, *, role: str = "ouder", member: str = "moeder") -> Story:
    """A story about the home."""
    return Story("", family, f"Dit vertelde {role} van {family}.", answer, Voice(role, member), domains=("WON",))


def code(project: Project, words: str, key: str, *, valence: Valence = Valence.NONE) -> int:
    """Code words of the talk; give the id of the coding."""
    source = next(each for each in project.sources.all() if each.title == "gesprek")
    start = editing.text_now(project.file, source.id).index(words)
    intent = editing.Intent(source.id, start, start + len(words), key, valence)
    return editing.apply_codes(project.file, [intent])[0].coding_id


@made_once
def furnished(folder: Path) -> Project:
    """Six families of whom the home got worse in four, and two happy stories; G002 is happy and stays where it is."""
    project = new_project(folder / "w", coder="Hanne")
    for number, after in enumerate((2, 3, 2, 2, 2, 4), 1):
        snapshot(project, f"G00{number}", 0, {HOME: 3, STRESS: 3})
        snapshot(project, f"G00{number}", 182, {HOME: after, STRESS: 3})
    tell(project.file, story("G001", StoryAnswer.POSITIVE))
    tell(project.file, story("G002", StoryAnswer.POSITIVE))
    source = add_text(project.file, TALK, "gesprek")
    speakers = {each.name: each.id for each in sources.speakers_of(project.file, source)}
    mother = families.person_ids(project.file)["G001.moeder"]
    with project.file.change(Act.LINK_SPEAKER, source) as writing:
        sources.link_speaker(writing, speakers["Ann"], person_id=mother, role="ouder")
        sources.link_speaker(writing, speakers["Sven"], person_id=None, role="gezinscoach")
    code(project, "Het huis is droog", "ld.won", valence=Valence.POSITIVE)
    code(project, "de coach belt elke week", "rol.nabij")
    code(project, "nog altijd schimmel", "ld.won", valence=Valence.NEGATIVE)
    return project
