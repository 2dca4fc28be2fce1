"""A code from the words themselves (in vivo): its name, its key, and the asking."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

import regex

from verhalen.api.codings import Intent
from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.codebook import Code
from verhalen.model.text import Span
from verhalen.tui.coding_here import short
from verhalen.tui.dialogs import AskLine

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen

LONGEST_NAME, LONGEST_KEY = 60, 32
"""Characters of a proposed name, and of the last part of a key."""
HOMES = ("in-vivo", "nieuw", "new")
"""Codes under which codes go that have no place yet, in this order; without any of them they stand by themselves."""
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}
_NOT_KEY = regex.compile(r"[^a-z0-9]+")


def proposed_name(words: str) -> str:
    """The words in one line, cut behind a whole word."""
    name = " ".join(words.split()).strip(" .,;:!?…\"'“”‘’()")
    if len(name) <= LONGEST_NAME:
        return name
    whole = name[: LONGEST_NAME + 1].rpartition(" ")[0]
    return whole or name[:LONGEST_NAME]


def key_for(name: str, *, parent: str | None, taken: Container[str]) -> str:
    """A key that is free: `in-vivo.niets-te-kort` for "Niets te kort!"."""
    plain = unicodedata.normalize("NFKD", "".join(_LETTERS.get(each, each) for each in name.casefold()))
    slug = _NOT_KEY.sub("-", "".join(each for each in plain if not unicodedata.combining(each))).strip("-")
    slug = (
        slug if len(slug) <= LONGEST_KEY else slug[: LONGEST_KEY + 1].rpartition("-")[0] or slug[:LONGEST_KEY]
    ) or "code"
    stem = f"{parent}.{slug}" if parent else slug
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key


def home_of(codes: Sequence[Code]) -> str | None:
    """Key of the code under which codes without a place go; None where there is none."""
    known = {code.key for code in codes if not code.deprecated}
    return next((key for key in HOMES if key in known), None)


class WordsAsCode:
    """Codes from words on one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen

    def ask(self) -> None:
        """Ask the name of the code, with the selected words proposed."""
        span = self._screen.acts.place()
        if span is None:
            return
        words = self._screen.view.text[span.start : span.stop]
        question = t("How is the new code called? It goes on the selected words.")
        self._screen.app.push_screen(AskLine(question, proposed_name(words)), lambda name: self._named(span, name))

    def _named(self, span: Span, name: str | None) -> None:
        """Make the code; where one is called so already, give that one."""
        if name is None or self._screen.desk is None:
            return
        screen, desk = self._screen, self._screen.the_desk
        codes = screen.project.codes.book().codes
        there = next((code for code in codes if code.name.casefold() == name.casefold() and not code.deprecated), None)
        if there is not None:
            screen.acts.apply([there.key])
            return
        parent = home_of(codes)
        code = Code(key_for(name, parent=parent, taken={each.key for each in codes}), name, parent=parent)
        intent = Intent(desk.source.id, span.start, span.stop, code.key, version=desk.source.version)
        screen.tell(t("{codes}: being stored…", codes=short(code.key)))
        screen.write(
            lambda project: self._make(project, code, intent),
            self._made,
            lambda error: screen.tell(str(error), whole=True),
        )

    def _make(self, project: Project, code: Code, intent: Intent) -> Code:
        project.codings.apply_new(code, intent)
        return project.codes.get(code.key)

    def _made(self, code: Code) -> None:
        slots = self._screen.slots
        slots.know({**slots.keys, code.id: code.key})
        slots.use(code.key)
        self._screen.slots_changed()
        self._screen.acts.stored(t("New code: {code}", code=short(code.key)))
