"""What may stand behind the keys of placeholders: the lists of the project, and what was called otherwise before."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from verhalen.i18n import mark
from verhalen.model.ids import decode_id
from verhalen.model.instrument import Instrument
from verhalen.model.story import StoryAnswer
from verhalen.model.text import Notice
from verhalen.report.checklists import checklists
from verhalen.report.placeholders import Placeholder
from verhalen.store import families, former_keys, scores, stories
from verhalen.store.codebook import codebook
from verhalen.store.family_removing import former_codes
from verhalen.store.forget import forgotten_families
from verhalen.store.presence import is_coding, stories_were_withdrawn
from verhalen.store.project import ProjectFile

COLOURS = ("positief", "negatief", "gemengd")
WHEN = ("nu", "vorig")
ROUNDS = ("laatste", "alle")
_STORY_KEY = re.compile(r"[A-Z]{1,3}\d+")
_MOST_NAMED = 12
"""More values than this are not written out."""


class Values:
    """The values that a report may name, looked up when a placeholder asks for them, each list once."""

    def __init__(self, project: ProjectFile, instrument: Instrument | None) -> None:
        self._project = project
        self._instrument = instrument

    def problem(self, found: Placeholder, key: str) -> Notice | None:
        """What is wrong with the value behind a key; None where it is right, or where nobody knows what may stand there."""
        check = _CHECKS.get(key)
        return check(self, found, found.arguments[key]) if check else None

    # -- lists ---------------------------------------------------------------------------------------------------------

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Groups of life domains, key to name."""
        return {each.key: each.name for each in scores.domain_list(self._project).groups}

    @cached_property
    def domains(self) -> Mapping[str, str]:
        """Life domains, key to name."""
        return {each.key: each.name for each in scores.domain_list(self._project).domains}

    @cached_property
    def instruments(self) -> Mapping[str, str]:
        """Instruments, key to name."""
        return {each.key: each.name for each in scores.instruments(self._project)}

    @cached_property
    def items(self) -> Mapping[str, str]:
        """Items of the instrument of the report, key to name."""
        return {each.key: each.name for each in self._instrument.items} if self._instrument else {}

    @cached_property
    def stories(self) -> Mapping[str, str]:
        """Keys of stories. Their titles may say whose they are, and are no names here."""
        return {each.key: "" for each in stories.stories(self._project)}

    @cached_property
    def families(self) -> Mapping[str, str]:
        """Codes of families."""
        return dict.fromkeys(families.family_ids(self._project), "")

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Codes of the codebook, key to name."""
        return {each.key: each.name for each in codebook(self._project, counted=False).codes}

    @cached_property
    def former_families(self) -> Mapping[str, str]:
        """Codes that families had before, to what they are called now."""
        return former_codes(self._project)

    # -- checks --------------------------------------------------------------------------------------------------------

    def _listed(self, found: Placeholder, key: str, value: str, known: Mapping[str, str]) -> Notice | None:
        if value in known:
            return None
        nearest = nearest_of(value, known)
        values: dict[str, object] = {"key": key, "value": value, "name": found.name}
        if nearest:
            message = mark('{key}={value} in "{name}" is not known; did you mean {key}={nearest}?')
            return Notice(found.line, message, {**values, "nearest": nearest})
        if not known:
            return Notice(found.line, mark('{key}={value} in "{name}" is not known; there are none yet'), values)
        shown = ", ".join(list(known)[:_MOST_NAMED]) + (", ..." if len(known) > _MOST_NAMED else "")
        return Notice(
            found.line, mark('{key}={value} in "{name}" is not known; choose from: {known}'), {**values, "known": shown}
        )

    def domain(self, found: Placeholder, value: str) -> Notice | None:
        """A life domain by its key, in capitals or not."""
        return None if value.upper() in self.domains else self._listed(found, "domein", value, self.domains)

    def story(self, found: Placeholder, value: str) -> Notice | None:
        """A story by its key; one that was withdrawn is never asked for again."""
        if value in self.stories:
            return None
        if _STORY_KEY.fullmatch(value) and stories_were_withdrawn(self._project):
            return Notice(
                found.line, mark("story {value} is no longer in the project; take it out of the text"), {"value": value}
            )
        return self._listed(found, "verhaal", value, self.stories)

    def code(self, found: Placeholder, value: str) -> Notice | None:
        """A code by its key; one that was renamed or merged is told by its name of today."""
        if value in self.codes:
            return None
        now = former_keys.now_called(self._project, value)
        if now is not None:
            return _renamed(found, "code", value, now)
        return self._listed(found, "code", value, self.codes)

    def family(self, found: Placeholder, value: str) -> Notice | None:
        """A family by its code; a withdrawn one is refused, and the code of a renamed one told."""
        if value in self.families:
            return None
        if forgotten_families(self._project, [value]):
            message = mark("this family was withdrawn; take it out of the text")
            return Notice(found.line, message)
        now = self.former_families.get(value)
        return _renamed(found, "gezin", value, now) if now else self._listed(found, "gezin", value, self.families)

    def coding(self, found: Placeholder, value: str) -> Notice | None:
        """A fragment by the id that the coding list shows."""
        number = decode_id(value)
        if number is None:
            return Notice(found.line, mark("{value} is not the id of a fragment"), {"value": value})
        if is_coding(self._project, number):
            return None
        return Notice(
            found.line, mark("fragment {value} is no longer in the project; take it out of the text"), {"value": value}
        )

    def threshold(self, found: Placeholder, value: str) -> Notice | None:
        """A whole number from 1; whether it fits the item is said when the table is made."""
        if value.isdecimal() and int(value) > 0:
            return None
        return Notice(
            found.line,
            mark('"{value}" is not a number; {key} is a whole number from 1'),
            {"value": value, "key": "drempel"},
        )

    def how_many(self, found: Placeholder, value: str) -> Notice | None:
        """How many stories: one to six."""
        if value.isdecimal() and 1 <= int(value) <= 6:
            return None
        return Notice(found.line, mark('"{value}" is not a number of stories; give 1 to 6'), {"value": value})

    def point(self, found: Placeholder, value: str) -> Notice | None:
        """A point of a checklist; without a good list there is nothing to look at."""
        wanted = next((each for each in checklists() if each.key == found.arguments.get("lijst")), None)
        return self._listed(found, "punt", value, {each.number: "" for each in wanted.items}) if wanted else None


def _renamed(found: Placeholder, key: str, value: str, now: str) -> Notice:
    message = mark("{key}={value} is called {now} now; write {key}={now}")
    return Notice(found.line, message, {"key": key, "value": value, "now": now})


def nearest_of(value: str, known: Mapping[str, str]) -> str:
    """The key that is nearest to a value, by its spelling or by its name; empty where none is near."""
    wanted = value.casefold()
    by_word = {word.casefold(): key for key, name in known.items() for word in (name, key) if word}
    near = difflib.get_close_matches(wanted, list(by_word), n=1, cutoff=0.6)
    return by_word[near[0]] if near else ""


def _from(
    key: str, known: Callable[[Values], Mapping[str, str]]
) -> Callable[[Values, Placeholder, str], Notice | None]:
    return lambda values, found, value: values._listed(found, key, value, known(values))


def _choice(key: str, words: Sequence[str]) -> Callable[[Values, Placeholder, str], Notice | None]:
    return _from(key, lambda values: dict.fromkeys(words, ""))


_CHECKS: Mapping[str, Callable[[Values, Placeholder, str], Notice | None]] = {
    "groep": _from("groep", lambda values: values.groups),
    "domein": Values.domain,
    "kleur": _choice("kleur", COLOURS),
    "antwoord": _choice("antwoord", tuple(StoryAnswer)),
    "wanneer": _choice("wanneer", WHEN),
    "ronde": _choice("ronde", ROUNDS),
    "kort": _choice("kort", ("ja",)),
    "per": _choice("per", ("groep", "domein")),
    "woorden": _choice("woorden", ("ja",)),
    "gemeenten": _choice("gemeenten", ("samen",)),
    "rijen": _choice("rijen", ("groep", "domein", "codegroep", "code")),
    "eenheid": _choice("eenheid", ("gezinnen", "fragmenten")),
    "perioden": _choice("perioden", ("samen",)),
    "instrument": _from("instrument", lambda values: values.instruments),
    "item": _from("item", lambda values: values.items),
    "drempel": Values.threshold,
    "verhaal": Values.story,
    "code": Values.code,
    "gezin": Values.family,
    "fragment": Values.coding,
    "aantal": Values.how_many,
    "lijst": _from("lijst", lambda values: {each.key: each.name for each in checklists()}),
    "punt": Values.point,
}
"""By the key of an argument, whatever placeholder it stands in."""
