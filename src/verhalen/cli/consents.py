"""Consent on the command line: write an answer down, see what was answered, see what is still to ask."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli.days import one_day, today
from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t
from verhalen.model.consent import PARENT, Answer, Consent, Consented, Purpose, answer_of

if TYPE_CHECKING:
    from verhalen.model.consent import Written

PURPOSES = {each.value: each for each in Purpose} | {
    "intervisie": Purpose.TEAM,
    "rapport": Purpose.REPORT,
    "beeld": Purpose.MEDIA,
    "opvolging": Purpose.FOLLOW_UP,
    "onderzoek": Purpose.RESEARCH,
    "team": Purpose.TEAM,
    "report": Purpose.REPORT,
    "media": Purpose.MEDIA,
    "follow_up": Purpose.FOLLOW_UP,
    "research": Purpose.RESEARCH,
}
"""By the words of the project, and by shorter ones."""
ANSWERS = {each.value: each for each in Answer} | {
    "yes": Answer.YES,
    "no": Answer.NO,
    "withdrawn": Answer.WITHDRAWN,
    "not_asked": Answer.NOT_ASKED,
}


def purpose_of(written: str) -> Purpose:
    """The purpose of a word. Raises BadInput with those there are."""
    found = PURPOSES.get(written.strip().casefold())
    if found is None:
        raise errors.BadInput(reason=t("a purpose is one of: {words}", words=", ".join(each.value for each in Purpose)))
    return found


def answer_in(written: str) -> Answer:
    """The answer of a word. Raises BadInput with those there are."""
    found = ANSWERS.get(written.strip().casefold())
    if found is None:
        raise errors.BadInput(reason=t("an answer is one of: {words}", words=", ".join(each.value for each in Answer)))
    return found


@click.command(
    "consent",
    help=t(
        "What was answered about a story, a further voice (V07.2), a person or an attachment; with a purpose and an "
        "answer, write it down. For a child the child answers, and a parent with --side ouder."
    ),
)
@click.argument("key", metavar="KEY")
@click.argument("purpose", required=False, metavar="[PURPOSE]")
@click.argument("answer", required=False, metavar="[ANSWER]")
@click.option("--day", type=one_day, metavar="DAY", help=t("When it was answered; today unless you say otherwise."))
@click.option(
    "--by", default="", metavar="TEXT", help=t("Who answered or wrote it down; you unless you say otherwise.")
)
@click.option("--side", type=click.Choice([PARENT]), help=t("The answer of a parent, for a child."))
@pass_context
def consent(
    state: Context,
    key: str,
    purpose: str | None,
    answer: str | None,
    day: dt.date | None,
    by: str,
    side: str | None,
) -> None:
    """List, or write down."""
    if purpose is not None and answer is None:
        raise errors.BadInput(reason=t("say what was answered too: ja, nee, ingetrokken or niet_gevraagd"))
    with state.open() as project:
        if purpose is not None and answer is not None:
            given = answer_in(answer)
            when = None if given is Answer.NOT_ASKED else day or today()
            project.consents.set(key, Consent(purpose_of(purpose), given, when, by or project.coder, side or ""))
        found = project.consents.of(key)
        course = project.consents.history(key)
    state.emit(
        {**row(found), "history": [_written(each) for each in course]},
        lambda: [_title(found), *_lines(found), *_course(course)],
    )


@click.command("consents", help=t("Every consent, by family, with what is still to ask."))
@click.option("--family", "family", metavar="KEY", help=t("Only of this family."))
@click.option("--to-ask", "to_ask", is_flag=True, help=t("Only where something is still to ask."))
@pass_context
def consents(state: Context, family: str | None, to_ask: bool) -> None:
    """The whole list."""
    with state.open() as project:
        found = [each for each in project.consents.all(family=family) if each.to_ask or not to_ask]
    header = (t("about"), t("family"), t("who"), *(t(each.label) for each in Purpose), t("still to ask"))
    state.emit(
        [row(each) for each in found],
        lambda: table(
            header,
            [
                (
                    each.key,
                    each.family,
                    each.who,
                    *(t(each.answer(purpose).label) if purpose in each.purposes else "" for purpose in Purpose),
                    ", ".join(t(purpose.label) for purpose in each.to_ask),
                )
                for each in found
            ],
        ),
    )


def row(found: Consented) -> dict[str, object]:
    """One of the list: what counts per purpose, what each side said, what is still to ask."""
    return {
        "key": found.key,
        "kind": found.kind.value,
        "family": found.family,
        "who": found.who,
        "child": found.is_child,
        "consent": {each.value: found.answer(each).value for each in found.purposes},
        "answers": [
            {
                "purpose": each.purpose.value,
                "answer": each.answer.value,
                "day": each.day,
                "by": each.by,
                "side": each.side,
            }
            for each in found.consents
        ],
        "to_ask": [each.value for each in found.to_ask],
    }


def _written(each: Written) -> dict[str, object]:
    said = each.consent
    return {
        "purpose": said.purpose.value,
        "answer": said.answer.value,
        "day": said.day,
        "by": said.by,
        "side": said.side,
        "time": each.time,
        "coder": each.coder,
    }


def _title(found: Consented) -> str:
    return f"{found.key}: {t(found.kind.label)}, {found.who}, {t('family {key}', key=found.family)}"


def _lines(found: Consented) -> list[str]:
    rows = []
    for purpose in found.purposes:
        said = []
        for side in found.sides:
            given = answer_of(found.consents, purpose, side)
            word = t((given.answer if given else Answer.NOT_ASKED).label)
            when = ", ".join([f"{given.day:%d/%m/%Y}" if given.day else "", given.by]).strip(", ") if given else ""
            said.append(f"{word} ({when})" if when else word)
        rows.append((t(purpose.label), t(found.answer(purpose).label), *said))
    sides = (t("the child"), t("a parent")) if found.is_child else (t("answered"),)
    return table((t("purpose"), t("what counts"), *sides), rows)


def _course(course: list[Written]) -> list[str]:
    if not course:
        return []
    lines = [
        f"  {each.time[:10]}  {t(each.consent.purpose.label)}: {t(each.consent.answer.label)}"
        f"{' (' + t('a parent') + ')' if each.consent.side else ''}, {each.coder or each.consent.by}"
        for each in course
    ]
    return ["", t("Written down in the course of time:"), *lines]


COMMANDS = (consent, consents)
