"""The command group, and the one place where errors become exit codes."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from pathlib import Path

import click

from verhalen import errors
from verhalen.cli import (
    agreement,
    analysis_out,
    attachments,
    baseline,
    bundles,
    change,
    codebooks,
    consents,
    coverage,
    crossing,
    exporting,
    families,
    family,
    feedback,
    history,
    instruments,
    joining,
    masking,
    measuring,
    memos,
    newer,
    poverty,
    privacy,
    reach,
    relating,
    releases,
    reports,
    rounds,
    scheme,
    scores,
    signals,
    speakers,
    stories,
    suggestions,
    support,
    texts,
    verdicts,
    withdrawing,
    work,
)
from verhalen.cli.crash import write_down
from verhalen.cli.output import Context, failure, translate_metavars
from verhalen.i18n import t


@click.group(
    name="verhalen",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=t(
        "Words and numbers of family coaching, in one file on your own computer.\n\nWithout a command the app opens."
    ),
)
@click.option(
    "-w",
    "workspace",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=t("The workspace (default: the nearest folder upward with a project)."),
)
@click.option("--lang", type=click.Choice(["nl", "en"]), help=t("Language: nl or en."))
@click.option("--coder", metavar="NAME", help=t("Who is working."))
@click.option("--json", "as_json", is_flag=True, help=t("Machine-readable result."))
@click.version_option(package_name="verhalen", message="%(prog)s %(version)s", help=t("Show the version."))
@click.pass_context
def cli(context: click.Context, workspace: Path | None, lang: str | None, coder: str | None, as_json: bool) -> None:
    """Keep what stands before the command; without a command open the app."""
    state = context.ensure_object(Context)
    state.workspace, state.coder = workspace, coder
    state.as_json = state.as_json or as_json
    if context.invoked_subcommand is None:
        work.open_app(state)


for module in (
    work,
    texts,
    exporting,
    codebooks,
    suggestions,
    newer,
    speakers,
    families,
    family,
    support,
    instruments,
    scores,
    change,
    baseline,
    poverty,
    measuring,
    stories,
    attachments,
    consents,
    rounds,
    feedback,
    reach,
    coverage,
    crossing,
    scheme,
    signals,
    relating,
    analysis_out,
    joining,
    verdicts,
    reports,
    releases,
    privacy,
    masking,
    memos,
    history,
    agreement,
    bundles,
    withdrawing,
):
    for command in module.COMMANDS:
        cli.add_command(command)
translate_metavars(cli)


def _command_of(error: click.UsageError) -> str:
    """The command that was asked for, of which the help tells more than that of the whole."""
    return error.ctx.command_path if error.ctx is not None else "verhalen"


def run(arguments: Sequence[str]) -> int:
    """Run one command. 0 all done; 1 done in part, or a check found something; 2 nothing done."""
    words = list(arguments)
    end = words.index("--") if "--" in words else len(words)
    state = Context(as_json="--json" in words[:end])
    # --json may stand before or after the command.
    words = [word for word in words[:end] if word != "--json"] + words[end:]
    try:
        cli.main(words, prog_name="verhalen", standalone_mode=False, obj=state)
    except errors.VerhalenError as error:
        return failure(state, error.code, str(error))
    except click.UsageError as error:
        hint = gettext.gettext("Try '{command} {option}' for help.").format(command=_command_of(error), option="--help")
        return failure(state, "usage", f"{error.format_message()}\n{hint}")
    except click.ClickException as error:
        return failure(state, "usage", error.format_message())
    except click.Abort:
        return failure(state, "stopped", t("Stopped. Nothing more was changed."))
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except Exception as error:  # noqa: BLE001 - the border: a fault of ours must not show a stack trace or a text
        log = write_down(error)
        return failure(
            state,
            "fault",
            t("Verhalen made a mistake of its own. What was stored is safe. Details without any text: {log}", log=log),
        )
    return state.exit_code
