"""Mail addresses, written and spoken; web addresses and handles."""

from __future__ import annotations

import re

from verhalen.language.naming.cover import Cover
from verhalen.model.masking import NameKind

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_ENDS = "be|nl|com|net|org|eu|fr|de|ro|pl|bg|vlaanderen|brussels"
_DOT = r"(?: punt | dot | streepje | koppelteken | underscore | liggend streepje )"
_SPOKEN = re.compile(
    rf"(?<!\w)\w{{1,40}}+(?:{_DOT}\w{{1,40}}+){{0,4}} (?:at|apestaartje|apenstaartje|apestaart|@) "
    rf"\w{{1,40}}+(?:(?: punt | dot )\w{{1,40}}+){{0,2}}(?: punt | dot )(?:{_ENDS})(?!\w)",
    re.IGNORECASE,
)
_WEB = re.compile(r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"“”()\[\]{}]{3,200}", re.IGNORECASE)
_DOMAIN = re.compile(
    rf"(?<![\w@.-])[\w-]{{2,60}}+(?:\.[\w-]{{2,60}}+){{0,2}}\.(?:{_ENDS})(?![\w-])(?:/[^\s<>\"()]{{0,200}})?"
)
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z_][\w.]{2,40}")


def find_mails(text: str, cover: Cover) -> None:
    """Take what leads to somebody on the net."""
    if "@" in text:
        for match in _MAIL.finditer(text):
            cover.take(NameKind.MAIL, *match.span())
    for match in _SPOKEN.finditer(text):
        cover.take(NameKind.MAIL, *match.span(), sure=False)
    for match in _WEB.finditer(text):
        cover.take(NameKind.OTHER, match.start(), match.start() + len(match.group().rstrip(".,;:!?'’*_")))
    for match in _DOMAIN.finditer(text):
        cover.take(NameKind.OTHER, match.start(), match.start() + len(match.group().rstrip(".,;:!?'’*_")), sure=False)
    for match in _HANDLE.finditer(text):
        cover.take(NameKind.OTHER, match.start(), match.start() + len(match.group().rstrip(".")), sure=False)
