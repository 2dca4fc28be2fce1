"""What every act on a selection round shares: find it, see that it is open, change it in one change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.selecting import Panelist, SelectionRound
from verhalen.store import rounds as store
from verhalen.store import scores as score_store
from verhalen.store.project import ProjectFile, Writing


class RoundDoor:
    """The part of `project.rounds` that finds and changes one."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def all(self) -> list[SelectionRound]:
        """All rounds by period and key."""
        return store.rounds(self._file)

    def get(self, key: str) -> SelectionRound:
        """One round; raises UnknownRound."""
        found = next((each for each in self.all() if each.key.casefold() == key.casefold()), None)
        if found is None:
            raise errors.UnknownRound(key=key)
        return found

    def _domain_names(self) -> dict[str, str]:
        return {each.key: each.name for each in score_store.domain_list(self._file).domains}

    def _change(self, act: Act, key: str, change: Callable[[Writing, SelectionRound], None]) -> SelectionRound:
        """Change an open round in one change. Raises UnknownRound, RoundClosed."""
        number = self.get(key).id
        with self._file.change(act, number) as writing:
            now = next((each for each in store.rounds(self._file) if each.id == number), None)
            if now is None:
                raise errors.UnknownRound(key=key)
            if not now.is_open:
                raise errors.RoundClosed(round=now.key, day=f"{now.closed:%d/%m/%Y}")
            change(writing, now)
        return self.get(key)

    def _check_domains(self, domains: Sequence[str]) -> None:
        names = self._domain_names()
        if not domains:
            raise errors.BadInput(reason=t("say which life domains"))
        if lost := next((each for each in domains if each not in names), None):
            raise errors.BadInput(
                reason=t("there is no life domain {key}; there are: {known}", key=lost, known=", ".join(names))
            )


def member_of(round_: SelectionRound, name: str) -> Panelist:
    """The member with a name; raises UnknownMember."""
    wanted = " ".join(name.split()).casefold()
    found = next((each for each in round_.members if each.name.casefold() == wanted), None)
    if found is None:
        raise errors.UnknownMember(key=name, round=round_.key)
    return found
