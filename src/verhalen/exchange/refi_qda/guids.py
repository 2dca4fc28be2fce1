"""GUIDs of what a project holds: derived from project and id, or kept where another program's file brought them.

So they are the same in every export. What a file brought is remembered in the view state (ids and GUIDs, no words), in
the very transaction that stores the rows; it is outside the journal, and an id that is taken back is never given again.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from typing import Literal

from verhalen.store import drafts
from verhalen.store.project import ProjectFile, Writing

Kind = Literal[
    "project", "coder", "code", "source", "coding", "selection", "turn", "mention", "memo", "family", "person",
    "variable", "set", "link",
]  # fmt: skip
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12})\}?")
_KEPT, _NAMED = "refi.guid.", "refi.named."


def plain_guid(written: str | None) -> str:
    """A GUID to compare by: 32 small digits without braces or hyphens; empty where nothing is written.

    What is no GUID but names something becomes one: the same for the same name.
    """
    text = (written or "").strip()
    found = _GUID.fullmatch(text)
    if found:
        return found[1].replace("-", "").lower()
    return uuid.uuid5(uuid.NAMESPACE_OID, text.casefold()).hex if text else ""


def is_plain(guid: str) -> bool:
    """Whether this is a plain GUID and not a word of ours for something that had none."""
    return _GUID.fullmatch(guid) is not None


def shown_guid(plain: str) -> str:
    """A GUID as files have it: `8-4-4-4-12` capitals, without braces."""
    digits = plain.upper()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


class Guids:
    """The GUIDs of one project, looked up once."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project
        self._space = uuid.UUID(project.setting("project_id"))
        self._kept: dict[str, dict[int, str]] = {}
        self._names: dict[str, dict[str, str]] = {}

    def of(self, kind: Kind, number: int | str = 0) -> str:
        """The GUID of a row, or of a thing without a row that has a name."""
        found = self.kept(kind).get(number) if isinstance(number, int) else self._named(kind).get(number)
        return shown_guid(found) if found else str(uuid.uuid5(self._space, f"{kind}:{number}")).upper()

    def of_coder(self, identity: str) -> str:
        """The GUID of a coder is the identity itself: who comes back from another program is the same person."""
        return shown_guid(plain_guid(identity)) if plain_guid(identity) else self.of("coder", identity)

    def kept(self, kind: Kind) -> dict[int, str]:
        """Id of each row of a kind whose GUID a file brought -> that GUID, plain."""
        if kind not in self._kept:
            rows: dict[int, str] = {}
            for value in drafts.views(self._project, f"{_KEPT}{kind}.").values():
                rows.update({int(number): guid for number, guid in json.loads(value).items()})
            self._kept[kind] = rows
        return self._kept[kind]

    def _named(self, kind: Kind) -> dict[str, str]:
        if kind not in self._names:
            self._names[kind] = json.loads(drafts.view(self._project, f"{_NAMED}{kind}") or "{}")
        return self._names[kind]

    def ids(self, kind: Kind, numbers: Mapping[int, object] | list[int]) -> dict[str, int]:
        """Plain GUID -> id, for these rows."""
        return {plain_guid(self.of(kind, number)): number for number in numbers}


def keep_guids(writing: Writing, kind: Kind, brought: Mapping[int, str]) -> None:
    """Remember plain GUIDs that a file brought, by the ids that the rows have here."""
    if brought:
        drafts.put_view(writing, f"{_KEPT}{kind}.{min(brought)}", json.dumps(brought, separators=(",", ":")))


def keep_named_guids(writing: Writing, kind: Kind, brought: Mapping[str, str]) -> None:
    """The same for what has a name and no row; what was brought first stays."""
    key = f"{_NAMED}{kind}"
    before: dict[str, str] = json.loads(drafts.view(writing.project, key) or "{}")
    taken = set(before.values())
    fresh = {name: guid for name, guid in brought.items() if name not in before and guid and guid not in taken}
    if fresh:
        drafts.put_view(writing, key, json.dumps(before | fresh, separators=(",", ":")))
