"""The interpretation scheme on the command line: the codes with which every story is marked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.coding.scheme import Element


@click.group(
    "scheme",
    invoke_without_command=True,
    help=t("The codes with which every story is marked up: what changed, why, what came of it."),
)
@click.pass_context
def scheme(context: click.Context) -> None:
    """List the elements when no subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    state = context.ensure_object(Context)
    with state.open() as project:
        found, total = project.scheme.counts(), len(project.stories.all())
    header = (t("digit"), t("code"), t("name"), t("stories marked up"))
    rows = [(at, each.key, each.name, f"{len(stories)} / {total}") for at, (each, stories) in enumerate(found, start=1)]
    said = {
        "stories": total,
        "elements": [{**_json(each), "marked": len(stories)} for each, stories in found],
    }
    state.emit(said, lambda: table(header, rows))


def _json(each: Element) -> dict[str, object]:
    return {"code": each.key, "name": each.name, "made": bool(each.code_id)}


@scheme.command("use", help=t("Let the team's own codes be the scheme; without codes the shipped one comes back."))
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@pass_context
def scheme_use(state: Context, keys: tuple[str, ...]) -> None:
    """Keep them."""
    with state.open() as project:
        found = project.scheme.use(keys)
    state.emit({"elements": [_json(each) for each in found]}, lambda: [f"{each.key}  {each.name}" for each in found])


COMMANDS = (scheme,)
