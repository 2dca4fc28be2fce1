"""Read a question in the query language: `(wonen of geld) en rol=ouder en niet gemeente=Zandhoven`. Pure; docs/queries.md.

either  := both ("of" both)*
both    := inverse ("en" inverse)*
inverse := "niet" inverse | related
related := single (("bij" [number unit] | "binnen") single)*
single  := "(" either ")" | ["="] name | field sign value
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from verhalen.errors import BadQuery
from verhalen.i18n import t
from verhalen.model.query_tree import (
    BARE,
    FIELDS,
    SIGNS,
    UNITS,
    WORDS,
    Both,
    CodeTerm,
    Either,
    FieldTerm,
    Inverse,
    Near,
    Node,
    Sign,
    Unit,
    Within,
)

LONGEST = 2000
"""Characters of a question."""
DEEPEST = 40
"""Brackets and "not" inside each other."""
FARTHEST = 100_000
"""Words, turns or paragraphs."""
NEAR = (1, Unit.TURNS)
"""How near is near where no number is given."""
_BLANKS = re.compile(r"[\s\x1c-\x1f]*")
_QUOTES = {'"': '"', "“": "”", "”": "”", "'": "'", "‘": "’", "’": "’"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a question."""

    kind: str
    """`(`, `)`, a sign, `word`, `quoted` or `end`."""
    text: str
    at: int

    @property
    def meaning(self) -> str:
        """`and`, `or`, `not`, `near`, `within`; empty for anything else."""
        return WORDS.get(self.text.casefold(), "") if self.kind == "word" else ""


def parse(question: str) -> Node:
    """The tree of a question. Raises BadQuery, which names the place and what was expected there."""
    if len(question) > LONGEST:
        raise BadQuery(at=LONGEST, reason=t("it is too long; at most {n} characters", n=LONGEST))
    reader = _Reader(_tokens(question))
    node = reader.either()
    if reader.now.kind != "end":
        raise reader.expected(t("and, or, near, within or the end is expected here"))
    return node


def _tokens(question: str) -> list[Token]:
    found, at = [], _skip(question, 0)
    while at < len(question):
        token, after = _token(question, at)
        found.append(token)
        at = _skip(question, after)
    return [*found, Token("end", "", len(question))]


def _skip(question: str, at: int) -> int:
    match = _BLANKS.match(question, at)
    return match.end() if match else at


def _token(question: str, at: int) -> tuple[Token, int]:
    """The piece that begins here, and where it ends."""
    letter = question[at]
    if letter in "()":
        return Token(letter, letter, at), at + 1
    for sign in SIGNS:
        if question.startswith(sign, at):
            return Token(sign, sign, at), at + len(sign)
    if letter in _QUOTES:
        return _quoted(question, at)
    match = BARE.match(question, at)
    if match is None:
        raise BadQuery(at=at, reason=t("this sign means nothing here; put names with signs between quotes"))
    word, after = match.group(), match.end()
    if word.casefold() == "alinea" and re.match(r"['’]s\b", question[after:]):
        return Token("word", "alinea's", at), after + 2
    return Token("word", word, at), after


def _quoted(question: str, at: int) -> tuple[Token, int]:
    """Words between quotes; a double one inside is written twice."""
    closing = _QUOTES[question[at]]
    parts, place = [], at + 1
    while (end := question.find(closing, place)) >= 0:
        parts.append(question[place:end])
        if question[end + 1 : end + 2] != closing:
            return _checked(Token("quoted", closing.join(parts), at)), end + 1
        place = end + 2
    raise BadQuery(at=at, reason=t("these quotes are never closed"))


def _checked(token: Token) -> Token:
    if not token.text.strip():
        raise BadQuery(at=token.at, reason=t("there is nothing between these quotes"))
    return token


