"""One term of a question against the project: which codings it holds for. What is not known is said with its place."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable
from typing import NoReturn

from verhalen.analysis.finding import folded, search
from verhalen.analysis.places import Place, holding
from verhalen.errors import BadQuery
from verhalen.i18n import t
from verhalen.model.codebook import Codebook
from verhalen.model.coding import Valence
from verhalen.model.consent import Answer, Purpose
from verhalen.model.ids import decode_id
from verhalen.model.query import SearchMode
from verhalen.model.query_tree import CodeTerm, Field, FieldTerm
from verhalen.privacy.saying import Saying
from verhalen.store import asking as store
from verhalen.store import codings, families, sources
from verhalen.store.asking import Among
from verhalen.store.project import ProjectFile

_VALENCES = {
    **{each.value: each for each in Valence},
    "positief": Valence.POSITIVE,
    "negatief": Valence.NEGATIVE,
    "gemengd": Valence.MIXED,
    "geen": Valence.NONE,
    "+": Valence.POSITIVE,
    "-": Valence.NEGATIVE,
    "±": Valence.MIXED,
}
_ANSWERS = {
    **{each.value: each for each in Answer},
    "yes": Answer.YES,
    "no": Answer.NO,
    "withdrawn": Answer.WITHDRAWN,
    "not_asked": Answer.NOT_ASKED,
}
_ROLES = {
    "parent": "ouder",
    "child": "kind",
    "grandparent": "grootouder",
    "other": "andere",
    "coach": "gezinscoach",
    "coordinator": "coordinator",
    "researcher": "onderzoeker",
}
_PURPOSES = {each.value for each in Purpose}
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?|(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_SHOWN = 8
"""Known values that a sentence names."""


def codes_of(term: CodeTerm, book: Codebook, *, once: Callable[[str], str | None]) -> set[int]:
    """The code with this key or name, and those below it unless the term is exact.

    `once` gives the key of the code that once had a key or name, to say so.
    """
    wanted = folded(term.name)
    keys = {code.key for code in book if folded(code.key) == wanted} or {
        code.key for code in book if folded(code.name) == wanted
    }
    if not keys:
        now = once(term.name)
        if now is not None:
            reason = t("there is no code {name} any more: it is called {now} now", name=term.name, now=now)
            raise BadQuery(at=term.at, reason=reason)
        near = difflib.get_close_matches(wanted, [code.key for code in book], n=3, cutoff=0.5)
        hint = t("do you mean {names}? ", names=", ".join(near)) if near else ""
        raise BadQuery(
            at=term.at,
            reason=t("there is no code of that key or name; {hint}a word of the text is asked by text=…", hint=hint),
        )
    if not term.exact:
        for code in book:  # parents stand before their children
            if code.parent in keys:
                keys.add(code.key)
    return {code.id for code in book if code.key in keys}


class Terms:
    """Looks fields up in one project."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project
        self._ways: dict[Field, Callable[[FieldTerm, Among], set[int]]] = {
            Field.ROLE: self._role,
            Field.SPEAKER: self._speaker,
            Field.FAMILY: self._family,
            Field.VALENCE: self._valence,
            Field.CODER: self._coder,
            Field.SOURCE: self._source,
            Field.CODED: self._dates,
            Field.IMPORTED: self._dates,
            Field.CONSENT: self._consent,
            Field.TEXT: self._text,
        }

    def holds_for(self, term: FieldTerm, among: Among) -> set[int]:
        """Codings for which the term holds."""
        is_day = term.name in (Field.CODED, Field.IMPORTED)
        if not is_day and term.sign not in ("=", "!="):
            raise BadQuery(at=term.at, reason=t("only = and != go with this field; < and > are for dates"))
        found = self._equal(term, among)
        if term.sign == "!=":
            return (set(among) if among is not None else store.coding_ids(self._project)) - found
        return found

    def _equal(self, term: FieldTerm, among: Among) -> set[int]:
        if isinstance(term.name, Field):
            return self._ways[term.name](term, among)
        return self._consent(term, among) if term.name in _PURPOSES else self._attribute(term, among)

    def _role(self, term: FieldTerm, among: Among) -> set[int]:
        wanted = folded(_ROLES.get(folded(term.value), term.value))
        voices = store.voices(self._project)
        found = [number for number, _, role in voices if folded(role) == wanted]
        if not found and wanted not in map(folded, _ROLES.values()):
            _unknown(term, [*_ROLES.values(), *(role for *_, role in voices)])
        return store.spoken_by(self._project, found, among)

    def _speaker(self, term: FieldTerm, among: Among) -> set[int]:
        voices = store.voices(self._project)
        found = [number for number, name, _ in voices if folded(name) == folded(term.value)]
        if not found:
            raise BadQuery(at=term.value_at, reason=t("nobody of that name speaks in this project"))
        return store.spoken_by(self._project, found, among)

    def _family(self, term: FieldTerm, among: Among) -> set[int]:
        known = families.family_ids(self._project)
        found = [number for key, number in known.items() if folded(key) == folded(term.value)]
        return store.of_families(self._project, found or _unknown(term, known), among)

    def _attribute(self, term: FieldTerm, among: Among) -> set[int]:
        everybody = families.families(self._project)
        name = "gemeente" if term.name == "municipality" else folded(term.name)
        values = {
            each.id: dict([("gemeente", each.municipality), *((folded(key), value) for key, value in each.attributes)])
            for each in everybody
        }
        names = {key for each in values.values() for key in each} | {"gemeente"}
        if name not in names:
            raise BadQuery(
                at=term.at,
                reason=t(
                    "there is no field of that name; known are {names}", names=_listed([*Field, *sorted(names)], 99)
                ),
            )
        found = [number for number, each in values.items() if folded(each.get(name, "")) == folded(term.value)]
        return store.of_families(self._project, found, among)

    def _valence(self, term: FieldTerm, among: Among) -> set[int]:
        wanted = _VALENCES.get(folded(term.value)) or _unknown(term, ["positief", "negatief", "gemengd", "geen"])
        return store.with_valence(self._project, wanted.value, among)

    def _consent(self, term: FieldTerm, among: Among) -> set[int]:
        wanted = _ANSWERS.get(folded(term.value)) or _unknown(term, list(Answer))
        purpose = Purpose.REPORT if term.name is Field.CONSENT else Purpose(term.name)
        saying = Saying(self._project)
        return {
            number
            for source, placed in store.places(self._project, store.coding_ids(self._project, among=among))
            for number, start, stop in placed
            if saying.answer(source, start, stop, purpose) is wanted
        }

    def _coder(self, term: FieldTerm, among: Among) -> set[int]:
        known = codings.coders(self._project)
        found = [each.id for each in known if folded(each.name) == folded(term.value)]
        return store.of_coders(self._project, found or _unknown(term, [each.name for each in known]), among)

    def _source(self, term: FieldTerm, among: Among) -> set[int]:
        number = decode_id(term.value)
        found = [
            each.id
            for each in sources.all_sources(self._project)
            if term.value == str(each.number) or each.id == number or folded(each.title) == folded(term.value)
        ]
        if not found:
            raise BadQuery(at=term.value_at, reason=t("there is no source with that number or title"))
        return store.of_sources(self._project, found, among)

    def _dates(self, term: FieldTerm, among: Among) -> set[int]:
        first, after = _period(term)
        bounds = {
            "<": ("", first),
            "<=": ("", after),
            ">": (after, "9999"),
            ">=": (first, "9999"),
        }.get(term.sign, (first, after))
        between = store.made_between if term.name is Field.CODED else store.imported_between
        return between(self._project, *bounds, among)

    def _text(self, term: FieldTerm, among: Among) -> set[int]:
        """The words lie in the fragment, in any form."""
        hits: dict[int, list[Place]] = {}
        for hit in search(self._project, term.value, mode=SearchMode.LEMMA):
            hits.setdefault(hit.source_id, []).append(Place(0, hit.start, hit.stop - 1))
        found: set[int] = set()
        for source, placed in store.places(self._project, store.of_sources(self._project, list(hits), among)):
            places = [Place(number, start, stop - 1) for number, start, stop in placed]
            found |= holding(places, hits[source]) if places else set()
        return found


