"""What REFI-QDA has no place for, in a file beside the archive: `name.verhalen.json` (docs/formats.md).

It names what is in the archive by GUID. Rows of other tables (support, scores, stories, rounds, signals) stand in it
whole, with the ids of this project; `ids` says which GUID an id of the archive has.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verhalen.exchange.refi_qda.project_xml import Contents
from verhalen.model.text import Source
from verhalen.store import codings, declared, foreign, sources
from verhalen.store.versions import text_of

FORMAT, VERSION = "verhalen-sidecar", 1
SUFFIX = ".verhalen.json"
WHOLE = (
    "domain_group", "life_domain", "instrument", "item", "instrument_version", "column_mapping", "trajectory", "contact",
    "snapshot", "observation", "observation_reason", "revised_baseline", "story", "story_domain", "voice", "consent",
    "verification", "selection_round", "round_member", "round_story", "vote", "choice", "dissent", "round_gone",
    "feedback", "signal", "signal_place", "signal_span", "verdict", "threshold", "double_coding", "discussed",
)  # fmt: skip
"""Tables that stand in it row by row. Attachments, the ledger of reports and what was decided between copies do not: files
stay where they are, what was published was published by this project, and copies of it are its own."""


def beside(path: Path) -> Path:
    """Where the sidecar of an archive lies."""
    return path.with_name(path.stem + SUFFIX)


def sidecar_of(contents: Contents) -> bytes:
    """The whole file."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "codes": _codes(contents),
        "sources": {contents.guids.of("source", each.id): _source(contents, each) for each in contents.sources},
        "codings": dict(_codings(contents)),
        "memos": dict(_memos(contents)),
        "families": _families(contents),
        "attribute_kinds": [
            [each.name, each.kind.value, list(each.choices)] for each in declared.attribute_kinds(contents.project)
        ],
        "coders": {contents.guids.of_coder(each.identity): each.name for each in codings.coders(contents.project)},
        "ids": _ids(contents),
        "tables": {table: _rows(contents, table) for table in WHOLE},
    }
    return json.dumps(said, ensure_ascii=False, indent=0, separators=(",", ":")).encode("utf-8")


def _codes(contents: Contents) -> dict[str, Any]:
    return {
        contents.guids.of("code", code.id): {
            "key": code.key,
            "name": code.name,
            "definition": code.definition,
            "include": code.include,
            "exclude": code.exclude,
            "evidence": list(code.evidence),
            "touches": list(code.touches),
            "colour": code.colour,
            "patterns": [[each.kind.value, each.text] for each in code.patterns],
            "deprecated": code.deprecated,
            "position": code.position,
        }
        for code in contents.book
    }


def _source(contents: Contents, source: Source) -> dict[str, Any]:
    project, guids = contents.project, contents.guids
    text = text_of(project, source.id, source.version)
    speakers = sources.speakers_of(project, source.id)
    person_guids = {each.id: guids.of("person", each.id) for family in contents.families for each in family.persons}
    order = {each.id: place for place, each in enumerate(speakers)}
    return {
        "kind": source.kind,
        "title": source.title,
        "sha256": text.sha256 if text else "",
        "masked": int(source.masked) + int(source.unread),
        "speakers": [[each.name, each.role, person_guids.get(each.person_id or 0)] for each in speakers],
        "turns": [
            [turn.start, turn.stop, order.get(turn.speaker_id or 0), turn.time_ms, guids.of("turn", turn.id)]
            for turn in sources.turns_of(project, source.id)
        ],
        "landmarks": [
            [each.kind, each.value, each.start, each.stop] for each in sources.landmarks_of(project, source.id)
        ],
        "mentions": [
            [start, stop, guids.of("family", family), contents.user(coder), guids.of("mention", number)]
            for number, start, stop, family, coder in contents.mentions.get(source.id, ())
        ],
    }


def _codings(contents: Contents) -> Iterator[tuple[str, str]]:
    for source in contents.sources:
        for each in foreign.codings_in(contents.project, source.id):
            if each.valence != "none":
                yield contents.guids.of("coding", each.id), each.valence


def _memos(contents: Contents) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each memo with its very words, and what it is about where a note in the archive cannot say so."""
    for memo in contents.own:
        yield contents.guids.of("memo", memo.id), {"own": True, "body": memo.body}
    for memo in contents.memos:
        story = {"story": memo.target_id} if memo.target == "story" else {}
        yield contents.guids.of("memo", memo.id), {"own": False, "target": memo.target, "body": memo.body, **story}


def _families(contents: Contents) -> dict[str, Any]:
    whole = foreign.family_sources(contents.project)
    texts: dict[int, list[str]] = {}
    for source, family in whole.items():
        texts.setdefault(family, []).append(contents.guids.of("source", source))
    return {
        contents.guids.of("family", family.id): {
            "key": family.key,
            "municipality": family.municipality,
            "attributes": [list(each) for each in family.attributes],
            "sources": texts.get(family.id, []),
            "persons": [
                {
                    "guid": contents.guids.of("person", person.id),
                    "key": person.key,
                    "role": person.role,
                    "age_group": person.age_group,
                    "joined": person.joined.isoformat() if person.joined else None,
                    "left": person.left.isoformat() if person.left else None,
                }
                for person in family.persons
            ],
        }
        for family in contents.families
    }


def _ids(contents: Contents) -> dict[str, dict[str, int]]:
    """GUID -> the id that rows below use, per table."""
    guids = contents.guids
    return {
        "family": {guids.of("family", each.id): each.id for each in contents.families},
        "person": {guids.of("person", each.id): each.id for family in contents.families for each in family.persons},
        "source": {guids.of("source", each.id): each.id for each in contents.sources},
        "code": {guids.of("code", each.id): each.id for each in contents.book},
        "coder": {guids.of_coder(each.identity): each.id for each in codings.coders(contents.project)},
        "project": {guids.of("project"): 0},
    }


def _rows(contents: Contents, table: str) -> dict[str, Any]:
    columns = foreign.columns_of(contents.project, table)
    rows = foreign.rows_of(contents.project, table)
    if "attachment_id" in columns:
        place = columns.index("attachment_id")
        rows = [row for row in rows if row[place] is None]
    return {"columns": columns, "rows": rows}
