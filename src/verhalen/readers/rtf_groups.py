"""What the groups of RTF are for: notes, boxes, headers, fields, pictures, and much that holds no words of the text."""

from __future__ import annotations

import re
from collections.abc import Callable

from verhalen.readers import document_words as words
from verhalen.readers.content import Tally
from verhalen.readers.rtf_flow import RtfFlow
from verhalen.readers.rtf_story import Closer, RtfStory

Opener = Callable[[RtfStory], bool | None]
"""Gets the story at the beginning of a group; True means that the group is left out."""

_SYMBOL = re.compile(r'SYMBOL\s+(0x[0-9A-Fa-f]{1,4}|\d{1,5})(?:.*?\\f\s+"([^"]{1,60})")?', re.DOTALL)
_LINK = re.compile(r'HYPERLINK\s+"(?!#)')


def _collect(closer: Closer) -> Opener:
    """Words of the group are no text: `closer` asks for them."""

    def opener(story: RtfStory) -> None:
        story.state.sink = []
        story.closer = closer

    return opener


def _collected(story: RtfStory) -> str:
    return "".join(story.state.sink or ()).strip()


# -- notes and headers


def _note(kind: str) -> Opener:
    def opener(story: RtfStory) -> None:
        lost = bool(story.state.removed)
        author, story.author = (story.author, "") if kind == "comment" else ("", story.author)
        story.interrupt(
            RtfFlow(story.tally, numbered=False), lambda story: _close_note(story, kind, author=author, lost=lost)
        )

    return opener


def endnote(story: RtfStory) -> None:
    """`ftnalt` in a footnote: it is an endnote."""
    if story.flows and story.closer:
        story.closer = lambda story: _close_note(story, "endnote", lost=False)


def _close_note(story: RtfStory, kind: str, *, author: str = "", lost: bool) -> None:
    text = story.resume().words()
    if not text:
        return
    if lost or not story.flow.numbered:
        # At deleted words, or a comment on a footnote: it has no paragraph of the text to stand at.
        story.tally.add(words.UNPLACED, None)
        return
    story.flow.open_paragraph(story.around[-1][0].level)
    story.flow.add_note(kind, text, author=author)


def _author(story: RtfStory) -> None:
    story.author = _collected(story)


def _header(story: RtfStory) -> None:
    story.interrupt(RtfFlow(Tally(), numbered=False), _close_header)


def _close_header(story: RtfStory) -> None:
    if story.resume().words():
        story.tally.add(words.HEADERS, None)


# -- boxes and pictures


def _shape(story: RtfStory) -> None:
    story.boxes.append(False)
    story.closer = _close_shape


def _close_shape(story: RtfStory) -> None:
    if not story.boxes.pop():
        story.flow.tell(words.IMAGES)


def _box(story: RtfStory) -> None:
    story.flow.open_paragraph(story.state.level)
    story.interrupt(RtfFlow(story.tally, story.flow.numbered, story.flow.number), _close_box)


def _close_box(story: RtfStory) -> None:
    box = story.resume()
    blocks = box.blocks()
    for index in range(len(story.boxes))[-1:]:
        story.boxes[index] |= bool(blocks)
    if blocks:
        story.flow.tell(words.BOXES)
        story.flow.paragraphs[-1].boxes += blocks
    story.flow.number = max(story.flow.number, box.number)


def _picture(story: RtfStory) -> bool:
    if not story.state.quiet:
        story.flow.tell(words.IMAGES)
    return True


def _object(story: RtfStory) -> None:
    _picture(story)
    story.state.quiet = True


# -- fields


def _close_instruction(story: RtfStory) -> None:
    instruction = _collected(story)
    found = _SYMBOL.match(instruction)
    if found:
        number = int(found[1], 0) if found[1].startswith("0x") else int(found[1])
        story.shown = words.symbol(found[2] or "symbol", f"{number:x}")
        if story.shown == words.UNKNOWN:
            story.flow.tell(words.SYMBOLS)
    elif instruction.startswith("FORMCHECKBOX"):
        story.shown = "☒" if _choice(story) else "☐"
    elif instruction.startswith("FORMDROPDOWN"):
        story.shown = "".join(story.entries[_choice(story) :][:1])
    elif _LINK.match(instruction):
        story.flow.tell(words.LINKS)


def _choice(story: RtfStory) -> int:
    # 25 is how Word writes that nothing was chosen.
    chosen = story.choices.get("ffres", 25)
    return max(0, story.choices.get("ffdefres", 0) if chosen == 25 else chosen)


def _field(story: RtfStory) -> None:
    story.choices.clear()
    story.entries.clear()


def _result(story: RtfStory) -> bool:
    shown, story.shown = story.shown, None
    if shown is None:
        return False
    story.say(shown)
    return True


def _entry(story: RtfStory) -> None:
    story.entries.append(_collected(story))


# -- the rest


def _close_number(story: RtfStory) -> None:
    if _collected(story):
        story.flow.marked = True


def _numbering(story: RtfStory) -> bool:
    story.flow.marked = True
    return True


def _formula(story: RtfStory) -> None:
    if not story.state.formula:
        story.flow.tell(words.FORMULAS)
    story.state.formula = True


def _old_variant(story: RtfStory) -> None:
    story.left_out = True


def _through(_: RtfStory) -> None:
    """Words inside are text like those around."""


def _leave_out(_: RtfStory) -> bool:
    return True


_WITHOUT_WORDS = (
    "aftncn aftnsep aftnsepc atndate atnid atnparent atnref atntime atrfend atrfstart background bkmkend bkmkstart blipuid"
    " colorschememapping colortbl company datafield datastore docvar factoidname falt fchars filetbl fontemb fontfile"
    " ftncn ftnsep ftnsepc generator info latentstyles lchars leveltext levelnumbers list listlevel listname listoverride"
    " listoverridetable listpicture liststylename listtable mailmerge nonesttables nonshppict objalias objclass objdata"
    " objname objsect objtime oldcprops oldpprops oldsprops oldtprops panose passwordhash pgdsctbl pgptbl picprop pnseclvl"
    " private protusertbl revtbl rsidtbl rxe shprslt sp stylesheet tc tcn template themedata title userprops"
    " wgrffmtfilter windowcaption xe xmlnstbl mmathPict mmathPr xmlattrname xmlattrvalue xmlname fonttbl"
)
_WITH_WORDS = "shpinst shpgrp shppict result ud nesttableprops cs ts htmlrtf sv xmlopen dptxbx formfield"
_HEADERS = "header headerl headerr headerf footer footerl footerr footerf"
GROUPS: dict[str, Opener] = {
    **dict.fromkeys(_WITHOUT_WORDS.split(), _leave_out),
    **dict.fromkeys(_WITH_WORDS.split(), _through),
    **dict.fromkeys(_HEADERS.split(), _header),
    **dict.fromkeys(("moMath", "moMathPara", "mmath"), _formula),
    "footnote": _note("footnote"),
    "annotation": _note("comment"),
    "atnauthor": _collect(_author),
    "shp": _shape,
    "do": _shape,
    "shptxt": _box,
    "dptxbxtext": _box,
    "pict": _picture,
    "NeXTGraphic": _picture,
    "object": _object,
    "field": _field,
    "fldinst": _collect(_close_instruction),
    "fldrslt": _result,
    "ffl": _collect(_entry),
    "listtext": _collect(_close_number),
    "pntext": _collect(_close_number),
    "pn": _numbering,
    "upr": _old_variant,
}
