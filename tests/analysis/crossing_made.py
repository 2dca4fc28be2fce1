"""A small project with every kind of column, and a naive crosstab over it: one object after the other, as one counts by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.builders import BALANCE, DAY, DOMAINS, add_text, story

from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.model.coding import Fragment
from verhalen.model.crosstable import Rows, Unit, Whose
from verhalen.model.family import Family, Person, Trajectory
from verhalen.model.snapshot import Assessor, State
from verhalen.msc.telling import tell
from verhalen.store import codebook, families, scores
from verhalen.store.project import ProjectFile

TALK = "Anna: Ik sliep niet, en de huur was te hoog.\nBert: Nu gaat het beter, zei de coach.\nAnna: Ja, dat is zo."
CODES = (("ld", None), ("ld.won", "ld"), ("ld.won.huur", "ld.won"), ("ld.ink", "ld"), ("rol", None))
EVIDENCE = {"ld.won.huur": ("SOC", "PSY"), "ld.ink": ("PSY",)}
START = dt.date(2026, 1, 5)
PLACES = ("Zandhoven", "Ranst", "")
"""Where the three families live; of the last nobody knows."""
CLASSES = {"G001": "up", "G002": "down", "G003": "not_paired"}


def make(folder: Path) -> ProjectFile:
    """Two talks and a story, three families with a mother each, scores of two of them, two coders."""
    project = ProjectFile.create(folder, coder="Hanne")
    with project.change(Act.IMPORT_DOMAINS) as writing:
        scores.put_domains(writing, DOMAINS)
    with project.change(Act.IMPORT_INSTRUMENTS) as writing:
        instrument = scores.put_instrument(writing, BALANCE)
    item = next(each.id for each in scores.instruments(project)[0].items if each.key == "gezin.steun")
    for nth, place in enumerate(PLACES, 1):
        add_family(project, f"G00{nth}", place, instrument, item, (2, 4) if nth == 1 else (4, 2) if nth == 2 else ())
    for key, parent in CODES:
        with project.change(Act.ADD_CODE) as writing:
            codebook.add_code(writing, Code(key, key, parent=parent, evidence=EVIDENCE.get(key, ())))
    for title in ("een", "twee"):
        add_text(project, TALK, title)
    tell(project, story("", "G001", "Ik neem nu de bus naar mijn zus, en de huur is betaald."))
    with project.sibling(coder="Jan") as other:
        assert other.coder_id
    return project


def add_family(project: ProjectFile, key: str, place: str, instrument: int, item: int, levels: tuple[int, ...]) -> None:
    """A family with its mother, support from the start, and a score per half year."""
    with project.change(Act.ADD_FAMILY) as writing:
        family = families.add_family(writing, key, municipality=place)
        families.put_person(writing, family, Person(f"{key}.moeder", "ouder"))
        families.set_attribute(writing, family, "taal", {"G001": "nl", "G002": "pl"}.get(key, ""))
        support = families.put_trajectory(writing, family, Trajectory(1, START, coach=f"Els {key[-1]}"))
    with project.change(Act.SNAPSHOT) as writing:
        for nth, level in enumerate(levels):
            snapshot = scores.add_snapshot(
                writing,
                family_id=family,
                instrument_id=instrument,
                day=START + dt.timedelta(days=182 * nth),
                assessor=Assessor.COACH,
                trajectory_id=support,
            )
            scores.add_observations(writing, [(snapshot, scores.NewObservation(item, None, State.SCORED, level, ""))])


# -- the naive count ---------------------------------------------------------------------------------------------------


def rows_of(fragment: Fragment, rows: Rows) -> set[str]:
    """In which rows a coding stands."""
    parents = dict(CODES)
    above: list[str] = []
    code: str | None = fragment.coding.code
    while code is not None:
        above.append(code)
        code = parents[code]
    match rows:
        case Rows.CODE:
            return set(above)
        case Rows.GROUP:
            return {above[-1]}
        case Rows.DOMAIN:
            return set(EVIDENCE.get(fragment.coding.code, ()))
        case Rows.VALENCE:
            return {fragment.coding.valence.value}


def families_of(fragment: Fragment, whose: Whose) -> list[str]:
    """For which families a coding counts; "" for none, nothing where it is not asked for."""
    own = [fragment.family] if fragment.family else []
    about = [] if own else list(fragment.about)
    return {Whose.OWN: own, Whose.ABOUT: about, Whose.ALL: own or about or [""]}[whose]


def column_of(fragment: Fragment, family: str, by: str, everybody: dict[str, Family]) -> str:
    """The column of a coding that counts for a family."""
    told = fragment.source_number == 3
    day = DAY if told else dt.datetime.now().astimezone().date()
    person = {"Anna": "anna", "Bert": "bert"}.get(fragment.speaker or "", "")
    of_family: dict[str, Callable[[Family], str]] = {
        "gemeente": lambda each: each.municipality,
        "taal": lambda each: each.attribute("taal"),
        "coach": lambda each: each.coach,
        "project": lambda each: "",
        "change": lambda each: CLASSES[each.key],
    }
    if by in of_family:
        return of_family[by](everybody[family]) if family else "(geen gezin)"
    return {
        "speaker": fragment.speaker or "",
        "role": "ouder" if told else fragment.speaker_role or ("ouder" if fragment.family and person else ""),
        "source": str(fragment.source_number),
        "coder": fragment.coding.coder,
        "person": f"{fragment.family}.moeder" if fragment.family else "",
        "year": f"{day.year}",
        "half_year": f"{day.year}-{1 + (day.month > 6)}",
        "quarter": f"{day.year}-k{1 + (day.month - 1) // 3}",
        "month": f"{day:%Y-%m}",
    }[by]


Entry = tuple[str, str, str, Fragment]
"""Row, column, family, coding."""


def entries(
    fragments: Iterable[Fragment], by: str, rows: Rows, whose: Whose, everybody: dict[str, Family]
) -> list[Entry]:
    """Every coding in every cell."""
    return [
        (row, column_of(fragment, family, by, everybody), family, fragment)
        for fragment in fragments
        for family in families_of(fragment, whose)
        for row in rows_of(fragment, rows)
    ]


def counted(found: Iterable[Entry], unit: Unit) -> int:
    """How many different units there are."""
    listed = list(found)
    if unit is Unit.FAMILIES:
        return len({family for _, _, family, _ in listed if family})
    if unit is Unit.SOURCES:
        return len({each.coding.source_id for *_, each in listed})
    covered = {(each.coding.source_id, at) for *_, each in listed for at in range(each.coding.start, each.coding.stop)}
    # A stretch begins where nothing before it is joined to it by a coding that holds both characters.
    joined = {
        (each.coding.source_id, at) for *_, each in listed for at in range(each.coding.start + 1, each.coding.stop)
    }
    return len(covered - joined)