class _Reader:
    """Walks through the pieces of one question."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    @property
    def now(self) -> Token:
        """The piece to be read."""
        return self._tokens[self._place]

    def _next(self) -> Token:
        token = self.now
        self._place += token.kind != "end"
        return token

    def _takes(self, meaning: str) -> bool:
        """Step over a word of the language if it stands here."""
        if self.now.meaning != meaning:
            return False
        self._next()
        return True

    def expected(self, reason: str) -> BadQuery:
        """Something else should stand here."""
        return BadQuery(at=self.now.at, reason=reason)

    def either(self) -> Node:
        """Parts joined by "of"."""
        parts = self._joined("or", self._both)
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Node:
        parts = self._joined("and", self._inverse)
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _joined(self, meaning: str, part: Callable[[], Node]) -> list[Node]:
        parts = [part()]
        while self._takes(meaning):
            parts.append(part())
        return parts

    def _inverse(self) -> Node:
        if self.now.meaning != "not":
            return self._related()
        return self._deeper(lambda: Inverse(self._after_not()))

    def _after_not(self) -> Node:
        self._next()
        return self._inverse()

    def _related(self) -> Node:
        left = self._single()
        while self.now.meaning in ("near", "within"):
            if self._takes("within"):
                left = self._kept_low(Within(left, self._single()))
            else:
                self._next()
                distance, unit = self._distance()
                left = self._kept_low(Near(left, self._single(), distance, unit))
        return left

    def _kept_low(self, node: Near | Within) -> Node:
        """A chain of these grows to the left as deep as it is long."""
        height, inner = 0, node.left
        while isinstance(inner, Near | Within):
            height, inner = height + 1, inner.left
        if height > DEEPEST:
            raise self.expected(t("too many parts are inside each other"))
        return node

    def _distance(self) -> tuple[int, Unit]:
        """`20 woorden`, if a number with its unit stands here."""
        number, after = self.now, self._tokens[min(self._place + 1, len(self._tokens) - 1)]
        unit = UNITS.get(after.text.casefold()) if after.kind == "word" else None
        if number.kind != "word" or not re.fullmatch(r"[0-9]+", number.text):
            return NEAR
        if unit is None:
            raise BadQuery(at=after.at, reason=t("words, turns or paragraphs is expected after a number"))
        if len(number.text) > 6 or int(number.text) > FARTHEST:
            raise self.expected(t("this number is too large; at most {n}", n=FARTHEST))
        self._place += 2
        return int(number.text), unit

    def _single(self) -> Node:
        if self.now.kind == "(":
            return self._deeper(self._bracket)
        if self.now.kind == "=":
            self._next()
            name = self._name(t("the name of a code is expected after ="))
            return CodeTerm(name.text, exact=True, at=name.at)
        name = self._name(t("a code, a field such as role=parent, or ( is expected here"))
        sign = next((each for each in SIGNS if each == self.now.kind), None)
        return CodeTerm(name.text, at=name.at) if sign is None else self._test(name, sign)

    def _bracket(self) -> Node:
        opened = self._next()
        node = self.either()
        if self.now.kind != ")":
            if self.now.kind == "end":
                raise BadQuery(at=opened.at, reason=t("this bracket is never closed"))
            raise self.expected(t("and, or, near, within or ) is expected here"))
        self._next()
        return node

    def _deeper(self, part: Callable[[], Node]) -> Node:
        if self._depth >= DEEPEST:
            raise self.expected(t("too many parts are inside each other"))
        self._depth += 1
        node = part()
        self._depth -= 1
        return node

    def _name(self, reason: str) -> Token:
        if self.now.kind not in ("word", "quoted") or self.now.meaning:
            raise self.expected(reason)
        return self._next()

    def _test(self, name: Token, sign: Sign) -> Node:
        self._next()
        value = self._name(t("a value is expected here, as in role=parent"))
        key = name.text.casefold()
        return FieldTerm(FIELDS.get(key, key), sign, value.text, at=name.at, value_at=value.at)
