"""What was dealt out of a code and is not stored yet, as it is kept between two visits to the screen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from verhalen.model.codebook import Code

_TEXTS = ("key", "name", "definition", "include", "exclude")


@dataclass(slots=True)
class SplitDraft:
    """Deals so far."""

    deals: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Keys by id of a coding."""
    targets: list[str] = field(default_factory=list)
    """Keys that fragments were dealt to, in the order of their digits."""
    new: list[Code] = field(default_factory=list)
    """Codes that are made when it is stored."""
    sources: set[int] = field(default_factory=set)
    """Ids of the texts of which fragments were dealt: withdrawing one of them finds the draft by it."""

    def dump(self) -> str:
        """As the project keeps it; empty where nothing is dealt."""
        if not self.deals:
            return ""
        return json.dumps(
            {
                "deals": [[number, *keys] for number, keys in self.deals.items()],
                "targets": self.targets,
                "new": [{name: getattr(code, name) for name in _TEXTS} for code in self.new],
                "sources": sorted(self.sources),
            },
            ensure_ascii=False,
        )

    def fitted(self, codings: Iterable[int], keys: Mapping[str, str | None], *, parent: str | None) -> SplitDraft:
        """What still fits: fragments that have the code still, keys as they are now (None: that code is gone)."""
        there = set(codings)
        deals = {
            number: now
            for number, old in self.deals.items()
            if number in there and (now := tuple(key for each in old if (key := keys.get(each)) is not None))
        }
        return SplitDraft(
            deals,
            list(dict.fromkeys(key for each in self.targets if (key := keys.get(each)) is not None)),
            [_beside(code, parent) for code in self.new],
            self.sources,
        )


def _beside(code: Code, parent: str | None) -> Code:
    return Code(code.key, code.name, code.definition, code.include, code.exclude, parent=parent)


def draft_key(code_id: int, coder_id: int) -> str:
    """Where the deals of one coder are kept."""
    return f"split {code_id} {coder_id}"


def load_draft(kept: str) -> SplitDraft:
    """The draft as it was kept; an empty one where nothing or something unreadable was kept."""
    try:
        found = json.loads(kept)
        return SplitDraft(
            {int(number): tuple(map(str, keys)) for number, *keys in found["deals"]},
            [str(each) for each in found["targets"]],
            [_code(each) for each in found["new"]],
            {int(each) for each in found["sources"]},
        )
    except (ValueError, KeyError, TypeError):
        return SplitDraft()


def _code(texts: Mapping[str, Any]) -> Code:
    key, name, definition, include, exclude = (str(texts[each]) for each in _TEXTS)
    return Code(key, name, definition, include, exclude)
