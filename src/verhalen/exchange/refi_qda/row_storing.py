"""Whole rows of our file beside an archive: support, scores, stories, rounds, signals. Ids become those of this project.

Rows that are here already, from this project itself or from an earlier import, are left as they are.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from verhalen.exchange.refi_qda.cases import CaseStore
from verhalen.exchange.refi_qda.guids import Guids, plain_guid
from verhalen.exchange.refi_qda.sidecar import WHOLE
from verhalen.exchange.refi_qda.sidecar_reading import Sidecar
from verhalen.exchange.refi_qda.text_storing import Coders
from verhalen.store import drafts, foreign, journal
from verhalen.store.project import Writing
from verhalen.store.schema import CAME_LATER

_KEYED = ("domain_group", "life_domain", "instrument")
"""What is here under the same key is the same thing."""
_NUMBERED = ("story", "selection_round", "signal")
"""What is here under the same key is another thing: it gets the next number."""
_OF_FAMILY = ("trajectory", "contact", "snapshot")
_OF_TEXT = ("story", "voice", "signal_span", "double_coding", "discussed")
_NUMBER = re.compile(r"(\D*)(\d+)")
Row = dict[str, Any]


class RowStore:
    """Rows while they are stored."""

    def __init__(
        self, writing: Writing, sidecar: Sidecar, dropped: Counter[str], *, cases: CaseStore, coders: Coders
    ) -> None:
        self._writing = writing
        self._project = writing.project
        self._sidecar = sidecar
        self._dropped = dropped
        self._cases = cases
        self._coders = coders
        self._maps: dict[str, dict[int, int]] = defaultdict(dict)
        """Table -> id in the file -> id here."""
        self._old: dict[str, set[int]] = defaultdict(set)
        """Table -> ids here of rows that were here before."""
        self._coder_guids = {number: guid for guid, number in sidecar.ids.get("coder", {}).items()}
        self._references: dict[str, dict[str, str]] = defaultdict(dict)
        for child, column, parent in journal.references(writing.project):
            self._references[child][column] = parent

    def mapped(self, table: str) -> Mapping[int, int]:
        """Id in the file -> id here."""
        return self._maps[table]

    def store(self, *, codes: Mapping[str, int], texts: Mapping[str, int], new_texts: Collection[int]) -> int:
        """Store all rows; give their number."""
        if not self._sidecar.is_there:
            return 0
        self._new_texts = new_texts
        placed = self._cases.placed
        ids = self._sidecar.ids
        self._maps["family"] = {
            n: placed[guid].family_id for guid, n in ids.get("family", {}).items() if guid in placed
        }
        persons = {n: placed[guid].person_id for guid, n in ids.get("person", {}).items() if guid in placed}
        self._maps["person"] = {n: here for n, here in persons.items() if here is not None}
        self._maps["source"] = {n: texts[guid] for guid, n in ids.get("source", {}).items() if guid in texts}
        self._maps["code"] = {n: codes[guid] for guid, n in ids.get("code", {}).items() if guid in codes}
        theirs = next(iter(ids.get("project", {})), "")
        is_own = theirs == plain_guid(Guids(self._project).of("project"))
        name = f"refi.rows.{theirs}"
        kept: dict[str, dict[str, int]] = json.loads(drafts.view(self._project, name) or "{}")
        stored = 0
        for table in WHOLE:
            if table in self._sidecar.tables:
                stored += self._table(table, kept.setdefault(table, {}), is_own=is_own)
        foreign.no_story_after_all(self._writing, sorted(new_texts))
        if stored:
            drafts.put_view(self._writing, name, json.dumps(kept, separators=(",", ":")))
        return stored

    def _table(self, table: str, kept: dict[str, int], *, is_own: bool) -> int:
        said = self._sidecar.tables[table]
        here = foreign.ids_in(self._project, table)
        columns = foreign.columns_of(self._project, table)
        keys = foreign.keyed_ids(self._project, table) if table in (*_KEYED, *_NUMBERED) else {}
        if table == "threshold" and here:
            return 0
        stored = 0
        for values in said["rows"]:
            row: Row = dict(zip(said["columns"], values, strict=True))
            number = int(row["id"])
            known = number if is_own and number in here else kept.get(str(number), 0)
            known = known if known in here else self._same(table, row, keys)
            if known:
                self._maps[table][number] = known
                self._old[table].add(known)
                continue
            new = self._row(table, row, columns, keys)
            if new:
                self._maps[table][number] = kept[str(number)] = new
                stored += 1
        return stored

    def _same(self, table: str, row: Row, keys: dict[str, int]) -> int:
        """The row here that is the same thing; 0 where there is none."""
        if table in _KEYED:
            return keys.get(row["key"], 0)
        if table == "item":
            instrument = self._maps["instrument"].get(row["instrument_id"], 0)
            return foreign.items_of(self._project, instrument).get(row["key"], 0)
        return 0

    def _row(self, table: str, row: Row, columns: list[str], keys: dict[str, int]) -> int:
        """Store a row under a new id; 0 where what it is about did not come along, or was here before."""
        if not self._may_come(table, row):
            self._dropped["row_known"] += 1
            return 0
        for column, parent in self._references[table].items():
            if row.get(column) is None:
                continue
            found = self._maps[parent].get(row[column])
            if found is None:
                self._dropped["row"] += 1
                return 0
            row[column] = found
        if "coder_id" in row:
            row["coder_id"] = self._coders.of(self._coder_guids.get(row["coder_id"], ""))
        new = self._writing.new_id()
        row["id"] = new
        if table in _NUMBERED:
            row["key"] = _free(row["key"], keys)
        if "key" in row:
            keys[row["key"]] = new
        late = CAME_LATER.get(table, {})
        foreign.add_row(self._writing, table, [row.get(column, late.get(column)) for column in columns])
        return new

    def _may_come(self, table: str, row: Row) -> bool:
        """Support and scores come with families that are new here, stories with texts that are new, versions with instruments."""
        if table in _OF_FAMILY:
            return self._maps["family"].get(row["family_id"], 0) in self._cases.new
        if table in _OF_TEXT:
            return self._maps["source"].get(row["source_id"], 0) in self._new_texts
        if table == "instrument_version":
            return self._maps["instrument"].get(row["instrument_id"], 0) not in self._old["instrument"]
        return True


def _free(key: str, keys: Mapping[str, int]) -> str:
    if key not in keys:
        return key
    found = _NUMBER.fullmatch(key)
    prefix = found[1] if found else f"{key}-"
    width = len(found[2]) if found else 1
    taken = [int(each[2]) for other in keys if (each := _NUMBER.fullmatch(other)) and each[1] == prefix]
    return f"{prefix}{max(taken, default=0) + 1:0{width}d}"
