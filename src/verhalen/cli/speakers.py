"""Who speaks in a text, and which families a fragment is about, on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.api.speakers import Voice


class SpeakersGroup(click.Group):
    """`speakers 3` is short for `speakers show 3`: what is no subcommand is the number of a source."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Put the word in that was left out."""
        return super().resolve_command(ctx, args if args and args[0] in self.commands else ["show", *args])


@click.group(
    "speakers",
    cls=SpeakersGroup,
    help=t("Who speaks in a text: verhalen speakers 3. With options of 'show' you put it right."),
)
def speakers() -> None:
    """Hold the subcommands."""


@speakers.command(
    "show",
    help=t("Who speaks in a text, how much, and who that is; or put it right, one kind of change at a time."),
)
@click.argument("source", metavar="ID")
@click.option("--rename", multiple=True, metavar="NAME=NAME", help=t("Another name for a speaker: OLD=NEW."))
@click.option("--merge", multiple=True, metavar="NAME=NAME", help=t('Two names are one person: "M.=Mieke".'))
@click.option("--drop", multiple=True, metavar="NAME", help=t("Nobody's name: its turns go on with the turn before."))
@click.option(
    "--link",
    "links",
    multiple=True,
    metavar="NAME=PERSON",
    help=t("A speaker is this person (Mieke=G012.moeder); or only a name, with --role."),
)
@click.option("--unlink", multiple=True, metavar="NAME", help=t("Take back who a speaker is."))
@click.option("--role", default="", metavar="TEXT", help=t("The role, such as ouder or gezinscoach."))
@pass_context
def speakers_show(
    state: Context,
    source: str,
    rename: tuple[str, ...],
    merge: tuple[str, ...],
    drop: tuple[str, ...],
    links: tuple[str, ...],
    unlink: tuple[str, ...],
    role: str,
) -> None:
    """List the speakers, after a change if one was asked for."""
    asked = {"rename": rename, "merge": merge, "drop": drop, "link": links, "unlink": unlink}
    wanted = [name for name, given in asked.items() if given]
    if len(wanted) > 1 or any(len(asked[name]) > 1 for name in ("rename", "link", "unlink")):
        reason = t("one change at a time, so that each can be undone; only --merge and --drop may be repeated")
        raise errors.BadInput(reason=reason)
    if role and wanted != ["link"]:
        raise errors.BadInput(reason=t("a --role goes with --link and a name"))
    with state.open() as project:
        if wanted:
            _put_right(project, source, wanted[0], asked[wanted[0]], role)
        found = project.speakers.of(source)
        alike = project.speakers.likely_same(source)
    rows = [
        {
            "name": each.name,
            "turns": each.turns,
            "words": each.words,
            "share": each.share,
            "person": each.person,
            "role": each.role,
            "maybe": next((fuller for name, fuller in alike if name == each.name), None),
        }
        for each in found
    ]
    state.emit(rows, lambda: _lines(found, alike, changed=bool(wanted)))


def _put_right(project: Project, source: str, what: str, given: Sequence[str], role: str) -> None:
    door = project.speakers
    if what == "rename":
        door.rename(source, *_pair(given[0]))
    elif what == "merge":
        door.merge(source, dict(_pair(each) for each in given))
    elif what == "drop":
        door.drop(source, given)
    elif what == "unlink":
        door.unlink(source, given[0])
    else:
        _link(project, source, given[0], role)


def _link(project: Project, source: str, given: str, role: str) -> None:
    name, _, person = given.partition("=")
    if not person and not role:
        raise errors.BadInput(reason=t("say which person it is (Mieke=G012.moeder), or give a --role"))
    project.speakers.link(source, name, person=person.replace("/", ".") or None, role=role)


def _pair(given: str) -> tuple[str, str]:
    name, sign, other = given.partition("=")
    if not sign or not name or not other:
        raise errors.BadInput(reason=t("two names with = between them are needed, as in 'M.=Mieke'"))
    return name, other


def _lines(found: Sequence[Voice], alike: Sequence[tuple[str, str]], *, changed: bool) -> list[str]:
    header = (t("speaker"), t("turns"), t("words"), t("share"), t("person"), t("role"))
    rows = [
        (
            each.name if each.name is not None else t("(nobody in particular)"),
            each.turns,
            each.words,
            "" if each.share is None else f"{each.share:.0%}",
            each.person or "",
            each.role,
        )
        for each in found
    ]
    maybe = [t("{name} may be {fuller}. Look, and merge them if so.", name=one, fuller=other) for one, other in alike]
    return [*table(header, rows), *maybe, *([t("Changed. Undo with: verhalen undo")] if changed else [])]


@speakers.command("link", help=t("Say that a speaker is this person (G012.moeder)."))
@click.argument("source", metavar="ID")
@click.argument("name", metavar="NAME")
@click.argument("person", metavar="PERSON")
@click.option("--role", default="", metavar="TEXT", help=t("The role, such as ouder or gezinscoach."))
@pass_context
def speakers_link(state: Context, source: str, name: str, person: str, role: str) -> None:
    """Link a speaker."""
    with state.open() as project:
        project.speakers.link(source, name, person=person, role=role)
    state.emit({}, lambda: [t("{name} is {person}.", name=name, person=person)])


@click.command("about", help=t("Characters START to STOP (not included) are about these families."))
@click.argument("source", metavar="ID")
@click.argument("start", type=int)
@click.argument("stop", type=int)
@click.argument("families", nargs=-1, required=True, metavar="KEY...")
@click.option("--take-back", is_flag=True, help=t("They are not about them, after all."))
@pass_context
def about(state: Context, source: str, start: int, stop: int, families: tuple[str, ...], take_back: bool) -> None:
    """Mention families, or take mentions back."""
    with state.open() as project:
        for key in families:
            project.families.get(key)
        here = [each for each in project.sources.mentions(source) if each.start < stop and start < each.stop]
        gone = [each for each in here if take_back and each.family in families]
        new = () if take_back else families
        project.sources.mention_many(source, new, start=start, stop=stop, gone=gone)
        now = project.sources.mentions(source)
    keys = sorted({each.family for each in now if each.start < stop and start < each.stop})
    state.emit({"about": keys}, lambda: [t("About: {families}", families=", ".join(keys) or t("no family"))])


COMMANDS = (speakers, about)
