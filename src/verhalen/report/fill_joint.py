"""J1 in a report: numbers left, words right, a person's verdict last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from verhalen import errors
from verhalen.analysis.joint import JointRow, joint_rows
from verhalen.analysis.perspectives import tells_itself
from verhalen.i18n import mark, t
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Audience, Cleared, enumeration, own_words, phrase, sentences
from verhalen.privacy.disclosure import MaskedTable, clear_count, clear_number_of_texts, clear_sentence
from verhalen.report.blocks import Block, Note, Table
from verhalen.report.data import ReportData, is_recognisable
from verhalen.report.fill_change import change_rows, in_words, masked_change, publish_change, worsening_hidden
from verhalen.report.guarding import publish
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.store.memos import verdicts
from verhalen.store.verdicts import touched

PER_GROUP, PER_DOMAIN = "groep", "domein"


def joint_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """J1: numbers left, words right, a person's verdict last. `per=domein` gives a row per life domain, in the team only."""
    data = _per(data, placeholder)
    _warn_of_old_verdicts(data, placeholder, log)
    scored = {row.key: index for index, (row, _) in enumerate(change_rows(data))}
    table = masked_change(data)
    publish_change(data, placeholder, log)
    cells = []
    for row in data.joint:
        if not row.in_use:
            continue
        cells.append(
            (
                own_words(row.name),
                _numbers(row, table, scored.get(row.key)),
                _stories(row),
                _fragments(row),
                _about(row, data, log),
                _verdict(row, data, log),
            )
        )
    if not cells:
        return [Note(own_words(t("Nothing was measured or told yet that could be laid side by side.")))]
    header = (
        mark("Life domains"),
        mark("Scores of families"),
        mark("Stories"),
        mark("In their own words"),
        mark("Said about families"),
        mark("What we think of it"),
    )
    return [
        Table(
            header=tuple(own_words(t(word)) for word in header),
            rows=tuple(cells),
            caption=own_words(t("Numbers and words side by side")),
            note=_joint_note(data),
        )
    ]


def _per(data: ReportData, placeholder: Placeholder) -> ReportData:
    """The same with rows per life domain, where that was asked. Groups are the rows of a council report (methods.md C)."""
    per = placeholder.arguments.get("per", PER_GROUP)
    if per == PER_GROUP:
        return data
    problem = t("per is {group} or {domain}", group=PER_GROUP, domain=PER_DOMAIN)
    if per == PER_DOMAIN and data.audience is not Audience.INTERNAL:
        problem = t("per=domein is for the team; outside it life domains stand together in their groups")
    elif per == PER_DOMAIN:
        rows = joint_rows(
            data.domains,
            changes=data.change.domains,
            pieces=data.pieces,
            stories=data.stories,
            verdicts=verdicts(data.project),
            by_group=False,
        )
        return replace(data, joint=tuple(rows), remembered={})  # what was made for groups does not hold here
    raise errors.BadReport(file="", line=placeholder.line, problem=problem)


def _warn_of_old_verdicts(data: ReportData, placeholder: Placeholder, log: Log) -> None:
    """Tell who builds the report of verdicts that were written before the numbers of today."""
    decided = [(row, row.verdict) for row in data.joint if row.verdict is not None]
    if not decided:
        return
    moved = touched(data.project, min(verdict.id for _, verdict in decided))
    for row, verdict in decided:
        since = moved.since(verdict, domains=frozenset(row.domains))
        if since:
            what = ", ".join(t(each.label) for each in since)
            values: dict[str, object] = {"group": row.name, "day": verdict.day, "what": what}
            log.warnings.append(Notice(placeholder.line, _OLD, values))


_OLD = mark("the verdict on {group} is of {day}; since then came {what}: read it again")


def _verdict(row: JointRow, data: ReportData, log: Log) -> Cleared[str]:
    """The team's own sentence; held back where it would name a family outside the team."""
    if row.verdict is None:
        return own_words(t("not discussed yet"))
    relation = t(row.verdict.relation.label)
    if is_recognisable(row.verdict.sentence, data):
        log.warnings.append(
            Notice(
                None,
                mark("the verdict on {group} names a family or a municipality; its sentence was left out"),
                {"group": row.name},
            )
        )
        return own_words(relation)
    return own_words(f"{relation}: {row.verdict.sentence}")


def _numbers(row: JointRow, table: Cleared[MaskedTable], index: int | None) -> Cleared[str]:
    if index is None:
        return own_words(t("see the remark at the table of change") if row.change is not None else t("not measured"))
    return in_words(table, index)


def _stories(row: JointRow) -> Cleared[str]:
    told = row.stories
    kinds = [
        (mark("{n} positive"), told.positive),
        (mark("{n} negative"), told.negative),
        (mark("{n} no change"), told.none),
        (mark("{n} open"), told.open),
    ]
    return _counts(kinds)


def _fragments(row: JointRow) -> Cleared[str]:
    own = row.own
    kinds = [
        (mark("{n} positive"), own.positive),
        (mark("{n} negative"), own.negative),
        (mark("{n} mixed"), own.mixed),
        (mark("{n} without colour"), own.none),
    ]
    return _counts(kinds)


def _counts(kinds: Sequence[tuple[str, int]]) -> Cleared[str]:
    """Numbers of stories or fragments that were told with consent."""
    said = [phrase(message, n=clear_number_of_texts(count)) for message, count in kinds if count]
    return enumeration(said) if said else own_words(t("none"))


def _about(row: JointRow, data: ReportData, log: Log) -> Cleared[str]:
    """Others' words about families, stories that others told among them: by number of families, masked like any count."""
    families = {
        key for piece in data.pieces if piece.domain in row.domains and piece.family is None for key in piece.about
    }
    families |= {
        story.family for story in data.stories if set(row.domains) & set(story.domains) and not tells_itself(story)
    }
    if not families:
        return own_words(t("none"))
    shown = clear_count(len(families), data.limits, sensitive=row.sensitive).value
    publish(data, log, f"about {row.key}", row.key, shown, families, sensitive=row.sensitive)
    message = mark("one family") if len(families) == 1 and data.audience is Audience.INTERNAL else mark("{n} families")
    return clear_sentence(message, data.limits, counts={"n": len(families)}, sensitive=row.sensitive, at_least=data.k)


def _joint_note(data: ReportData) -> Cleared[str]:
    """What counts here; and where a worsening is hidden, that there is some."""
    worse = worsening_hidden(data)
    return sentences([_what_counts(data), worse]) if worse is not None else _what_counts(data)


def _what_counts(data: ReportData) -> Cleared[str]:
    if data.audience is Audience.INTERNAL:
        return own_words(t("Words count only where a code says how it goes in that life domain."))
    return own_words(
        t(
            "Stories and own words count only with consent for reports. A passage counts once, however many coders marked it."
        )
    )
