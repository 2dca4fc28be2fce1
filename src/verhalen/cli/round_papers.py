"""The panel of a round on the command line, and its papers in Word."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen.cli.days import one_day, today
from verhalen.cli.output import Context, pass_context, table, tell
from verhalen.i18n import t
from verhalen.model.selecting import PANEL_ROLES, RoundLevel

if TYPE_CHECKING:
    from verhalen.report.round_agenda import Written


def members_of(given: tuple[str, ...]) -> list[tuple[str, str]]:
    """`NAME=ROLE` as pairs."""
    found = []
    for each in given:
        name, sign, role = each.rpartition("=")
        if not sign:
            raise click.BadParameter(
                t("write a member as NAME=ROLE; a role is one of: {roles}", roles=", ".join(PANEL_ROLES))
            )
        found.append((name.strip(), role.strip()))
    return found


@click.command("panel", help=t("Who is on the panel of a round; add somebody, or note that somebody stops."))
@click.argument("key", metavar="KEY")
@click.option("--add", "members", multiple=True, metavar="NAME=ROLE", help=t("Somebody on the panel."))
@click.option("--stop", metavar="NAME", help=t("Somebody leaves the panel; the votes stay and are counted apart."))
@click.option("--back", metavar="NAME", help=t("Somebody who stopped is back."))
@click.option("--remove", metavar="NAME", help=t("Take off who never voted."))
@click.option("--day", type=one_day, metavar="DAY", help=t("When; without it today."))
@pass_context
def rounds_panel(
    state: Context,
    key: str,
    members: tuple[str, ...],
    stop: str | None,
    back: str | None,
    remove: str | None,
    day: dt.date | None,
) -> None:
    """Change the panel where an option asks it, and show it."""
    with state.open() as project:
        for name, role in members_of(members):
            project.rounds.add_member(key, name, role)
        if stop:
            project.rounds.stop_member(key, stop, day or today())
        if back:
            project.rounds.stop_member(key, back, None)
        if remove:
            project.rounds.remove_member(key, remove)
        found = project.rounds.get(key)
    votes = {each.id: sum(vote.member_id == each.id for vote in found.votes) for each in found.members}
    if found.members and not {each.role for each in found.members} & {"gezin", "ervaringsdeskundige"}:
        tell(t("Nobody on this panel is there for the families: ask a parent or an expert by experience along."))
    state.emit(
        [
            {"member": each.name, "role": each.role, "stopped": each.stopped, "votes": votes[each.id]}
            for each in found.members
        ],
        lambda: table(
            (t("member"), t("role"), t("stopped"), t("votes")),
            [(each.name, each.role, each.stopped, votes[each.id]) for each in found.members],
        ),
    )


@click.command("agenda", help=t("The stories of a round with room to write votes and reasons, in Word."))
@click.argument("key", metavar="KEY")
@click.option("-o", "out", type=click.Path(path_type=Path), required=True, metavar="FILE", help=t("The Word document."))
@pass_context
def rounds_agenda(state: Context, key: str, out: Path) -> None:
    """Write the paper for a meeting."""
    with state.open() as project:
        done = project.rounds.agenda(key, out, today=today(), nicknames=project.privacy.nicknames())
    _written(state, out, done)


@click.command("summary", help=t("One page for team and partners: what was chosen and why, in Word."))
@click.argument("key", metavar="KEY")
@click.option("-o", "out", type=click.Path(path_type=Path), required=True, metavar="FILE", help=t("The Word document."))
@click.option(
    "--level",
    type=click.Choice(["team", "dienst", "partnerschap"]),
    help=t("For whom; without it the round's own level."),
)
@pass_context
def rounds_summary(state: Context, key: str, out: Path, level: str | None) -> None:
    """Write the page."""
    with state.open() as project:
        done = project.rounds.summary(
            key,
            out,
            today=today(),
            level=RoundLevel(level) if level else None,
            nicknames=project.privacy.nicknames(),
        )
    _written(state, out, done)


def _written(state: Context, out: Path, done: Written) -> None:
    """Say what stands in a document, and what consent kept out."""
    state.emit(
        {
            "path": out,
            "stories": list(done.stories),
            "left_out": [{"story": story, "reason": why} for story, why in done.left_out],
        },
        lambda: [
            t("Written: {path}", path=out),
            *(t("Left out: {story}. {why}", story=story, why=why) for story, why in done.left_out),
        ],
    )


PAPERS = (rounds_panel, rounds_agenda, rounds_summary)
