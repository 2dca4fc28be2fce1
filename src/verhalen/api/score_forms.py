"""Forms on which a parent answers the questions of an instrument: which languages there are, and the Word document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.model.instrument import Instrument
    from verhalen.scores.form_words import FormWords


@dataclass(frozen=True, slots=True)
class FormRequest:
    """What somebody wants on paper."""

    language: str = "nl"
    """Two letters."""
    modules: Sequence[str] = ()
    """Keys of the modules; empty for all."""
    family: str = ""
    member: str = ""
    day: dt.date | None = None
    """Filled in already; empty places stay lines to write on."""


def form_words(instrument: Instrument) -> dict[str, FormWords]:
    """The words of a form by language. The official wording holds no translations: then the shipped drafts serve."""
    from verhalen.scores.form_words import OWN, own_words
    from verhalen.scores.instruments import translations

    return {OWN: own_words(instrument), **(translations(instrument) or _shipped_drafts(instrument))}


def _shipped_drafts(instrument: Instrument) -> dict[str, FormWords]:
    """Translations of the shipped instrument with the same key, where they have a word for every item that is asked."""
    from verhalen.api.workspace import shipped_instruments
    from verhalen.scores.instruments import translations

    shipped = next((path for path in shipped_instruments() if path.stem == instrument.key), None)
    if shipped is None:
        return {}
    try:
        return translations(replace(instrument, definition=shipped.read_text("utf-8")))
    except errors.BadInstrument:  # the organisation asks other questions, and we have no words for those
        return {}


def write_form(instrument: Instrument, path: Path, request: FormRequest, *, today: dt.date) -> FormWords:
    """Write the form as Word; give the words that stand on it. Raises BadInput for a language or module that is not there."""
    from verhalen.report.score_form import Known
    from verhalen.report.score_form import write_form as write

    found = form_words(instrument)
    if request.language not in found:
        languages = ", ".join(found)
        reason = t(
            "{name} has no words in the language {language}; there are: {languages}",
            name=instrument.name,
            language=request.language,
            languages=languages,
        )
        raise errors.BadInput(reason=reason)
    words = found[request.language]
    known = Known(request.family, request.member, request.day)
    write(instrument, words, path, today=today, modules=request.modules, known=known)
    return words
