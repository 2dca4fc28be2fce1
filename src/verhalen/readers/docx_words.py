"""What we say about a Word document that was not kept as it stands, and the letters of its picture fonts."""

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
FIELD_CODES = mark("Words inside field codes were left out ({n}×; paragraph {places}).")

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
    """The letter for `<w:sym>`, whose code is hexadecimal; UNKNOWN for a picture that Unicode text cannot name."""
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN
    letters = _PICTURE_FONTS.get(font.casefold())
    if letters is not None or number in _PRIVATE:
        # Word moves the 256 places of such a font to the private area, from F000.
        return (letters or {}).get(number & 0xFF, UNKNOWN)
    return chr(number) if 0x20 <= number < 0xD800 or 0xF900 <= number < 0x110000 else UNKNOWN
