"""The fields of a story and of a voice as the words that stand in cells, the same in CSV, XLSX and Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from verhalen.exchange.story_names import BREAK, CONSENTS
from verhalen.model.consent import PARENT, Answer, Consent
from verhalen.model.story import Story, Voice

ValueT = TypeVar("ValueT")


def joined(words: Iterable[str]) -> str:
    """Several words of a person in one cell, each on one line."""
    return "|".join(_flat(each) for each in words)


def story_cells(story: Story) -> dict[str, str]:
    """Name of each column of a story -> what stands in it."""
    voice = story.voice
    values: dict[str, object] = {
        "verhaal": story.key,
        "gezin": story.family,
        "traject": story.trajectory,
        "titel": story.title,
        "moment": story.moment.value if story.moment else "",
        "gevraagd_positief": story.asked_positive,
        "gevraagd_negatief": story.asked_negative,
        "niet_gevraagd_reden": story.not_asked_reason,
        "antwoord": story.answer.value,
        "stem_rol": voice.role,
        "stem_lid": voice.member,
        "tekst": story.text,
        "taal": voice.language,
        "vorm": voice.form,
        "eigen_woorden": story.own_words,
        "vertaald_door": story.translated_by,
        "opgetekend_door": story.recorder,
        "datum_verteld": story.told,
        "datum_opgetekend": story.recorded,
        "gemeente": story.place,
        "veranderingen": story.changes,
        "vroeger": story.before,
        "nu": story.now,
        "hoe_gekomen": story.how,
        "aandeel": story.shares,
        "waarom_belangrijk": story.why,
        "domeinen": story.domains,
        "hoofddomein": story.main_domain,
        "iets_anders": story.something_else,
        "domein_wanneer": story.domain_when,
        "emoticon": story.emoticon,
        "teruggelezen": story.read_back,
        "nagelezen": "\n".join(
            "|".join((each.day.isoformat(), _flat(each.who), _flat(each.how), each.outcome.value, _note(each.note)))
            for each in story.verifications
        ),
        **_consent_cells(story.consents),
        "bijlagen": tuple(each.name for each in story.attachments),
    }
    return {name: _said(value) for name, value in values.items()}


def voice_cells(voice: Voice) -> dict[str, str]:
    """Name of each column of a further voice -> what stands in it."""
    values: dict[str, object] = {
        "stem": voice.position,
        "stem_rol": voice.role,
        "stem_lid": voice.member,
        "tekst": voice.text,
        "taal": voice.language,
        "vorm": voice.form,
        "eigen_woorden": voice.own_words,
        "vertaald_door": voice.translated_by,
        "opgetekend_door": voice.recorder,
        "datum_verteld": voice.told,
        **_consent_cells(voice.consents),
    }
    return {name: _said(value) for name, value in values.items()}


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, tuple):
        return joined(map(str, value))
    return "" if value is None else str(value)


def _note(words: str) -> str:
    """Lines of a note within one line of a cell."""
    return words.replace("\n", BREAK)


def _flat(words: str) -> str:
    return _one_line(words).replace("|", "/")


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _consent_cells(consents: Iterable[Consent]) -> Mapping[str, str]:
    """An answer per purpose and side; day and by whom once for all, beside the answer where they differ."""
    cells: dict[str, str] = {}
    for side in ("", PARENT):
        end = f"_{side}" if side else ""
        given = {each.purpose: each for each in consents if each.side == side}
        asked = [each for each in given.values() if each.answer is not Answer.NOT_ASKED]
        day, by = _commonest([each.day for each in asked]), _commonest([each.by for each in asked])
        cells[f"datum_toestemming{end}"] = day.isoformat() if day else ""
        cells[f"toestemming_door{end}"] = by or ""
        for column, purpose in CONSENTS.items():
            each = given.get(purpose)
            if each is None:
                continue
            own = (each.day, each.by) != (day, by) and each.answer is not Answer.NOT_ASKED
            apart = f"|{each.day.isoformat() if each.day else ''}|{_flat(each.by)}" if own else ""
            cells[f"{column}{end}"] = f"{each.answer.value}{apart}"
    return cells


def _commonest(values: Sequence[ValueT]) -> ValueT | None:
    return Counter(values).most_common(1)[0][0] if values else None
