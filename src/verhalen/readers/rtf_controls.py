"""What the control words of RTF do outside the beginning of a group: looks, paragraphs, cells, characters."""

from __future__ import annotations

from collections.abc import Callable

from verhalen.readers import document_words as words
from verhalen.readers.rtf_groups import endnote
from verhalen.readers.rtf_letters import SIGNS, SPECIAL, codec
from verhalen.readers.rtf_story import RtfStory

Control = Callable[[RtfStory, int | None], None]
"""Gets the number behind the word, if there is one: none means on, 0 means off."""

_LINE_WORK, _PARAGRAPH_WORK, _CELL_WORK = 2, 5, 10


def _bold(story: RtfStory, value: int | None) -> None:
    story.state.bold = value != 0


def _hidden(story: RtfStory, value: int | None) -> None:
    story.state.hidden = value != 0


def _removed(message: str) -> Control:
    def control(story: RtfStory, value: int | None) -> None:
        story.state.removed = message if value != 0 else ""
        story.untold = True

    return control


def _added(story: RtfStory, value: int | None) -> None:
    story.state.added = value != 0
    story.untold = True


def _plain(story: RtfStory, _: int | None) -> None:
    story.state.plain(story.default_font)


def _font(story: RtfStory, value: int | None) -> None:
    story.state.font = value if value is not None else story.default_font


def _default_font(story: RtfStory, value: int | None) -> None:
    story.default_font = story.state.font = value or 0


def _page(story: RtfStory, value: int | None) -> None:
    story.codec = codec(value or 1252)


def _of(page: int) -> Control:
    def control(story: RtfStory, _: int | None) -> None:
        story.codec = codec(page)

    return control


def _skips(story: RtfStory, value: int | None) -> None:
    story.state.skips = max(0, 1 if value is None else value)


def _unicode(story: RtfStory, value: int | None) -> None:
    story.unicode(value or 0)


def _say(text: str) -> Control:
    def control(story: RtfStory, _: int | None) -> None:
        story.work += _LINE_WORK
        story.say(text)

    return control


def _paragraph(story: RtfStory, _: int | None) -> None:
    if story.state.sink is None:
        story.work += _PARAGRAPH_WORK if story.flow.paragraphs else 0
        story.flow.close_paragraph(story.state.level, deleted=bool(story.state.removed))


def _section(story: RtfStory, _: int | None) -> None:
    if story.state.sink is None and story.flow.paragraphs:
        story.flow.close_paragraph(story.state.level)


def _no_table(story: RtfStory, _: int | None) -> None:
    story.state.level = 0


def _in_table(story: RtfStory, _: int | None) -> None:
    story.state.level = max(story.state.level, 1)


def _level(story: RtfStory, value: int | None) -> None:
    story.state.level = max(0, value or 0)


def _row_begins(story: RtfStory, _: int | None) -> None:
    story.flow.in_row = True


def _cell(story: RtfStory, _: int | None) -> None:
    if story.state.sink is None:
        story.work += _CELL_WORK
        story.flow.close_cell(1)


def _row(story: RtfStory, _: int | None) -> None:
    if story.state.sink is None:
        story.flow.close_row(1)


def _inner_cell(story: RtfStory, _: int | None) -> None:
    if story.state.sink is None:
        story.work += _CELL_WORK * max(1, story.state.level)
        story.flow.close_cell(max(2, story.state.level))


def _inner_row(story: RtfStory, _: int | None) -> None:
    if story.state.sink is None:
        story.flow.close_row(max(2, story.state.level))


def _choice(name: str) -> Control:
    def control(story: RtfStory, value: int | None) -> None:
        story.choices[name] = value or 0

    return control


CONTROLS: dict[str, Control] = {
    **{word: _say(text) for word, text in SPECIAL.items()},
    "b": _bold,
    "v": _hidden,
    "deleted": _removed(words.DELETIONS),
    "mvf": _removed(words.MOVES),
    "revised": _added,
    "plain": _plain,
    "f": _font,
    "deff": _default_font,
    "ansicpg": _page,
    "mac": _of(10000),
    "pc": _of(437),
    "pca": _of(850),
    "uc": _skips,
    "u": _unicode,
    "par": _paragraph,
    "sect": _section,
    "pard": _no_table,
    "intbl": _in_table,
    "itap": _level,
    "trowd": _row_begins,
    "cell": _cell,
    "row": _row,
    "nestcell": _inner_cell,
    "nestrow": _inner_row,
    "ftnalt": lambda story, _: endnote(story),
    "ffres": _choice("ffres"),
    "ffdefres": _choice("ffdefres"),
}


def sign(story: RtfStory, symbol: str) -> None:
    """A control symbol: one sign behind the backslash."""
    passed = story.stand_ins
    if symbol == "*":
        story.settle()
        story.starred = story.begins
        return
    story.begins = False
    if passed and symbol in SIGNS:
        # It is the stand-in of the Unicode character before it.
        story.stand_ins -= 1
        return
    story.settle()
    if symbol in "\r\n":
        _paragraph(story, None)
    elif symbol in SIGNS:
        story.say(SIGNS[symbol])
