"""What would identify somebody, found by lists, rules and checksums; a person must read all the same.

Each recogniser stands in `language.naming`. The strongest come first and keep their place: the project's own names, then what has a
checksum or a fixed form, then addresses, institutions, places, persons, and at last what Frog says where it is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from verhalen.language.naming.addresses import find_addresses
from verhalen.language.naming.cover import Cover
from verhalen.language.naming.dates import find_births
from verhalen.language.naming.frog import Tagger, frog_findings
from verhalen.language.naming.institutions import find_institutions
from verhalen.language.naming.known import KnownNames, find_known, parts_of_names, whole_names
from verhalen.language.naming.lists import fold, is_given
from verhalen.language.naming.mails import find_mails
from verhalen.language.naming.numbers import find_numbers, is_iban, is_register_number
from verhalen.language.naming.people import find_people
from verhalen.language.naming.small_people import find_small_people
from verhalen.language.naming.talk import Talk
from verhalen.language.naming.towns import find_towns
from verhalen.model.masking import Finding, NameKind
from verhalen.model.text import Span

__all__ = ["find_identifying", "find_names", "is_iban", "is_register_number"]

_BLOCK = 300_000
"""Characters that are looked at together; an interview of two hours has about 120,000."""
_PLACEHOLDER = re.compile(r"\[[^\W\d_A-Z][^\[\]\n\d:A-Z]{0,40}(?:[A-Z]{0,3}\d{1,5}(?:-?[A-Z0-9])?)?\]")
"""What stands in the place of a name that was masked: "[stad]", "[persoon 3]", "[ouder G012]"."""


def find_names(
    text: str,
    *,
    known: Mapping[str, NameKind] | None = None,
    speakers: Sequence[str] = (),
    frog: Tagger | None = None,
) -> list[Finding]:
    """Every place that would identify somebody, in reading order, none overlapping.

    The names in `known` are the strongest; `speakers` are the labels of the transcript, of which those that are names count too.
    A finding is without the -s of a possessive ("Annes boek" gives "Anne") and with a diminutive ending ("Jefke"). `frog` comes from
    `language.naming.frog.installed`, in the background: it is slow.
    """
    names, parts = whole_names(known or {}, speakers), parts_of_names(known or {}, speakers)
    return [
        replace(finding, span=Span(start + finding.span.start, start + finding.span.stop)) if start else finding
        for start, stop in _blocks(text)
        for finding in _in_block(text[start:stop], names, parts, frog)
    ]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Pieces of a long text, cut where no name is cut: one transcript is one piece, and a huge file needs no more memory."""
    start = 0
    while len(text) - start > _BLOCK:
        ends = (text.rfind(sign, start + _BLOCK // 2, start + _BLOCK) for sign in ("\n\n", ". ", "\n", " "))
        stop = next((end + 1 for end in ends if end >= 0), start + _BLOCK)
        yield start, stop
        start = stop
    yield start, len(text)


def _in_block(text: str, known: KnownNames, parts: KnownNames, frog: Tagger | None) -> list[Finding]:
    cover = Cover(len(text))
    for match in _PLACEHOLDER.finditer(text):
        cover.block(*match.span())
    find_known(text, known, cover)
    find_mails(text, cover)
    find_births(text, cover)
    find_numbers(text, cover)
    talk = Talk.of(text)
    find_addresses(talk, cover)
    find_institutions(talk, cover)
    find_towns(talk, cover)
    names = find_people(talk, cover)
    find_known(text, parts, cover)
    find_small_people(talk, cover, names)
    if frog is not None:
        for finding in frog_findings(text, frog):
            cover.take(finding.kind, finding.span.start, finding.span.stop, sure=False)
    return joined(text, cover.findings())


def joined(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """A first name that was known and the surname behind it are one name: "Mieke" speaks, and says "Mieke Verhoeven"."""
    found: list[Finding] = []
    for each in findings:
        last = found[-1] if found else None
        if last is not None and _is_one_name(text, last, each):
            span = Span(last.span.start, each.span.stop)
            found[-1] = Finding(NameKind.PERSON, span, last.sure and each.sure)
        else:
            found.append(each)
    return found


def _is_one_name(text: str, first: Finding, second: Finding) -> bool:
    if first.kind is not NameKind.PERSON or second.kind is not NameKind.PERSON:
        return False
    one, other = (text[each.span.start : each.span.stop] for each in (first, second))
    between = text[first.span.stop : second.span.start]
    return between == " " and other[0].isupper() and one[0].isupper() and " " not in one and not is_given(fold(other))


def find_identifying(text: str) -> Iterable[Finding]:
    """Every place that would identify somebody, without a list of the project."""
    return find_names(text)
