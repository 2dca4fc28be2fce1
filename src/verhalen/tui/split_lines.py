"""What the screen that splits a code shows: lines of fragments, one fragment in its text, the codes to deal to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.content import Content

from verhalen.i18n import t
from verhalen.model.codebook import Codebook
from verhalen.model.coding import Fragment
from verhalen.tui.codebook_lines import chip
from verhalen.tui.coding_looks import CodeLook, look_of
from verhalen.tui.coding_slots import DIGITS

AROUND = 240
"""Letters of the text that are shown before and after a fragment."""


def fragment_line(fragment: Fragment, keys: Sequence[str], looks: Mapping[str, CodeLook], *, width: int) -> Content:
    """The codes that it gets, and its first words."""
    chips = Content(" ").join([chip(look_of(looks, key)) for key in keys]) if keys else Content("·")
    room = width - chips.cell_length
    words = Content(" ".join(fragment.text.split())[:200]).truncate(max(8, room), ellipsis=True)
    return Content.assemble(chips, " ", words)


def in_text(fragment: Fragment, text: str) -> Content:
    """The fragment with what stands around it, and its memo."""
    coding = fragment.coding
    before = text[max(0, coding.start - AROUND) : coding.start]
    after = text[coding.stop : coding.stop + AROUND]
    if coding.start > AROUND:
        before = f"… {before.partition(' ')[2]}"
    if coding.stop + AROUND < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    here = Content(text[coding.start : coding.stop]).stylize("bold reverse")
    told = Content.assemble(Content(before).stylize("$text-muted"), here, Content(after).stylize("$text-muted"))
    memo = Content(f"\n\n{t('memo:')} {coding.memo}") if coding.memo else Content("")
    return Content.assemble(told, memo)


def target_lines(
    targets: Sequence[str],
    deals: Iterable[Sequence[str]],
    book: Codebook,
    looks: Mapping[str, CodeLook],
    *,
    mine: Sequence[str],
) -> Content:
    """Digit, code and number of fragments of each code dealt to; `mine` are those of the fragment of the cursor."""
    if not targets:
        return Content(t("c finds a code for this fragment, a makes a new one.")).stylize("$text-muted")
    dealt = list(deals)
    rows = []
    for digit, key in zip(DIGITS, targets, strict=False):
        code = book.find(key)
        name = Content.from_markup(
            f"[@click=screen.run_command('deal-{digit}')][b]$digit[/b] $sign $name[/]",
            digit=digit,
            sign="[x]" if key in mine else "[ ]",
            name=f"{code.name if code else key} ({sum(key in keys for keys in dealt)})",
        )
        rows.append(Content.assemble(chip(look_of(looks, key)), " ", name))
    return Content("\n").join(rows)
