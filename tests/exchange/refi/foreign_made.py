"""Archives as other programs write them (design notes on REFI-QDA in practice), made in memory with invented talk."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

TALK = (
    "Anna: Ik sliep niet 😀 meer.\nCoach: Vertel 👍🏽 eens.\nAnna: De zoe\u0308 huur is te hoog. 😀\nCoach: En nu?\n"
    "Anna: Nu gaat het beter.\n"
)
"""With emoji, and a loose accent that our form joins with its letter."""
QUOTES = ("sliep niet", "Vertel", "huur is te hoog", "En nu", "gaat het beter")
PROJECT = "urn:QDA-XML:project:1.0"


def guid(number: int) -> str:
    """A GUID that can be told by eye."""
    return f"0F1B5C5E-9C2B-4B7E-8C62-{number:012X}"


@dataclass
class Program:
    """How a program counts and writes."""

    units: str = "codepoints"
    crlf: int = 0
    """0: LF; 1 or 2: CRLF in the file, counted so."""
    bom: str = ""
    """`` none, `out`: in the file and not counted, `in`: counted."""
    folder: str = "sources"
    qde: str = "project.qde"
    namespace: str = PROJECT
    names: bool = True
    """Whether selections quote their words."""
    dates: bool = True
    users: bool = True
    braces: bool = False
    extra: str = ""
    """XML behind the sources."""
    cases: str = ""
    more_codes: str = ""
    selections: list[str] = field(default_factory=list)

    def place(self, text: str, place: int) -> int:
        """Where a code point of the LF text is, as this program counts."""
        before = text[:place]
        count = sum(2 if self.units == "utf16" and letter > "\uffff" else 1 for letter in before)
        return count + (before.count("\n") if self.crlf == 2 else 0) + (self.bom == "in")

    def shown(self, number: int) -> str:
        """A GUID as this program writes it."""
        return f"{{{guid(number)}}}" if self.braces else guid(number).lower()

    def selection(self, number: int, text: str, quote: str, code: int, *, inside: str = "") -> str:
        """A selection with one coding at the first place of some words."""
        start = text.index(quote)
        ends = f'startPosition="{self.place(text, start)}" endPosition="{self.place(text, start + len(quote))}"'
        name = f" name={quoteattr(quote)}" if self.names else ""
        user = f' creatingUser="{self.shown(1)}"' if self.users else ""
        date = ' creationDateTime="2019-05-01T10:00:00.1234567+02:00"' if self.dates else ""
        return (
            f'<PlainTextSelection guid="{self.shown(number)}" {ends}{name}{user}{date}>'
            f'<Coding guid="{self.shown(number + 500)}"{user}{date}><CodeRef targetGUID="{self.shown(code)}"/>{inside}</Coding>'
            "</PlainTextSelection>"
        )

    def content(self, text: str) -> bytes:
        """The file of a text."""
        return (("\ufeff" if self.bom else "") + (text.replace("\n", "\r\n") if self.crlf else text)).encode()

    def xml(self, text: str = TALK) -> str:
        """The project with one text, and two codes below each other."""
        selections = [
            self.selection(100 + i, text, quote, 11 + i % 2) for i, quote in enumerate(QUOTES) if quote in text
        ]
        users = f'<Users><User guid="{self.shown(1)}" name="Jan"/></Users>' if self.users else ""
        return (
            f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{self.namespace}" name="p" origin="x">{users}'
            f'<CodeBook><Codes><Code guid="{self.shown(11)}" name="Thema" isCodable="false" color="rgb(1, 2, 3)">'
            f'<Code guid="{self.shown(12)}" name="Slaap" isCodable="true"/></Code>{self.more_codes}</Codes></CodeBook>{self.cases}'
            f'<Sources><TextSource guid="{self.shown(20)}" name="Gesprek 1" plainTextPath="internal://{guid(20)}.txt">'
            f"{''.join(selections + self.selections)}</TextSource></Sources>{self.extra}</Project>"
        )

    def write(self, path: Path, text: str = TALK, *, xml: str = "") -> Path:
        """The whole archive."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(self.qde, xml or self.xml(text))
            archive.writestr(f"{self.folder}/{guid(20).lower()}.TXT", self.content(text))
        return path


NVIVO = Program(units="utf16", crlf=2, bom="out", folder="Sources", names=False)
ATLAS = Program(crlf=1, qde="Mijn project.qde", braces=True)
MAXQDA = Program(namespace="urn:QDA-XML:project:0:4", dates=False)
QUALCODER = Program(crlf=2, bom="in")
PROGRAMS = {"nvivo": NVIVO, "atlas": ATLAS, "maxqda": MAXQDA, "qualcoder": QUALCODER}
WAYS = {"nvivo": "utf16", "atlas": "codepoints-crlf1", "maxqda": "codepoints", "qualcoder": "codepoints-bom"}


def note(program: Program, number: int, words: str, *, inside: str = "") -> str:
    """A memo."""
    content = f"<PlainTextContent>{escape(words)}</PlainTextContent>" if words else ""
    return f'<Note guid="{program.shown(number)}" creatingUser="{program.shown(1)}">{content}{inside}</Note>'
