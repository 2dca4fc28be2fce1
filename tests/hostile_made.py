"""Files that mean harm, or that nobody expects, made in code: few and small for the tests, of full size for `bench.hostile`."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tests.pdf_making import column, make_pdf, stream
from tests.talk_made import SHORT, WRITERS, docx_of, odt_of, packed, rtf_of

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Case:
    """One file."""

    name: str
    file: str
    make: Callable[[], bytes]


def cases(size: int) -> Iterator[Case]:
    """All of them; `size` is the length of long lines, in characters (5,000,000 when it counts)."""
    yield from long_texts(size)
    yield from odd_letters()
    yield from timed(size)
    yield from documents(size)
    yield from archives(size)
    yield from sizes()


def sizes() -> Iterator[Case]:
    """Nothing at all, and more than we read."""
    for suffix in WRITERS:
        yield Case(f"empty {suffix}", f"leeg{suffix}", lambda: b"")
        yield Case(f"a mark of byte order alone {suffix}", f"bom{suffix}", lambda: b"\xef\xbb\xbf")
        yield Case(f"over 20 MB {suffix}", f"groot{suffix}", lambda: b"Anna: ja\n" * (20 * MEGABYTE // 9 + 1))


def long_texts(size: int) -> Iterator[Case]:
    """One line without end, a million lines without words, a million turns, names without end."""
    texts: dict[str, Callable[[], str]] = {
        "one word": lambda: "a" * size,
        "one line of words": lambda: "woord " * (size // 6),
        "one line of one name": lambda: "Mieke Peeters zegt ja, " * (size // 23),
        "one line of new names": lambda: _names(size),
        "one line of new numbers": lambda: _numbers(size),
        "one line of masked names": lambda: "[persoon 1] en [stad] " * (size // 22),
        "one line of open brackets": lambda: "[" * size,
        "one line of capitals": lambda: "Van De " * (size // 7),
        "one line of points": lambda: "A. " * (size // 3),
        "one line of dates": lambda: "geboren 12/03/1984 " * (size // 19),
        "one line of times": lambda: "00:00:00 " * (size // 9),
        "one line of labels": lambda: "Anna: " * (size // 6),
        "one line of digits": lambda: "1" * size,
        "one line of dashes": lambda: "a-" * (size // 2),
        "one line of streets": lambda: "Kerkstraat 12 bus 3, 9000 Gent, " * (size // 32),
        "one line of at signs": lambda: "a@" * (size // 2),
        "blank lines": lambda: "Anna: ja\n" + "\n" * (size // 5) + "Bert: nee\n",
        "blank lines with blanks": lambda: "Anna: ja\n" + " \n" * (size // 5) + "Bert: nee\n",
        "turns": lambda: "Anna: ja\nBert: nee\n" * (size // 10),
        "speakers": lambda: "".join(f"Spreker{at}: ja\n" for at in range(size // 50)),
        "paragraphs": lambda: "ja\n\n" * (size // 5),
    }
    for name, text in texts.items():
        yield Case(f"{name} .txt", "lang.txt", partial(_written_in, str.encode, text))
    for name in ("one line of words", "one line of new names", "blank lines", "turns", "one line of open brackets"):
        for suffix, write in IN.items():
            yield Case(f"{name} {suffix}", f"lang{suffix}", partial(_written_in, write, texts[name]))


def _written_in(write: Callable[[str], bytes], text: Callable[[], str]) -> bytes:
    return write(text())


def odd_letters() -> Iterator[Case]:
    """Letters that programs stumble over, in every format that can hold them."""
    letters = {
        "right to left": "שלום עולם \u202e مرحبا بك \u202c",
        "loose accents": "cafe\u0301 e\u0301e\u0301n ame\u0301lie A\u030angstro\u0308m",
        "emoji": "👩🏽\u200d👩🏿\u200d👧🏻 👍🏽 🏳️\u200d🌈 🇧🇪",
        "half characters": "ja \ud83d nee \udc4d ja",
        "nothing seen": "\u200b\u200c\u00ad\u2060 ja",
        "line ends of Unicode": "ja\u2028nee\u2029ja\x85nee\x0bja\x0cnee",
        "old Hangul": "\u1100\u1161\u11a8 \uac00\u11a8",
    }
    for name, words in letters.items():
        talk = [("Anna", words), ("Bert", "ja"), ("Anna", words)]
        for suffix, write in WRITERS.items():
            if suffix == ".pdf" or (
                suffix in (".docx", ".odt") and name in ("half characters", "line ends of Unicode")
            ):
                continue  # XML and cp1252 have no such letters
            yield Case(f"{name} {suffix}", f"letters{suffix}", partial(_written, write, talk))
    for suffix in WRITERS:
        twice = [WRITERS[suffix](SHORT)] * 2
        yield Case(f"NUL between {suffix}", f"nul{suffix}", partial(b"\x00".join, twice))
        yield Case(f"NUL only {suffix}", f"nul{suffix}", lambda: b"\x00" * 4096)
        yield Case(f"noise {suffix}", f"ruis{suffix}", lambda: random.Random(7).randbytes(20_000))
    yield Case("UTF-16 without a mark", "zestien.txt", lambda: "Anna: ja\nBert: nee\n".encode("utf-16-le"))
    yield Case("half of UTF-16", "half.txt", lambda: "Anna: ja 👍🏽".encode("utf-16")[:-1])
    yield Case("accents piled up", "berg.txt", ("Anna: a" + "\u0301" * 200_000).encode)


def _written(write: Callable[..., bytes], talk: list[tuple[str, str]]) -> bytes:
    try:
        return write(talk)
    except UnicodeEncodeError:
        # Halves of characters: as a careless program writes them.
        mark = "HALF"
        return write([(name, words.replace("\ud83d", mark).replace("\udc4d", mark)) for name, words in talk]).replace(
            mark.encode(), b"\xed\xa0\xbd"
        )


def timed(size: int) -> Iterator[Case]:
    """Subtitles and speech recognition with times that cannot be."""
    overlapping = "WEBVTT\n\n" + "".join(
        f"00:00:{at % 60:02}.000 --> 01:00:00.000\n<v Anna>ja {at}\n\n" for at in range(500)
    )
    yield Case("cues that overlap", "over.vtt", overlapping.encode)
    bad = ("99:99:99.999 --> 00:00:00.000", "-1:00.000 --> 1:00.000", "a --> b", "00:00:05.000 --> 00:00:01.000", "-->",
           "9" * 400 + ":00.000 --> 00:01.000", "00:00:00.000 -->", "00:00.000 --> 00:01.000 align:start <c>")  # fmt: skip
    cues = "\n\n".join(f"{each}\n<v Anna>ja</v>\n\n{each}\n<v Bert>nee" for each in bad)
    yield Case("bad times", "tijden.vtt", f"WEBVTT\n\n{cues}\n".encode)
    yield Case("bad times", "tijden.srt", cues.replace(".", ",").encode)
    numbers = [0, -5, 1e308, float("inf"), float("nan"), 10**400, "x", None, True, [], {}]
    segments = [{"start": one, "end": other, "text": "ja"} for one in numbers for other in numbers]
    yield Case("bad times", "tijden.json", lambda: json.dumps({"segments": segments}).encode())
    yield Case("deep JSON", "diep.json", lambda: b"[" * 200_000)
    yield Case("deep JSON", "diep.otr", lambda: b'{"text":' * 200_000)
    yield Case("cues", "veel.vtt", ("WEBVTT\n\n" + "00:01.000 --> 00:02.000\n<v Anna>ja\n\n" * (size // 40)).encode)
    many = {
        "segments": [{"start": at, "end": at + 1, "text": "ja", "speaker": f"S{at % 3}"} for at in range(size // 100)]
    }
    yield Case("segments", "veel.json", lambda: json.dumps(many).encode())


def documents(size: int) -> Iterator[Case]:
    """XML that grows, points outside or nests; RTF and PDF without end."""
    entities = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]><x>&l9;</x>'
    outside = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % r SYSTEM "http://127.0.0.1:9/x"> %r;]><x>&f;</x>'
    for name, xml in (("entity bomb", bomb), ("external reference", outside)):
        yield Case(name, "bom.docx", partial(packed, word__document_xml=xml))
        yield Case(name, "bom.odt", partial(packed, content_xml=xml))
        yield Case(name, "bom.otr", json.dumps({"text": xml}).encode)
        yield Case(name, "bom.md", f"{xml}\n\nAnna: ja".encode)
    blanks = " " * (size * 6)
    yield Case("ratio", "ratio.docx", lambda: packed(word__document_xml=blanks))
    yield Case("ratio", "ratio.odt", lambda: packed(content_xml=blanks))
    deep, wide = size // 25, size // 10
    yield Case("deep XML", "diep.docx", lambda: docx_of("<w:sdt>" * deep + "</w:sdt>" * deep))
    yield Case("deep XML", "diep.odt", lambda: odt_of("<text:span>" * deep + "</text:span>" * deep))
    word = "<w:p><w:r><w:t>ja</w:t></w:r></w:p>"
    yield Case("many paragraphs", "breed.docx", lambda: docx_of(word * (wide // 3)))
    yield Case("many paragraphs", "breed.odt", lambda: odt_of("<text:p>ja</text:p>" * (wide // 2)))
    yield Case("blanks by number", "blanco.odt", lambda: odt_of('<text:p>a<text:s text:c="2000000000"/>b</text:p>'))
    cells = f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * (wide // 50)}</w:tr></w:tbl>"
    yield Case("many cells", "cellen.docx", lambda: docx_of(cells + word))
    yield Case("deep RTF", "diep.rtf", lambda: rtf_of("{" * size))
    yield Case("many paragraphs", "breed.rtf", lambda: rtf_of("ja\\par " * wide))
    yield Case("binary without end", "bin.rtf", lambda: rtf_of("\\bin4000000000 ja"))
    unpacked = stream(b"BT /R 12 Tf (ja) Tj ET\n" * (size // 2), packed=True)
    yield Case("a stream that grows", "groei.pdf", lambda: make_pdf([unpacked]))
    yield Case("many pages", "bladen.pdf", lambda: make_pdf([column(["Anna: ja"])] * (size // 1000)))
    yield Case(
        "many words on a page", "woorden.pdf", lambda: make_pdf([column(["Anna: ja nee"] * (size // 500), step=0.01)])
    )


def archives(size: int) -> Iterator[Case]:
    """ZIP files that grow, nest, or want to write somewhere else."""
    yield Case("many members", "veel.zip", lambda: _zip({f"{at}.txt": b"Anna: ja" for at in range(5_001)}))
    yield Case("ratio", "ratio.zip", lambda: _zip({"a.txt": b"a" * (4 * size)}))
    yield Case("large together", "samen.zip", lambda: _zip({f"{at}.txt": b"a" * (3 * size) for at in range(8)}))
    yield Case("nested", "nest.zip", lambda: _zip({"b.zip": _zip({"c.zip": _zip({"d.txt": b"Anna: ja"})})}))
    tricks = {
        "../../uit.txt": b"Anna: ja",
        "/etc/uit.txt": b"ja",
        "C:\\uit.txt": b"ja",
        "a/../../b.txt": b"ja",
        "goed.txt": b"Anna: ja",
    }
    yield Case("path tricks", "pad.zip", lambda: _zip(tricks))
    yield Case("half an archive", "half.zip", lambda: _zip({"a.txt": b"Anna: ja" * 500})[:-30])
    yield Case(
        "all formats", "alles.zip", lambda: _zip({f"a{suffix}": write(SHORT) for suffix, write in WRITERS.items()})
    )


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _names(size: int) -> str:
    """Names of persons that nobody has, each twice."""
    chance = random.Random(3)
    parts: list[str] = []
    length = 0
    while length < size:
        name = "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3)).capitalize()
        parts.append(f"mevrouw {name} en ook {name}, ")
        length += len(parts[-1])
    return "".join(parts)


def _numbers(size: int) -> str:
    return "".join(f"0471 {at // 10000 % 100:02} {at // 100 % 100:02} {at % 100:02}, " for at in range(size // 15))


def _in_docx(text: str) -> bytes:
    return docx_of("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n")))


def _in_odt(text: str) -> bytes:
    return odt_of("".join(f"<text:p>{line}</text:p>" for line in text.split("\n")))


def _in_json(text: str) -> bytes:
    return json.dumps({"segments": [{"start": 0, "end": 1, "text": line} for line in text.split("\n")]}).encode()


def _in_vtt(text: str) -> bytes:
    return ("WEBVTT\n\n" + "\n\n".join(f"00:01.000 --> 00:02.000\n{line}" for line in text.split("\n"))).encode()


IN: dict[str, Callable[[str], bytes]] = {
    ".docx": _in_docx,
    ".json": _in_json,
    ".md": str.encode,
    ".odt": _in_odt,
    ".otr": lambda text: json.dumps({"text": f"<p>{text}</p>"}).encode(),
    ".pdf": lambda text: make_pdf([column(text.split("\n"))]),
    ".rtf": lambda text: rtf_of(text.replace("\n", "\\par\n")),
    ".srt": lambda text: b"1\n00:00:01,000 --> 00:00:02,000\n" + text.encode(),
    ".vtt": _in_vtt,
}
"""A text put in a file of each kind."""
