"""The words of the screen where two coders differ: lines of its list, both sides, what was said and settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from rich.cells import cell_len
from textual.content import Content

from verhalen.i18n import t
from verhalen.model.coding import Coder
from verhalen.model.second_coder import Given, Judgement, Outcome, State
from verhalen.tui.beside_text import Beside, piece
from verhalen.tui.coder_looks import CoderLooks, signed
from verhalen.tui.coding_looks import CodeLook, look_of
from verhalen.tui.coding_marks import Mark
from verhalen.tui.differences_desk import Desk
from verhalen.tui.second_reading import Place, outcome_words
from verhalen.tui.words import day_text

SIGNS = {State.OPEN: "○", State.DISCUSSED: "◐", State.SETTLED: "●"}
WAITING = "…"
"""In the place of a sign, until it is stored."""


def sign(desk: Desk, place: Place) -> str:
    """How far a place is, in one cell."""
    return WAITING if desk.is_waiting(place) else SIGNS[desk.state(place)]


def legend() -> str:
    """What the signs mean."""
    return " ".join(f"{sign} {t(state.label)}" for state, sign in SIGNS.items())


def list_line(desk: Desk, at: int, looks: Mapping[str, CodeLook], room: int) -> Content:
    """One place in the list: how far, its number, the code, who gave it, the words."""
    place = desk.places[at]
    found = place.judgement
    who = "".join(coder.name[:1] for coder, side in zip(found.coders, found.given, strict=True) if side)
    head = Content(f"{sign(desk, place)} {at + 1:>2} ")
    code = Content(f" {_end(found.code)} ").stylize("bold")
    line = Content.assemble(head, _chip(looks, found), code, f"{who} ")
    words = " ".join(_words(place).split())
    return Content.assemble(line, _short(words, max(0, room - line.cell_length)))


def _words(place: Place) -> str:
    """What either marked first."""
    given = sorted((each.start, each.stop) for side in place.judgement.given for each in side)
    return place.words(*given[0]) if given else place.turn.text


def _end(key: str) -> str:
    return key.rpartition(".")[2]


def _short(words: str, room: int) -> str:
    return words if cell_len(words) <= room else words[: max(0, room - 1)] + "…"


def _chip(looks: Mapping[str, CodeLook], place: Judgement, valence: str = " ") -> Content:
    look = look_of(looks, place.code)
    return Content(look.chip(valence)).stylize(f"{look.ink} on {look.colour} bold")


# -- the words of the turn -------------------------------------------------------------------------------------------


def turn_words(place: Place, looks: Mapping[str, CodeLook]) -> Beside:
    """The turn with the turns around it, and the codings of both in it."""
    words, labels, turn = "", [], (0, 0)
    for each in (*place.before, place.turn, *place.after):
        words += "\n" if words else ""
        if each.speaker:
            labels.append((len(words), len(words) + len(each.speaker) + 1))
            words += f"{each.speaker}: "
        if each is place.turn:
            turn = (len(words), len(words) + len(each.text))
        words += each.text
    shift, start, stop = turn[0], place.turn.start, place.turn.stop
    sides = [piece(_marks(place, side), start, stop) for side in (0, 1)]
    left, right = (tuple(_moved(mark, shift) for mark in side) for side in sides)
    about = [(each.start - start, each.stop - start) for side in place.judgement.given for each in side]
    begins = next((label for label in reversed(labels) if label[1] <= shift), None)
    whole = (begins[0] if begins and begins[1] + 1 == shift else shift, turn[1])
    return Beside(words, left, right, tuple((a + shift, b + shift) for a, b in about), tuple(labels), whole, looks)


def _moved(mark: Mark, shift: int) -> Mark:
    return Mark(mark.start + shift, mark.stop + shift, mark.code, mark.sign, mark.mine)


def _marks(place: Place, side: int) -> Iterator[Mark]:
    for found in place.turn.judgements:
        for each in found.given[side]:
            yield Mark(each.start, each.stop, found.code, each.valence.sign, mine=True)


# -- both sides ------------------------------------------------------------------------------------------------------


def side_title(place: Judgement, side: int, coders: CoderLooks, *, key: str, command: str) -> Content:
    """Whose side it is, and what choosing it means; a click chooses it."""
    coder, gives = place.coders[side], bool(place.given[side])
    meaning = t("give the code") if gives else t("do not give the code")
    click = f"@click=screen.run_command('{command}')"
    initial = signed(coder.id, coder.name, coders).truncate(1)
    said = t("{coder} is right: {meaning}", coder=coder.name, meaning=meaning)
    words = Content.assemble(Content(f"{key} ").stylize("bold"), initial, f" {said}")
    return words.stylize(click)


def side_words(place: Place, side: int, looks: Mapping[str, CodeLook], names: Mapping[str, str]) -> Content:
    """What a coder gave in this turn: the code that it is about first, then the others."""
    found = place.judgement
    mine = [_given(place, found, each, looks, names, "▸ ") for each in found.given[side]]
    if not mine:
        mine = [Content("▸ " + t("did not give {code} here", code=names.get(found.code, found.code)))]
    others = [
        _given(place, each, given, looks, names, "  ")
        for each in place.turn.judgements
        if each.code_id != found.code_id
        for given in each.given[side]
    ]
    also = [Content(t("Also in this turn:")).stylize("$text-muted")] if others else []
    return Content("\n").join([*mine, *also, *others])


def _given(
    place: Place,
    found: Judgement,
    given: Given,
    looks: Mapping[str, CodeLook],
    names: Mapping[str, str],
    lead: str,
) -> Content:
    name = Content(names.get(found.code, found.code)).stylize("bold")
    further = " …" if given.whole.stop > given.stop else ""
    earlier = "… " if given.whole.start < given.start else ""
    quoted = f" “{earlier}{' '.join(place.words(given.start, given.stop).split())}{further}”"
    memo = f"\n     ✎ {given.memo}" if given.memo else ""
    return Content.assemble(lead, _chip(looks, found, given.valence.sign), " ", name, quoted, memo)


# -- what was said and settled ---------------------------------------------------------------------------------------


def state_words(desk: Desk, place: Place) -> str:
    """How far this place is, who said so, and what was said."""
    found, waiting = place.judgement, desk.waiting.get(place.key)
    state, note = desk.state(place), desk.note(place)
    told = f"{sign(desk, place)} {t(state.label)}"
    if state is State.SETTLED:
        told += ": " + (_chosen(waiting.outcome, found.coders) if waiting and waiting.outcome else outcome_words(found))
    parts = [told]
    if found.by and not waiting and state is not State.OPEN:
        parts.append(t("{who}, {day}", who=found.by, day=day_text(dt.date.fromisoformat(found.day))))
    return " · ".join([*parts, *([f"✎ {note}"] if note else [])])


def _chosen(outcome: Outcome, coders: tuple[Coder, Coder]) -> str:
    """What was chosen a moment ago."""
    match outcome:
        case Outcome.FIRST:
            return t("given, as {coder} did", coder=coders[0].name)
        case Outcome.SECOND:
            return t("given, as {coder} did", coder=coders[1].name)
        case Outcome.BOTH:
            return t("given, to what either marked")
        case Outcome.NOT:
            return t("not given")


def settled_words(place: Place, outcome: Outcome, names: Mapping[str, str]) -> str:
    """What was just chosen."""
    found = place.judgement
    name = names.get(found.code, found.code)
    return t("Settled: {code}: {outcome}.", code=name, outcome=_chosen(outcome, found.coders))
