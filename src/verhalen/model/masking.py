"""What would identify somebody in a text, and what stands in its place. The key that links the two is never in the project."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from verhalen.i18n import mark

if TYPE_CHECKING:
    from verhalen.model.text import Span


class NameKind(StrEnum):
    """What a name names. The values stand in the key file: never change one."""

    PERSON = "persoon"
    PLACE = "plaats"
    ADDRESS = "adres"
    SCHOOL = "school"
    SERVICE = "dienst"
    PHONE = "telefoon"
    MAIL = "e-mail"
    BIRTH = "geboortedatum"
    REGISTER = "rijksregisternummer"
    ACCOUNT = "rekening"
    OTHER = "andere"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return _LABELS[self]


_LABELS = {
    NameKind.PERSON: mark("person"),
    NameKind.PLACE: mark("place"),
    NameKind.ADDRESS: mark("address"),
    NameKind.SCHOOL: mark("school"),
    NameKind.SERVICE: mark("service"),
    NameKind.PHONE: mark("telephone number"),
    NameKind.MAIL: mark("e-mail address"),
    NameKind.BIRTH: mark("date of birth"),
    NameKind.REGISTER: mark("national register number"),
    NameKind.ACCOUNT: mark("bank account"),
    NameKind.OTHER: mark("other"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that would identify somebody."""

    kind: NameKind
    span: Span
    sure: bool = True
    """A checksum, the project's own list, or a form that is hardly anything else; a guess otherwise."""
