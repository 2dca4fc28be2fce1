"""A file of ours beside an archive, read back. What does not fit is left aside: other programs may have changed the archive."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from verhalen import errors
from verhalen.exchange.refi_qda.code_keys import ForeignCode
from verhalen.exchange.refi_qda.guids import plain_guid
from verhalen.exchange.refi_qda.sidecar import FORMAT, VERSION, beside
from verhalen.i18n import t
from verhalen.model.codebook import Code
from verhalen.model.family import AttributeKind, Person, ValueKind
from verhalen.model.patterns import Pattern, PatternKind
from verhalen.model.text import Landmark, Turn
from verhalen.readers.limits import MAX_TOTAL, megabytes


@dataclass(frozen=True, slots=True)
class SideText:
    """What stands in it about a text."""

    kind: str
    masked: int
    sha256: str
    speakers: list[tuple[str, str, str]]
    """(name, role, person)"""
    turns: list[Turn]
    turn_guids: list[str]
    landmarks: list[Landmark]
    mentions: list[tuple[int, int, str, str, str]]
    """(start, stop, family, coder, its own GUID)"""


@dataclass(frozen=True, slots=True)
class SideFamily:
    """What stands in it about a family."""

    guid: str
    key: str
    municipality: str
    attributes: list[tuple[str, str]]
    sources: list[str]
    persons: list[tuple[str, Person]]


@dataclass(slots=True)
class Sidecar:
    """All of it; empty where there is no such file. GUIDs are plain."""

    is_there: bool = False
    codes: dict[str, Code] = field(default_factory=dict)
    texts: dict[str, SideText] = field(default_factory=dict)
    valences: dict[str, str] = field(default_factory=dict)
    memos: dict[str, dict[str, Any]] = field(default_factory=dict)
    families: list[SideFamily] = field(default_factory=list)
    attribute_kinds: list[AttributeKind] = field(default_factory=list)
    coders: dict[str, str] = field(default_factory=dict)
    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)

    def domain_keys(self) -> set[str]:
        """Keys of the life domains that come with it."""
        said = self.tables.get("life_domain", {"columns": [], "rows": []})
        return {str(dict(zip(said["columns"], row, strict=True))["key"]) for row in said["rows"]}

    def with_ours(self, codes: list[ForeignCode]) -> list[ForeignCode]:
        """The codes with what this file says of them, where another program did not rename them since."""
        return [replace(each, ours=ours) if (ours := self.codes.get(each.guid)) is not None else each for each in codes]


def read_sidecar(path: Path) -> Sidecar:
    """What lies beside an archive. Raises BadExchange for a file of that name that is none of ours, or a newer one."""
    file = beside(path)
    if not file.is_file():
        return Sidecar()
    if file.stat().st_size > MAX_TOTAL:
        raise errors.TooLarge(file=file.name, size=megabytes(file.stat().st_size), limit=megabytes(MAX_TOTAL))
    try:
        said = json.loads(file.read_bytes())
        is_newer = said["format"] == FORMAT and said["version"] > VERSION
        found = _sidecar(said) if said["format"] == FORMAT and not is_newer else None
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        found, is_newer = None, False
    if is_newer:
        raise errors.BadExchange(file=file.name, problem=t("it was made by a newer verhalen"))
    if found is None:
        problem = t("it is damaged, or not ours; move it away to import without it")
        raise errors.BadExchange(file=file.name, problem=problem)
    return found


def _sidecar(said: dict[str, Any]) -> Sidecar:
    return Sidecar(
        is_there=True,
        codes={plain_guid(guid): _code(each) for guid, each in said["codes"].items()},
        texts={plain_guid(guid): _text(each) for guid, each in said["sources"].items()},
        valences={plain_guid(guid): str(each) for guid, each in said["codings"].items()},
        memos={plain_guid(guid): dict(each) for guid, each in said["memos"].items()},
        families=[_family(plain_guid(guid), each) for guid, each in said["families"].items()],
        attribute_kinds=[
            AttributeKind(name, ValueKind(kind), tuple(choices)) for name, kind, choices in said["attribute_kinds"]
        ],
        coders={plain_guid(guid): str(name) for guid, name in said["coders"].items()},
        ids={
            table: {plain_guid(guid): int(number) for guid, number in each.items()}
            for table, each in said["ids"].items()
        },
        tables={
            table: {"columns": list(each["columns"]), "rows": list(each["rows"])}
            for table, each in said["tables"].items()
        },
    )


def _code(said: dict[str, Any]) -> Code:
    return Code(
        key=said["key"],
        name=said["name"],
        definition=said["definition"],
        include=said["include"],
        exclude=said["exclude"],
        evidence=tuple(said["evidence"]),
        touches=tuple(said["touches"]),
        colour=said["colour"],
        position=int(said["position"]),
        deprecated=bool(said["deprecated"]),
        patterns=tuple(Pattern(PatternKind(kind), text) for kind, text in said["patterns"]),
    )


def _text(said: dict[str, Any]) -> SideText:
    speakers = [(str(name), str(role), plain_guid(person)) for name, role, person in said["speakers"]]
    names = [name for name, _, _ in speakers]
    turns = [
        Turn(names[speaker] if speaker is not None else None, start, stop, time)
        for start, stop, speaker, time, _ in said["turns"]
    ]
    return SideText(
        kind=said["kind"],
        masked=int(said["masked"]),
        sha256=said["sha256"],
        speakers=speakers,
        turns=turns,
        turn_guids=[plain_guid(each[4]) for each in said["turns"]],
        landmarks=[Landmark(*each) for each in said["landmarks"]],
        mentions=[(a, b, plain_guid(c), plain_guid(d), plain_guid(e)) for a, b, c, d, e in said["mentions"]],
    )


def _family(guid: str, said: dict[str, Any]) -> SideFamily:
    return SideFamily(
        guid=guid,
        key=said["key"],
        municipality=said["municipality"],
        attributes=[(name, value) for name, value in said["attributes"]],
        sources=[plain_guid(each) for each in said["sources"]],
        persons=[(plain_guid(each["guid"]), _person(each)) for each in said["persons"]],
    )


def _person(said: dict[str, Any]) -> Person:
    joined, left = (dt.date.fromisoformat(day) if day else None for day in (said["joined"], said["left"]))
    return Person(said["key"], said["role"], said["age_group"], joined, left)
