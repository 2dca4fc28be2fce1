"""Numbers that belong to one person: register numbers and accounts by checksum, telephones, number plates."""

from __future__ import annotations

import re

from verhalen.language.naming.cover import Cover
from verhalen.model.masking import NameKind

_GAP = r"[ .\-–/\u00a0]{0,3}"
_REGISTER = re.compile(rf"(?<![\d+])\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{2}}(?!\d)")
_REGISTER_SHAPE = re.compile(r"\d{2}\.\d{2}\.\d{2}-\d{3}[.-]\d{2}")
_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}[ ]?\d{2}(?:[ .\-\u00a0]{0,2}[A-Za-z0-9]){11,30}")
_OLD_ACCOUNT = re.compile(r"(?<![\d-])\d{3}[- ]\d{7}[- ]\d{2}(?![\d-])")
_PHONE = re.compile(r"(?<![\w.,+])(?:\+|\(\+)?\(?\d(?:(?:[ /()\-–\u00a0]|\.(?! )){0,3}\d){7,15}(?!\d)")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[./ -](?:0?[1-9]|1[0-2])[./ -](?:19|20)\d\d(?!\d)")
_PLATE = re.compile(r"(?<![\w-])(?:[1-9][- ]?[A-Z]{3}[- ]?\d{3}|[A-Z]{3}-\d{3}|[A-Z]{2}-\d{3}-[A-Z]{1,2})(?![\w-])")
_LENGTHS = {
    "BE": 16,
    "NL": 18,
    "DE": 22,
    "FR": 27,
    "LU": 20,
    "GB": 22,
    "ES": 24,
    "IT": 27,
    "PL": 28,
    "RO": 24,
    "BG": 22,
    "PT": 25,
    "TR": 26,
    "LT": 20,
    "IE": 22,
}
"""Characters of an account number by country, for the countries that people here have accounts in."""


def find_numbers(text: str, cover: Cover) -> None:
    """Take all numbers, those with a checksum first."""
    for match in _REGISTER.finditer(text):
        if is_register_number(match.group()):
            cover.take(NameKind.REGISTER, *match.span())
        elif _REGISTER_SHAPE.fullmatch(match.group()):
            cover.take(NameKind.REGISTER, *match.span(), sure=False)
    for match in _IBAN.finditer(text):
        _take_account(match, cover)
    for match in _OLD_ACCOUNT.finditer(text):
        digits = _digits(match.group())
        if int(digits[:10]) % 97 == int(digits[10:]) % 97:
            cover.take(NameKind.ACCOUNT, *match.span())
    for match in _PLATE.finditer(text):
        cover.take(NameKind.OTHER, *match.span(), sure=match.group()[0].isdigit())
    for match in _PHONE.finditer(text):
        _take_phone(match, cover)


def _digits(text: str) -> str:
    return "".join(letter for letter in text if "0" <= letter <= "9")


def is_register_number(text: str) -> bool:
    """A Belgian national register number: the last two digits are 97 minus the rest modulo 97 (from 2000 on with a 2 before)."""
    digits = _digits(text)
    if len(digits) != 11 or int(digits[2:4]) % 20 > 12 or int(digits[4:6]) > 31:
        return False
    number, check = int(digits[:9]), int(digits[9:])
    return check in (97 - number % 97, 97 - (2_000_000_000 + number) % 97)


def is_iban(text: str) -> bool:
    """An IBAN whose rearranged digits are 1 modulo 97 (ISO 13616)."""
    plain = "".join(letter for letter in text if letter.isascii() and letter.isalnum()).upper()
    if len(plain) < 15 or not plain[:2].isalpha() or not plain[2:4].isdigit():
        return False
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1


def _take_account(match: re.Match[str], cover: Cover) -> None:
    """The account number that the match begins with: words behind it may look like a part of it."""
    text, country = match.group(), match.group()[:2].upper()
    length = _LENGTHS.get(country)
    if not length and (len(_digits(text)) < 10 or any(letter.islower() for letter in text[:15])):
        return
    ends = [at + 1 for at, letter in enumerate(text) if letter.isalnum()]
    for end in [ends[length - 1]] if length and len(ends) >= length else [] if length else ends[:14:-1]:
        if is_iban(text[:end]) and _is_written_as_one(text[:end]):
            cover.take(NameKind.ACCOUNT, match.start(), match.start() + end)
            return
        if country == "BE" and _digits(text[2:end]) == "".join(filter(str.isalnum, text[2:end])):
            cover.take(NameKind.ACCOUNT, match.start(), match.start() + end, sure=False)


def _is_written_as_one(text: str) -> bool:
    """Whether capitals and small letters do not mix, and no sentence ends inside: "de 0471 ... 56. Met ..." is none."""
    letters = "".join(filter(str.isalpha, text))
    digits_only = text[:2].upper() in ("BE", "DE")
    return ". " not in text and (letters.isupper() or letters.islower()) and (not digits_only or len(letters) == 2)


def _take_phone(match: re.Match[str], cover: Cover) -> None:
    """The longest beginning of the match that is a telephone number and does not end inside a group of digits."""
    text = match.group()
    if _DATE.match(text):
        return
    for end in range(len(text), 7, -1):
        if text[end - 1].isdigit() and not text[end : end + 1].isdigit() and is_phone(text[:end]):
            lead = 0 if text.count("(") == text[:end].count(")") else len(text) - len(text.lstrip("("))
            cover.take(NameKind.PHONE, match.start() + lead, match.start() + end)
            return


def is_phone(text: str) -> bool:
    """A Belgian or Dutch number with its 0, or any with + or 00 and the number of a country."""
    digits = _digits(text)
    if "+" not in text and not digits.startswith("00"):
        mobile = digits[:2] in ("04", "06") and len(digits) == 10
        return (
            digits[:1] == "0"
            and digits[1:2] != "0"
            and (mobile or (len(digits) == 9) or (digits[:1] == "0" and _is_dutch(text)))
        )
    plain = digits if "+" in text else digits[2:]
    if plain.startswith("32"):
        return len(plain.removeprefix("32").lstrip("0")) in (8, 9)
    return not plain.startswith("0") and 9 <= len(plain) <= 15


def _is_dutch(text: str) -> bool:
    return re.fullmatch(r"\(?0\d{2,3}\)?[ -]\d{6,7}", text) is not None and len(_digits(text)) == 10
