"""Find the sentences that the program marks for translation: the literal arguments of `t`, `tn` and `mark`.

Read from the syntax tree, not by babel's tokenizer: that one loses a `t(...)` inside the arguments of another, and
cannot tell us of an f-string, which no catalogue will ever match.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PLACES = {"t": 1, "mark": 1, "tn": 2}
"""Function to how many of its first arguments are sentences."""


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """What stands in a catalogue: an English sentence, with its plural where it depends on a number."""

    singular: str
    plural: str = ""

    @property
    def key(self) -> str | tuple[str, str]:
        """The message id as babel wants it."""
        return (self.singular, self.plural) if self.plural else self.singular


@dataclass(frozen=True, slots=True)
class Extraction:
    """The marked sentences, sorted, and what is wrong with how they are marked (`file:line: what`)."""

    sentences: tuple[Sentence, ...]
    problems: tuple[str, ...]


def extract(folder: Path) -> Extraction:
    """Everything marked in the Python files below `folder`."""
    found: set[Sentence] = set()
    problems: list[str] = []
    for path in sorted(folder.rglob("*.py")):
        part = extract_text(path.read_text("utf-8"), path.relative_to(folder).as_posix())
        found.update(part.sentences)
        problems.extend(part.problems)
    return Extraction(one_per_singular(found), (*problems, *two_plurals(found)))


def extract_text(text: str, name: str) -> Extraction:
    """Everything marked in one Python file; `name` is for the problems."""
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        return Extraction((), (f"{name}:{error.lineno}: not Python",))
    found: set[Sentence] = set()
    problems: list[str] = []
    for call, count in marked_calls(tree):
        arguments = [literals(argument) for argument in call.args[:count]]
        if None in arguments or len(arguments) < count:
            problems.append(f"{name}:{call.lineno}: the sentence must be one plain string, without f, + or format")
            continue
        known = [argument for argument in arguments if argument]
        if len(known) == count:
            found.update(Sentence(*forms) for forms in zip(*known, strict=True) if forms[0])
    return Extraction(tuple(sorted(found)), tuple(problems))


def marked_calls(tree: ast.AST) -> Iterator[tuple[ast.Call, int]]:
    """The calls of `t`, `tn` and `mark` (also as `i18n.t`) with the number of sentences each takes."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        match node.func:
            case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="i18n"), attr=name) if name in PLACES:
                yield node, PLACES[name]


def literals(argument: ast.expr) -> list[str] | None:
    """The strings that `argument` can be: none for a variable (it was marked elsewhere), None for a glued sentence."""
    match argument:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            one, other = literals(body), literals(orelse)
            return None if one is None or other is None else one + other
        case ast.JoinedStr() | ast.BinOp():
            return None
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="format")):
            return None
    return []


def one_per_singular(sentences: set[Sentence]) -> tuple[Sentence, ...]:
    """Sorted; where a sentence occurs with and without a plural, gettext needs only the entry with the plural."""
    return tuple({sentence.singular: sentence for sentence in sorted(sentences)}.values())


def two_plurals(sentences: set[Sentence]) -> list[str]:
    """A catalogue has room for one plural of each singular."""
    counts = Counter(sentence.singular for sentence in sentences if sentence.plural)
    return [f"two plurals for one singular: {singular!r}" for singular, n in sorted(counts.items()) if n > 1]
