"""What is kept of a verdict that is being written, so that a crash loses nothing; forgotten with its family."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from verhalen.model.verdict import Relation


@dataclass(frozen=True, slots=True)
class VerdictDraft:
    """A relation and a sentence, as far as somebody came."""

    relation: str = ""
    """Value of a `Relation`; empty where none was chosen yet."""
    sentence: str = ""

    @property
    def chosen(self) -> Relation | None:
        """The relation, where one was chosen."""
        return Relation(self.relation) if self.relation in set(Relation) else None

    def dump(self) -> str:
        """As the project keeps it; nothing for an empty one."""
        return json.dumps(asdict(self), ensure_ascii=False) if self.sentence.strip() or self.relation else ""


def load_draft(kept: str) -> VerdictDraft:
    """The same, read back; an empty one where nothing was kept."""
    return VerdictDraft(**json.loads(kept)) if kept else VerdictDraft()


def draft_key(target: str, coder_id: int) -> str:
    """Where it is kept: apart for each who works here, so that two windows do not write over each other."""
    return f"verdict {target} {coder_id}"
