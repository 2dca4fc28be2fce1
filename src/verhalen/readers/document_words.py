"""What we say of a document of a word processor that was not kept as it stands, and the letters of picture fonts."""

from __future__ import annotations

from verhalen.i18n import mark

INSERTIONS = mark("Tracked insertions were read as text ({n}×; paragraph {places}).")
DELETIONS = mark("Tracked deletions were left out ({n}×; paragraph {places}).")
DELETED_ENDS = mark("Paragraphs whose end was deleted (tracked) were joined with the next ({n}×; paragraph {places}).")
MOVES = mark("Moved text (tracked) stands at its new place only ({n}×; paragraph {places}).")
HIDDEN = mark("Hidden text was left out ({n}×; paragraph {places}).")
NUMBERED = mark("Automatic numbers and bullets were left out; the words were kept ({n}×; paragraph {places}).")
TABLES = mark("Tables were read row by row, with a tab between the cells ({n}×; paragraph {places}).")
BOXES = mark("Text boxes were put behind the paragraph that they hang on ({n}×; paragraph {places}).")
IMAGES = mark("Images, drawings and embedded objects were left out ({n}×; paragraph {places}).")
LINKS = mark("Of links the words were kept and the addresses left out ({n}×; paragraph {places}).")
SYMBOLS = mark("Signs from a picture font became \ufffd ({n}×; paragraph {places}).")
FORMULAS = mark("Of formulas only the letters were kept ({n}×; paragraph {places}).")
CHUNKS = mark("Documents embedded in this one were left out ({n}×; paragraph {places}).")
RUBY = mark("Reading aids above the words were left out ({n}×; paragraph {places}).")
COMPOSED = mark("Letters with loose accents became one character each; they look the same ({n}×; paragraph {places}).")
UNDECODED = mark("Some bytes stand for no letter; each became \ufffd ({n}×; paragraph {places}).")
HEADERS = mark("Headers and footers were left out ({n}×).")
FIELD_CODES = mark("Words inside field codes were left out ({n}×; paragraph {places}).")
FOOTNOTES = mark(
    "Footnotes and endnotes stand in square brackets at the end of their paragraph ({n}×; paragraph {places})."
)
COMMENTS = mark("Comments stand in square brackets at the end of their paragraph ({n}×; paragraph {places}).")
UNPLACED = mark("Notes or comments without a place in the text, or at deleted text, were left out ({n}×).")
MISSING = mark("The text points to notes or comments that the file does not hold ({n}×; paragraph {places}).")

# Part of the stored text and so, like the headings of our tables, always Dutch: the same file gives the same text
# whatever language the reader speaks.
_NOTE_LABELS = {"footnote": "voetnoot", "endnote": "eindnoot", "comment": "opmerking"}

UNKNOWN = "\ufffd"
_PICTURE_FONTS = {
    "wingdings": {
        0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "□",
        0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "symbol": {0xA3: "≤", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB7: "•"},
}  # fmt: skip
_PRIVATE = range(0xE000, 0xF900)


def symbol(font: str, code: str) -> str:
    """The letter for a sign of `font`, whose code is hexadecimal; UNKNOWN for a picture that Unicode text cannot name."""
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN
    letters = _PICTURE_FONTS.get(font.casefold())
    if letters is not None or number in _PRIVATE:
        # Word moves the 256 places of such a font to the private area, from F000.
        return (letters or {}).get(number & 0xFF, UNKNOWN)
    return chr(number) if 0x20 <= number < 0xD800 or 0xF900 <= number < 0x110000 else UNKNOWN


def bracketed(kind: str, words: str, *, author: str = "") -> str:
    """A `footnote`, `endnote` or `comment` as it stands in the text; empty without words."""
    by = f" van {' '.join(author.split())}" if author.strip() else ""
    return f"[{_NOTE_LABELS[kind]}{by}: {words}]" if words else ""
