"""Values of a YAML file that know the line they stand on, so that an error can name it. No parser is needed here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verhalen.errors import BadInstrument
from verhalen.i18n import t

_DEEPEST = 60
_BRACKET = re.compile(r"[\[\]{}]")


@dataclass(frozen=True, slots=True)
class Node:
    """One value with its place."""

    value: object
    line: int
    """Line of the file, from 1."""
    file: str
    """Name of the file, for messages."""

    def bad(self, problem: str) -> BadInstrument:
        """The error that names this line; `problem` is a translated sentence without its full stop."""
        return BadInstrument(file=self.file, line=self.line, problem=problem)

    def get(self, key: str) -> Node | None:
        """The value under `key`; None where it is absent or empty."""
        if not isinstance(self.value, dict):
            raise self.bad(t("here a list of names with values is needed"))
        found = self.value.get(key)
        return None if found is None else Node(found, _line_of(self.value, key, default=self.line), self.file)

    def need(self, key: str) -> Node:
        """The value under `key`; refused where it is absent."""
        found = self.get(key)
        if found is None:
            raise self.bad(t("{key} is missing", key=key))
        return found

    def only(self, *known: str) -> None:
        """Refuse a name that means nothing here: a misspelt one would pass unseen."""
        if not isinstance(self.value, dict):
            raise self.bad(t("here a list of names with values is needed"))
        for name in self.value:
            if name not in known:
                place = Node(name, _line_of(self.value, name, default=self.line), self.file)
                raise place.bad(t("{name} means nothing here; known are: {known}", name=name, known=", ".join(known)))

    def each(self) -> list[Node]:
        """The members of a list."""
        if not isinstance(self.value, list):
            raise self.bad(t("here a list is needed"))
        return [
            Node(member, _line_of(self.value, index, default=self.line), self.file)
            for index, member in enumerate(self.value)
        ]

    @property
    def names(self) -> list[str]:
        """The names of a list of names with values, in the order of the file."""
        if not isinstance(self.value, dict):
            raise self.bad(t("here a list of names with values is needed"))
        return [str(name) for name in self.value]

    def members(self, key: str) -> list[Node]:
        """The members of the list under `key`; none where it is absent."""
        found = self.get(key)
        return found.each() if found else []

    @property
    def text(self) -> str:
        """A text, a number or a date as text, without blanks around it."""
        if self.value is None or isinstance(self.value, (dict, list, bool)):
            raise self.bad(t("here a text is needed"))
        return str(self.value).strip()

    @property
    def number(self) -> int:
        """A whole number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.bad(t("here a whole number is needed"))
        return int(self.value)

    @property
    def flag(self) -> bool:
        """Yes or no."""
        if isinstance(self.value, bool):
            return self.value
        if self.value in ("ja", "nee"):
            return self.value == "ja"
        raise self.bad(t("here true or false is needed"))

    def text_of(self, key: str, default: str = "") -> str:
        """The text under `key`, or the default."""
        found = self.get(key)
        return found.text if found else default

    def flag_of(self, key: str, *, default: bool = False) -> bool:
        """Yes or no under `key`, or the default."""
        found = self.get(key)
        return found.flag if found else default

    def choice_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """One of the allowed words under `key`; the first where it is absent."""
        found = self.get(key)
        if found is None:
            return allowed[0]
        if found.text not in allowed:
            raise found.bad(t("{key} is one of: {allowed}", key=key, allowed=", ".join(allowed)))
        return found.text


def refuse_deep(text: str, file: str) -> None:
    """Refuse blocks within blocks without end, over which a parser would fall; an instrument has five levels."""
    opened = 0
    for number, line in enumerate(text.split("\n"), 1):
        deepest = (len(line) - len(line.lstrip(" -"))) // 2
        for sign in _BRACKET.findall(line):
            opened = opened + 1 if sign in "[{" else max(0, opened - 1)
            deepest = max(deepest, opened)
        if deepest > _DEEPEST:
            problem = t(
                "blocks stand within blocks too deeply; see how one is built with: verhalen instruments template"
            )
            raise BadInstrument(file=file, line=number, problem=problem)


def _line_of(container: object, place: str | int, *, default: int) -> int:
    """The line of a member as ruamel.yaml noted it on its container; the container's own where it noted none."""
    places = getattr(container, "lc", None)
    noted = getattr(places, "data", None)
    if not isinstance(noted, dict) or place not in noted:
        return default
    return int(noted[place][0]) + 1