def _unknown(term: FieldTerm, known: Iterable[str]) -> NoReturn:
    names = _listed(sorted({each for each in known if each}), _SHOWN)
    raise BadQuery(at=term.value_at, reason=t("that value is not known here; known are {names}", names=names))


def _listed(names: list[str], most: int) -> str:
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


# -- dates -------------------------------------------------------------------------------------------------------------


def _period(term: FieldTerm) -> tuple[str, str]:
    """The first moment of a day, month, year or `A..B`, and the first one after it: ISO, UTC."""
    begins, dots, ends = term.value.partition("..")
    try:
        first, after = _days(begins)
        if dots:
            after = _days(ends)[1]
        return _moment(first), _moment(after)
    except (ValueError, OverflowError, OSError) as error:
        reason = t("a day, month, year or period is expected, as in 2026-03-05, 2026-03, 2026 or 2026-01..2026-03")
        raise BadQuery(at=term.value_at, reason=reason) from error


def _days(written: str) -> tuple[dt.date, dt.date]:
    """The first day, and the first one after it."""
    match = _DAY.fullmatch(written.strip())
    if match is None:
        raise ValueError(written)
    year, month, day = int(match[1] or match[6]), match[2] or match[5], match[3] or match[4]
    if day:
        first = dt.date(year, int(month), int(day))
        return first, first + dt.timedelta(days=1)
    if month:
        first = dt.date(year, int(month), 1)
        return first, (first + dt.timedelta(days=31)).replace(day=1)
    return dt.date(year, 1, 1), dt.date(year + 1, 1, 1)


def _moment(day: dt.date) -> str:
    """Midnight here, in UTC."""
    midnight = dt.datetime(day.year, day.month, day.day).astimezone(dt.UTC)
    return midnight.replace(tzinfo=None).isoformat(timespec="seconds")
