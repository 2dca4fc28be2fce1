"""Attachments of stories, and reading stories back: commands of the group `stories`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen.cli.days import one_day, today
from verhalen.cli.output import Context, pass_context, table
from verhalen.cli.stories import stories
from verhalen.i18n import t
from verhalen.model.story import AttachmentKind, Outcome, Verification

if TYPE_CHECKING:
    from verhalen.api.attachments import Attached
    from verhalen.model.story import Story

_KIND = click.Choice([each.value for each in AttachmentKind])


@stories.command(
    "attach",
    help=t(
        "Keep a photo, drawing, sound or PDF beside a story. Place, time and device are taken out of it; a name of a file "
        "that says who somebody is makes way for another."
    ),
)
@click.argument("key", metavar="KEY")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--kind", type=_KIND, help=t("What it is; by the kind of file unless you say otherwise."))
@click.option("--described", default="", metavar="TEXT", help=t("What can be seen or heard, for who cannot."))
@pass_context
def attach(state: Context, key: str, file: Path, kind: str | None, described: str) -> None:
    """Attach a file."""
    with state.open() as project:
        done = project.attachments.attach(key, file, kind=AttachmentKind(kind) if kind else None, described=described)
    state.emit(
        _row(done),
        lambda: [
            t("Attached to story {story} as {name} ({key}).", story=key, name=done.attachment.name, key=done.key),
            t("It leaves this project only with a consent of its own: verhalen consent {key} beeld ja", key=done.key),
        ],
    )


@stories.command("attachments", help=t("Attachments of all stories, or of one, with whether they may leave."))
@click.argument("key", required=False, metavar="[KEY]")
@pass_context
def attachments(state: Context, key: str | None) -> None:
    """List attachments."""
    with state.open() as project:
        found = project.attachments.all(story=key)
    header = (t("attachment"), t("name"), t("kind"), t("bytes"), t("described"), t("image or sound"))
    state.emit(
        [_row(each) for each in found],
        lambda: table(
            header,
            [
                (
                    each.key,
                    each.attachment.name,
                    t(each.attachment.kind.label),
                    each.attachment.size,
                    each.attachment.described,
                    t(each.answer.label),
                )
                for each in found
            ],
        ),
    )


@stories.command("detach", help=t("Take an attachment away; undo brings it back, withdraw does so for good."))
@click.argument("key", metavar="KEY")
@pass_context
def detach(state: Context, key: str) -> None:
    """Detach."""
    with state.open() as project:
        done = project.attachments.detach(key)
    state.emit(
        {"attachment": done.key},
        lambda: [t("{name} is no longer with story {story}.", name=done.attachment.name, story=done.story.key)],
    )


@stories.command("attachment", help=t("Write an attachment to a file; refused without its own consent."))
@click.argument("key", metavar="KEY")
@click.option(
    "-o", "target", type=click.Path(path_type=Path), required=True, metavar="FILE", help=t("Where to put it.")
)
@pass_context
def attachment(state: Context, key: str, target: Path) -> None:
    """Export one."""
    with state.open() as project:
        done = project.attachments.export(key, target)
    state.emit({"path": target, "bytes": done.attachment.size}, lambda: [t("Written to {file}.", file=target)])


@stories.command("verify", help=t("Write down that a story was read back to its teller, or checked in another way."))
@click.argument("key", metavar="KEY")
@click.option(
    "--outcome",
    type=click.Choice([each.value for each in Outcome]),
    default=Outcome.RIGHT.value,
    help=t("What the teller said of the text."),
)
@click.option("--who", default="", metavar="TEXT", help=t("Who checked: the role of the teller, a colleague."))
@click.option("--how", default="", metavar="TEXT", help=t("How: read aloud, on the sheet, by telephone."))
@click.option("--day", type=one_day, metavar="DAY", help=t("When; today unless you say otherwise."))
@click.option("--note", default="", metavar="TEXT", help=t("What is to change, or anything else."))
@pass_context
def verify(state: Context, key: str, outcome: str, who: str, how: str, day: dt.date | None, note: str) -> None:
    """Write a check down."""
    with state.open() as project:
        teller = project.stories.get(key).voice
        checked = Verification(day or today(), who or teller.member or teller.role, how, Outcome(outcome), note)
        story = project.verifying.add(key, checked)
    state.emit(
        {
            "story": story.key,
            "read_back": story.was_read_back,
            "verifications": [_check(e) for e in story.verifications],
        },
        lambda: [
            t("Written down for story {key}: {outcome}.", key=key, outcome=t(Outcome(outcome).label)),
            *_next(story),
        ],
    )


def _next(story: Story) -> list[str]:
    if story.verifications[-1].outcome is Outcome.OTHERWISE:
        return [t("Change the text with verhalen correct, and say why.")]
    return []


def _check(each: Verification) -> dict[str, object]:
    return {"day": each.day, "who": each.who, "how": each.how, "outcome": each.outcome.value, "note": each.note}


def _row(each: Attached) -> dict[str, object]:
    one = each.attachment
    return {
        "attachment": each.key,
        "story": each.story.key,
        "name": one.name,
        "kind": one.kind.value,
        "bytes": one.size,
        "described": one.described,
        "added": one.added,
        "consent": each.answer.value,
    }


COMMANDS: tuple[click.Command, ...] = ()
"""None of its own: they are below `stories`."""
