"""A filled form for scores as a table, so that it is checked and stored like any other sheet of scores."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from verhalen import errors
from verhalen.exchange.tables import Row, Table
from verhalen.i18n import mark, t
from verhalen.model.family import Level
from verhalen.model.form import DAY, FAMILY, MEMBER, FilledForm
from verhalen.model.instrument import Instrument
from verhalen.model.snapshot import Assessor
from verhalen.model.text import Notice, normal_text
from verhalen.readers.score_form import read_score_form

HEADER = ("gezin", "lid", "datum", "instrument", "beoordelaar", "item", "waarde")
OTHER_VERSION = mark(
    "The form was printed for version {form} of {name}; the project has version {now}. Look whether the questions are the same."
)
_MEMBERS = {
    **dict.fromkeys(("mama", "mum", "mom", "mother", "maman", "mère", "الأم", "أم", "ماما"), "moeder"),
    **dict.fromkeys(("papa", "dad", "father", "père", "الأب", "أب", "بابا"), "vader"),
}
"""What parents call themselves on paper, against the words in most keys."""


def read_form(path: Path, instruments: Mapping[str, Instrument]) -> Table:
    """The answers of a filled form, a row each; the number of a row is that of its question on the form.

    What is asked about the family as a whole is not said of who filled it in. Raises UnreadableFile for what is no form of ours, and
    BadTable for a form without family or day, or with two ticks at one question.
    """
    form = read_score_form(path)
    file = normal_text(path.name)
    if problems := _problems(form):
        raise errors.BadTable(problems, file=file)
    instrument = instruments.get(form.instrument)
    about_all = {item.key for item in instrument.items if item.level is Level.FAMILY} if instrument else set()
    member = _member(form.fields.get(MEMBER, ""))
    head = {
        "gezin": form.fields[FAMILY],
        "datum": form.fields[DAY],
        "instrument": form.instrument,
        "beoordelaar": (Assessor.TOGETHER if form.together else Assessor.PARENT).value,
    }
    rows = tuple(
        Row(number, {**head, "lid": "" if item in about_all else member, "item": item, "waarde": ticked[0]})
        for number, (item, ticked) in enumerate(form.ticked.items(), start=1)
        if ticked
    )
    return Table(file, "", HEADER, rows, _notices(form, instrument))


def _problems(form: FilledForm) -> list[tuple[int, str, str]]:
    missing = [
        (0, field, t("write it at the top of the form; without it nobody knows whose answers these are"))
        for field in (FAMILY, DAY)
        if not form.fields.get(field)
    ]
    if not any(form.ticked.values()):
        missing.append((0, "waarde", t("nothing is ticked on this form")))
    doubled = [
        (number, item, t("more than one answer is ticked: {values}", values=", ".join(ticked)))
        for number, (item, ticked) in enumerate(form.ticked.items(), start=1)
        if len(ticked) > 1
    ]
    return missing + doubled


def _member(written: str) -> str:
    return _MEMBERS.get(written.casefold(), written)


def _notices(form: FilledForm, instrument: Instrument | None) -> tuple[Notice, ...]:
    if instrument is None or instrument.version == form.version:
        return ()
    said = {"form": form.version, "name": instrument.name, "now": instrument.version}
    return (Notice(None, OTHER_VERSION, said),)
