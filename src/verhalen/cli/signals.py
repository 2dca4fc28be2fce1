"""The signal log on the command line. For the team: families stand here by their code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from verhalen.cli.days import one_day, today
from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.model.following import Signal

PLACE = t("a family (G012), a story (V07), a snapshot (G012@2026-03-12) or a fragment (3@100-180)")
_DAY = click.option("--day", type=one_day, metavar="DAY", help=t("When; without it today."))


@click.group(
    "signals", invoke_without_command=True, help=t("Barriers that no family lifts alone: seen, told, answered.")
)
@click.pass_context
def signals(context: click.Context) -> None:
    """List the signals when no subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    state = context.ensure_object(Context)
    with state.open() as project:
        found = project.signals.all()
    header = (t("signal"), t("barrier"), t("families"), t("told to"), t("answer"), t("result"))
    state.emit(
        [signal_json(each) for each in found],
        lambda: table(
            header,
            [(each.key, each.barrier, len(each.families), each.whom, each.answer, each.result) for each in found],
        ),
    )


def signal_json(each: Signal) -> dict[str, object]:
    """As other programs read it; `families` is a number, counted anew each time."""
    return {
        "signal": each.key,
        "barrier": each.barrier,
        "service": each.service,
        "domain": each.domain or None,
        "noted": each.noted,
        "families": len(each.families),
        "places": len(each.places),
        "told": {"whom": each.whom, "day": each.told} if each.told else None,
        "answer": {"text": each.answer, "day": each.answered} if each.answered else None,
        "result": {"text": each.result, "day": each.resulted} if each.resulted else None,
    }


@signals.command("add", help=t("Write down a barrier that is not one family's problem."))
@click.argument("barrier", metavar="TEXT")
@click.option("--service", default="", metavar="TEXT", help=t("Where it lies: a service, a rule, a waiting list."))
@click.option("--domain", default="", metavar="KEY", help=t("The life domain."))
@click.option("--at", "places", multiple=True, metavar="PLACE", help=t("Where it was seen: {place}.", place=PLACE))
@_DAY
@pass_context
def signals_add(
    state: Context, barrier: str, service: str, domain: str, places: tuple[str, ...], day: dt.date | None
) -> None:
    """Store it."""
    with state.open() as project:
        where = [project.signals.place(each) for each in places]
        made = project.signals.note(barrier, today=today(), service=service, domain=domain, noted=day, places=where)
    state.emit(signal_json(made), lambda: [t("Signal {key} written down.", key=made.key)])


@signals.command("show", help=t("One signal with everything that came of it."))
@click.argument("key", metavar="KEY")
@pass_context
def signals_show(state: Context, key: str) -> None:
    """Show it."""
    with state.open() as project:
        found = project.signals.get(key)
    said = {**signal_json(found), "family_codes": sorted(found.families)}
    state.emit(said, lambda: list(signal_lines(found)))


def signal_lines(each: Signal) -> Iterator[str]:
    """For people."""
    yield f"{each.key}  {each.barrier}"
    yield t("written down on {day}", day=each.noted.isoformat())
    if each.service:
        yield t("where it lies: {service}", service=each.service)
    yield t("families: {n} ({codes})", n=len(each.families), codes=", ".join(sorted(each.families)) or "-")
    for title, words, day in (
        (t("told to"), each.whom, each.told),
        (t("answer"), each.answer, each.answered),
        (t("result"), each.result, each.resulted),
    ):
        yield f"{title}: {words} ({day.isoformat()})" if day else f"{title}: {t('not yet')}"


@signals.command("at", help=t("Say where else it was seen: {place}.", place=PLACE))
@click.argument("key", metavar="KEY")
@click.argument("places", nargs=-1, required=True, metavar="PLACE...")
@pass_context
def signals_at(state: Context, key: str, places: tuple[str, ...]) -> None:
    """Add places."""
    with state.open() as project:
        added = project.signals.add_places(key, [project.signals.place(each) for each in places])
        found = project.signals.get(key)
    said = {"added": added, "families": len(found.families)}
    state.emit(said, lambda: [t("{n} places added; {families} families.", n=added, families=len(found.families))])


@signals.command("told", help=t("Write down who was told."))
@click.argument("key", metavar="KEY")
@click.argument("whom", metavar="WHOM")
@_DAY
@pass_context
def signals_told(state: Context, key: str, whom: str, day: dt.date | None) -> None:
    """Store it."""
    with state.open() as project:
        done = project.signals.tell(key, whom, day or today(), today=today())
    state.emit(signal_json(done), lambda: list(signal_lines(done)))


@signals.command("answer", help=t("Write down what was answered."))
@click.argument("key", metavar="KEY")
@click.argument("text", metavar="TEXT")
@_DAY
@pass_context
def signals_answer(state: Context, key: str, text: str, day: dt.date | None) -> None:
    """Store it."""
    with state.open() as project:
        done = project.signals.answer(key, text, day or today(), today=today())
    state.emit(signal_json(done), lambda: list(signal_lines(done)))


@signals.command("result", help=t("Write down what came of it."))
@click.argument("key", metavar="KEY")
@click.argument("text", metavar="TEXT")
@_DAY
@pass_context
def signals_result(state: Context, key: str, text: str, day: dt.date | None) -> None:
    """Store it."""
    with state.open() as project:
        done = project.signals.result(key, text, day or today(), today=today())
    state.emit(signal_json(done), lambda: list(signal_lines(done)))


@signals.command("remove", help=t("Take a signal away; it can be undone."))
@click.argument("key", metavar="KEY")
@pass_context
def signals_remove(state: Context, key: str) -> None:
    """Remove it."""
    with state.open() as project:
        project.signals.remove(key)
    state.emit({}, lambda: [t("Signal {key} removed.", key=key)])


COMMANDS = (signals,)
