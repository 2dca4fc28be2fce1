"""Scores as SPSS keeps them: labels of items and values, and numbers that stand for what is no score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from verhalen.exchange.sav_writing import SavValue, SavVariable
from verhalen.exchange.score_words import NOTE_OF, REASON_OF, SIGN_OF
from verhalen.i18n import mark, t
from verhalen.model.instrument import Instrument, Item
from verhalen.model.snapshot import State

_CODES = {State.CONFIRMED: 1, State.CONFIRMED_IN_BULK: 2, State.NOT_APPLICABLE: 7, State.UNKNOWN: 8}
"""Last digit of the number by which a state stands: 97 for not applicable, 997 where the scale goes to 90 and above."""

_LABELS = {
    "gezin": mark("code of the family"), "lid": mark("which member of the family"),
    "rol": mark("role of the member"), "datum": mark("day of the snapshot"), "instrument": mark("key of the instrument"),
    "item": mark("key of the item"), "waarde": mark("score"), "status": mark("scored, confirmed, not applicable, unknown"),
    "beoordelaar": mark("who judged"), "toelichting": mark("note"), "reden": mark("reason of a change"),
    "versie": mark("version of the instrument"), "itemnaam": mark("name of the item"), "label": mark("what the score means"),
    "levensdomein": mark("life domain"), "herzien_op": mark("day on which the baseline was revised"),
    "momentopname": mark("whether it is the snapshot as such"),
}  # fmt: skip


def _base(instrument: Instrument) -> int:
    return 90 if instrument.high < 90 else 990


def wide_variables(instrument: Instrument, header: Sequence[str]) -> list[SavVariable]:
    """A variable for every column of a wide table."""
    base = _base(instrument)
    items = {item.key: item for item in instrument.items}
    return [
        SavVariable(
            name,
            items[name].name,
            "number",
            {**_value_labels(instrument, items[name]), **_state_labels(base)},
            (float(base + 1), float(base + 8)),
            "ordinal",
        )
        if name in items
        else _plain_variable(name)
        for name in header
    ]


def _value_labels(instrument: Instrument, item: Item) -> dict[float, str]:
    return {float(value): label for value, label in enumerate(item.labels, instrument.low)}


def _state_labels(base: int) -> dict[float, str]:
    """In the words that an import understands."""
    words = {
        State.CONFIRMED: "bevestigd ongewijzigd", State.CONFIRMED_IN_BULK: "bevestigd in blok",
        State.NOT_APPLICABLE: "nvt", State.UNKNOWN: "niet gekend",
    }  # fmt: skip
    return {float(base + code): words[state] for state, code in _CODES.items()}


def long_variables(header: Sequence[str]) -> list[SavVariable]:
    """A variable for every column of a long table."""
    return [_plain_variable(name) for name in header]


def _plain_variable(name: str) -> SavVariable:
    if name in ("datum", "herzien_op"):
        return SavVariable(name, _label(name), kind="date", measure="scale")
    return SavVariable(name, _label(name), kind="number" if name in ("waarde", "versie") else "text")


def _label(name: str) -> str:
    for before, label in ((NOTE_OF, mark("note: {item}")), (REASON_OF, mark("reason: {item}"))):
        if name.startswith(before):
            return t(label, item=name.removeprefix(before))
    return t(_LABELS[name]) if name in _LABELS else ""


def for_sav(variables: Sequence[SavVariable], rows: Iterable[Sequence[object]]) -> Iterator[list[SavValue]]:
    """The cells of a table as values of SPSS."""
    codes = {SIGN_OF[state]: code for state, code in _CODES.items()}
    for row in rows:
        yield [_sav_value(variable, cell, codes) for variable, cell in zip(variables, row, strict=True)]


def _sav_value(variable: SavVariable, cell: object, codes: Mapping[str, int]) -> SavValue:
    if variable.kind == "date" and isinstance(cell, dt.date):
        return cell
    if variable.kind == "number":
        if isinstance(cell, str):
            return variable.missing[0] - 1 + codes[cell] if variable.missing else None
        return float(cell) if isinstance(cell, int) else None
    return "" if cell is None else str(cell)
