"""Read, merge, judge and write the message catalogues (.po): sorted by sentence, no dates, no line numbers, so that diffs stay small."""

from __future__ import annotations

import io
import re
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po, write_po
from tools.extraction import Sentence

HEADER = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: {language}\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
FREE_IN_ONE_FORM = {"n"}
"""A form for exactly one may say "one coding" where the other says "{n} codings"."""


def read_catalogue(path: Path, language: str) -> Catalog:
    """The catalogue in `path`; empty where there is none yet. Raises babel's PoFileError on a broken file."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def write_catalogue(path: Path, catalogue: Catalog, language: str) -> bool:
    """Write it; say whether the file changed (an unchanged file keeps its time, so nothing is compiled again)."""
    for message in catalogue:
        # babel guesses flags such as python-format from a lone % in a sentence; only "fuzzy" means something to us.
        message.flags &= {"fuzzy"}
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    new = (HEADER.replace("{language}", language) + body.getvalue().decode("utf-8").strip("\n") + "\n").encode("utf-8")
    if path.exists() and path.read_bytes() == new:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(new)
    return True


def messages(catalogue: Catalog) -> Iterator[Message]:
    """The entries without the header."""
    return (message for message in catalogue if message.id)


def forms(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """The singular, or singular and plural, of an id or a translation."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def sentence_of(message: Message) -> Sentence:
    """The sentence that the entry translates."""
    return Sentence(*forms(message.id))


def is_complete(message: Message) -> bool:
    """Every form is translated."""
    translated = forms(message.string)
    return len(translated) == len(forms(message.id)) and all(translated)


def merge(old: Catalog, wanted: Iterable[Sentence], language: str) -> Catalog:
    """A catalogue of exactly the `wanted` sentences, with the translations that `old` has. English translates itself."""
    new = Catalog(locale=language)
    for sentence in wanted:
        before = old.get(sentence.singular)
        kept = before if before and sentence_of(before) == sentence else Message(sentence.key)
        text = sentence.key if language == "en" and not is_complete(kept) else kept.string
        new.add(sentence.key, text, flags=kept.flags, user_comments=kept.user_comments)
    return new


def differences(catalogue: Catalog, wanted: Iterable[Sentence]) -> list[str]:
    """Where the catalogue does not hold exactly the `wanted` sentences."""
    have, want = {sentence_of(message) for message in messages(catalogue)}, set(wanted)
    return [
        *(f"not in the catalogue: {sentence.singular!r}" for sentence in sorted(want - have)),
        *(f"in no source: {sentence.singular!r}" for sentence in sorted(have - want)),
        *(f"obsolete entry: {forms(message.id)[0]!r}" for message in catalogue.obsolete.values()),
    ]


def flaws(catalogue: Catalog) -> list[str]:
    """Entries that are untranslated, fuzzy or would fill other places than the sentence has."""
    found = []
    for message in messages(catalogue):
        name = forms(message.id)[0]
        if not is_complete(message):
            found.append(f"no translation: {name!r}")
        elif message.fuzzy:
            found.append(f"fuzzy: {name!r}")
        elif wrong := wrong_places(message):
            found.append(f"other places ({', '.join(wrong)}): {name!r}")
    return found


def wrong_places(message: Message) -> list[str]:
    """Names of places that are in a form of the sentence but not in its translation, or the other way round."""
    wrong: set[str] = set()
    for original, translated in zip(forms(message.id), forms(message.string), strict=True):
        free = FREE_IN_ONE_FORM if message.pluralizable else set()
        wrong |= (places(original) ^ places(translated)) - free
    return sorted(wrong)


def places(text: str) -> set[str]:
    """`{name}` and `%(name)s` in a text; a text with lone braces is no format string and has none."""
    percents = set(re.findall(r"%\((\w+)\)", text))
    try:
        return percents | {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return percents


def is_compiled(path: Path, catalogue: Catalog) -> bool:
    """The .mo beside `path` says what the .po says."""
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        return False
    with compiled.open("rb") as source:
        told = {sentence_of(message): forms(message.string) for message in messages(read_mo(source))}
    # Only whole entries: babel writes an untranslated plural in English, and flaws() reports it already.
    whole = {sentence_of(one): forms(one.string) for one in messages(catalogue) if is_complete(one) and not one.fuzzy}
    return whole.items() <= told.items() and told.keys() <= {sentence_of(one) for one in messages(catalogue)}


def take(catalogue: Catalog, fragment: Catalog, *, overwrite: bool) -> tuple[int, list[str]]:
    """Fill `catalogue` with the translations of `fragment`: how many changed, and what was left aside and why."""
    filled, aside = 0, []
    for message in messages(fragment):
        name = forms(message.id)[0]
        ours = catalogue.get(name)
        if ours is None or sentence_of(ours) != sentence_of(message):
            aside.append(f"in no source: {name!r}")
        elif not is_complete(message):
            aside.append(f"no translation: {name!r}")
        elif is_complete(ours) and forms(ours.string) != forms(message.string) and not overwrite:
            aside.append(f"kept {forms(ours.string)[0]!r}, not {forms(message.string)[0]!r}")
        elif forms(ours.string) != forms(message.string):
            ours.string, filled = message.string, filled + 1
    return filled, aside
