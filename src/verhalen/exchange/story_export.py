"""Stories as CSV, XLSX or Markdown with all their fields; an import of the file changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from verhalen.errors import BadInput, UnknownFormat
from verhalen.exchange.story_markdown import write_markdown
from verhalen.exchange.story_names import BREAK, COLUMNS, CONSENTS, FOR_READING, TELLER_COLUMNS, voice_column
from verhalen.exchange.tables import LONGEST_CELL, write_csv, write_xlsx
from verhalen.i18n import t
from verhalen.model.consent import PARENT, Answer, Consent, Purpose
from verhalen.model.story import Story, Voice

KNOWN = ".csv, .xlsx, .md"
ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class StoryExport:
    """What was written."""

    path: Path
    stories: int
    voices: int
    """Further ones."""
    left_out: int
    """Stories without the yes that was asked for."""


def export_stories(stories: Iterable[Story], path: Path, *, purpose: Purpose | None = None) -> StoryExport:
    """Write stories; with a purpose only stories and voices whose yes to it counts.

    Without a purpose the file is the internal way out: everything is in it. Raises UnknownFormat, CannotWrite.
    """
    told = list(stories)
    kept = [_cleared(story, purpose) for story in told if purpose is None or story.consent(purpose) is Answer.YES]
    suffix = path.suffix.lower()
    if suffix in (".md", ".markdown"):
        write_markdown(path, [(_cells(story), [_voice_cells(each) for each in story.others]) for story in kept])
    elif suffix in (".csv", ".xlsx"):
        header, rows = _table(kept)
        _refuse_long(kept, suffix)
        if suffix == ".csv":
            write_csv(path, header, rows)
        else:
            write_xlsx(path, {t("stories"): (header, rows)})
    else:
        raise UnknownFormat(file=path.name, suffix=path.suffix or t("without a suffix"), known=KNOWN)
    return StoryExport(path, len(kept), sum(len(story.others) for story in kept), len(told) - len(kept))


def _refuse_long(stories: Iterable[Story], suffix: str) -> None:
    """A workbook holds no story that is longer than a cell."""
    for story in stories if suffix == ".xlsx" else ():
        if any(len(text) > LONGEST_CELL for text in (story.text, *(each.text for each in story.others))):
            reason = t("story {key} is too long for a cell of a workbook; write a .csv or .md file", key=story.key)
            raise BadInput(reason=reason)


def _cleared(story: Story, purpose: Purpose | None) -> Story:
    """Without the voices that did not say yes, and without who within the family, who wrote it down, where, and who checked."""
    if purpose is None:
        return story
    child = story.voice.is_child
    return replace(
        story,
        voice=replace(story.voice, member=""),
        recorder="",
        recorded=None,
        trajectory=None,
        place="",
        consents=_nameless(story.consents, purpose),
        others=tuple(
            replace(each, member="", recorder="", consents=_nameless(each.consents, purpose))
            for each in story.others
            if each.consent(purpose) is Answer.YES
        ),
        attachments=tuple(
            each
            for each in story.attachments
            if all(each.consent(wanted, child=child) is Answer.YES for wanted in (purpose, Purpose.MEDIA))
        ),
        verifications=(),
    )


def _nameless(consents: Iterable[Consent], purpose: Purpose) -> tuple[Consent, ...]:
    return tuple(replace(each, by="") for each in consents if each.purpose is purpose)


def _table(stories: Sequence[Story]) -> tuple[list[str], list[list[str]]]:
    """All columns, and those of as many further voices as there are at most."""
    positions = sorted({each.position for story in stories for each in story.others})
    columns = [*COLUMNS, *FOR_READING]
    further = [(at, name, voice_column(at, name)) for at in positions for name in _VOICE]
    header = [*columns, *(column for _, _, column in further)]
    rows = []
    for story in stories:
        cells = _cells(story)
        voices = {each.position: _voice_cells(each) for each in story.others}
        rows.append(
            [cells.get(name, "") for name in columns] + [voices.get(at, {}).get(name, "") for at, name, _ in further]
        )
    return header, rows


_VOICE = (*TELLER_COLUMNS, *(name for name in COLUMNS if "toestemming" in name))


def _cells(story: Story) -> dict[str, str]:
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


def _voice_cells(voice: Voice) -> dict[str, str]:
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
        return "|".join(_flat(str(each)) for each in value)
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
