"""Texts, codes and codings on the command line."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli import projects
from verhalen.cli.batches import exit_code, import_all, names_each, summary_lines
from verhalen.cli.output import Context, pass_context, table, tell
from verhalen.i18n import t, tn
from verhalen.model.coding import Valence
from verhalen.model.ids import encode_id

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.api.sources import Imported
    from verhalen.exchange.batch import Progress
    from verhalen.model.coding import Fragment
    from verhalen.model.consent import Answer
    from verhalen.model.text import Source


_SHOWN = 500
"""Places that a search shows."""


@click.command(
    "import",
    help=t(
        "Import transcripts or notes: files, folders, ZIP archives. A file that fails leaves nothing behind; ctrl+c stops after a "
        "file. Or import a project of another program (.qdpx, .qda of QualCoder, .rqda)."
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--speakers",
    type=click.Choice(["auto", "none"]),
    default="auto",
    help=t("Find speakers, or take the text as a monologue."),
)
@click.option(
    "--mask",
    type=click.Choice(["review", "auto", "none"]),
    help=t("Names: look at each in the app (the default on a terminal), replace all that are found, or leave them."),
)
@click.option(
    "--kind", type=click.Choice(["transcript", "note"]), default="transcript", help=t("What kind of text it is.")
)
@click.option(
    "--offset-model",
    default="",
    metavar="NAME",
    help=t("Of a project of another program: how it counts places in its texts, where figures do not tell."),
)
@click.option(
    "--cases",
    type=click.Choice(["families", "new", "none"]),
    default="families",
    help=t(
        "Of a project of another program: cases whose names are codes become families (G012); new: the others get a fresh "
        "code, and their names stay outside; none: no cases."
    ),
)
@pass_context
def import_files(
    state: Context,
    /,
    files: tuple[Path, ...],
    speakers: str,
    mask: str | None,
    kind: str,
    offset_model: str,
    cases: str,
) -> None:
    """Import files, and those in folders and archives, one change each; or one project of another program."""
    if projects.is_project(files, mask=mask):
        projects.import_one(state, files[0], offset_model=offset_model, cases=cases, speakers=speakers == "auto")
        return
    from verhalen.exchange.batch import summarise
    from verhalen.readers.batch import find_files

    with state.open() as project:
        batch = find_files(_expanded(files))
        if _is_reviewed(mask, state):
            done = _review(project, _expanded(files), kind=kind, speakers=speakers == "auto")
            state.exit_code = exit_code(done)
            state.emit([_import_row(each) for each in done], lambda: [line for each in done for line in _told(each)])
            return
        is_named = names_each(batch)

        def start(on_progress: Progress | None, stop: Callable[[], bool]) -> Iterator[Imported]:
            return project.sources.import_batch(
                batch,
                kind="note" if kind == "note" else "transcript",
                speakers=speakers == "auto",
                mask="auto" if mask == "auto" else "none",
                on_progress=on_progress,
                stop=stop,
            )

        def say(each: Imported) -> None:
            if not state.as_json and (each.error is None or is_named(each.error)):
                _say_import(each)

        done = import_all(batch, start, say=say)
        if mask == "auto" and any(each.source is not None for each in done):
            tell(
                t(
                    "Which name is which stands in the key: {path}. Keep it apart, and safe.",
                    path=project.privacy.key_path,
                )
            )
    state.exit_code = exit_code(done)
    summary = summarise(done, system=batch.system)
    is_alone = len(done) == 1 and not batch.left_out
    state.emit([_import_row(each) for each in done], lambda: [] if is_alone else summary_lines(summary))


def _is_reviewed(mask: str | None, state: Context) -> bool:
    """Whether a person looks at names and speakers in the app first."""
    has_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if mask == "review" and not has_terminal:
        raise errors.BadInput(reason=t("--mask review needs a terminal; take --mask auto or --mask none"))
    return mask == "review" or (mask is None and has_terminal and not state.as_json)


def _review(project: Project, files: list[Path], *, kind: str, speakers: bool) -> list[Imported]:
    """In the app, which is loaded by name: nothing else here needs it."""
    done: list[Imported] = importlib.import_module("verhalen.tui.app").review_files(
        project, files, kind=kind, speakers=speakers
    )
    return done


def _expanded(files: Iterable[Path]) -> list[Path]:
    """Fill in `*` ourselves where the shell did not (Windows)."""
    from verhalen.readers.naming import natural

    found: list[Path] = []
    for path in files:
        matches = (
            sorted(path.parent.glob(path.name), key=lambda each: natural(each.name))
            if "*" in path.name and not path.exists()
            else []
        )
        found.extend(matches or [path])
    return found


def _say_import(each: Imported) -> None:
    if each.error is not None:
        tell(str(each.error))
        return
    for line in _told(each):
        click.echo(line)


def _told(each: Imported) -> list[str]:
    """One file that was stored, with what differs."""
    lines = [] if each.error is None else [str(each.error)]
    if each.source is not None:
        source = each.source
        lines = [
            t(
                "{file}: source {number}, {characters} characters, {turns} turns, {speakers} speakers.",
                file=each.file,
                number=source.number,
                characters=source.characters,
                turns=source.turns,
                speakers=len(each.speakers),
            )
        ]
    for warning in each.warnings:
        where = t("line {line}: ", line=warning.line) if warning.line else ""
        lines.append(f"  {where}{warning}")
    return lines


def _import_row(each: Imported) -> dict[str, object]:
    source = each.source
    return {
        "file": each.file,
        "source_id": encode_id(source.id) if source else None,
        "title": source.title if source else None,
        "characters": source.characters if source else 0,
        "turns": source.turns if source else 0,
        "speakers": [{"name": speaker.name, "turns": speaker.turns} for speaker in each.speakers],
        "warnings": [{"line": warning.line, "text": str(warning)} for warning in each.warnings],
        "error": None if each.error is None else {"code": each.error.code, "message": str(each.error)},
    }


@click.command("sources", help=t("All texts of the project."))
@pass_context
def sources(state: Context) -> None:
    """List the sources."""
    with state.open() as project:
        found = project.sources.all()
        answers = project.consents.of_words((each.id, 0, each.characters) for each in found)
    rows = list(zip(found, answers, strict=True))
    state.emit([_source_row(*row) for row in rows], lambda: _source_lines(rows))


def _source_row(each: Source, answer: Answer | None) -> dict[str, object]:
    return {
        "source_id": encode_id(each.id),
        "number": each.number,
        "title": each.title,
        "kind": each.kind,
        "characters": each.characters,
        "turns": each.turns,
        "codings": each.codings,
        "imported": each.imported,
        "in_reports": answer.value if answer else None,
    }


def _source_lines(found: list[tuple[Source, Answer | None]]) -> list[str]:
    header = (t("no."), t("title"), t("characters"), t("turns"), t("codings"), t("in reports"))
    return table(
        header,
        [
            (each.number, each.title, each.characters, each.turns, each.codings, t(answer.label) if answer else "")
            for each, answer in found
        ],
    )


@click.command("text", help=t("A text exactly as it is stored."))
@click.argument("source", metavar="ID")
@pass_context
def text(state: Context, source: str) -> None:
    """Print a text."""
    with state.open() as project:
        found = project.sources.text(source)
    state.emit(
        {
            "source_id": encode_id(found.source.id),
            "title": found.source.title,
            "text": found.text,
            "sha256": found.sha256,
            "turns": [
                {"speaker": turn.speaker, "start": turn.start, "stop": turn.stop, "time_ms": turn.time_ms}
                for turn in found.turns
            ],
            "landmarks": [
                {"kind": each.kind, "value": each.value, "start": each.start, "stop": each.stop}
                for each in found.landmarks
            ],
        },
        lambda: [found.text],
    )


@click.command("original", help=t("The imported file, byte for byte."))
@click.argument("source", metavar="ID")
@click.option("-o", "target", type=click.Path(path_type=Path), required=True, metavar="FILE", help=t("Where it goes."))
@pass_context
def original(state: Context, source: str, target: Path) -> None:
    """Write the original back out."""
    with state.open() as project:
        content, _ = project.sources.original(source)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise errors.CannotWrite(file=target.name, reason=errors.why_not_written(error)) from error
    state.emit({"path": target, "bytes": len(content)}, lambda: [t("Written to {file}.", file=target)])


@click.command("search", help=t("Find words in all texts; 'gezin' finds 'gezinnen' too."))
@click.argument("words", metavar="TEXT")
@click.option("--exact", "mode", flag_value="exact", help=t("Only as written."))
@click.option("--inside", "mode", flag_value="inside", help=t("Also within longer words: 'zorg' finds 'gezinszorg'."))
@click.option("--regex", "mode", flag_value="regex", help=t("TEXT is a regular expression."))
@pass_context
def search(state: Context, words: str, mode: str | None) -> None:
    """Search all texts."""
    from verhalen.model.query import SearchMode

    with state.open() as project:
        hits = project.sources.search(words, mode=mode or SearchMode.LEMMA, limit=_SHOWN + 1)
        total = project.sources.count_places(words, mode=mode or SearchMode.LEMMA) if len(hits) > _SHOWN else len(hits)
    hits = hits[:_SHOWN]
    rows = [
        {"source_id": encode_id(hit.source_id), "start": hit.start, "stop": hit.stop, "text": hit.match} for hit in hits
    ]
    state.emit(
        rows,
        lambda: (
            [f"{hit.source_number:>4} {hit.start:>7}  …{hit.before}[{hit.match}]{hit.after}…" for hit in hits]
            + [tn("{n} place found.", "{n} places found.", total)]
            + ([t("The first {n} are shown.", n=_SHOWN)] if total > _SHOWN else [])
        ),
    )


@click.command("correct", help=t("Correct a text: replace characters START to STOP. All codings follow."))
@click.argument("source", metavar="ID")
@click.argument("start", type=int)
@click.argument("stop", type=int)
@click.argument("replacement", metavar="TEXT")
@pass_context
def correct(state: Context, source: str, start: int, stop: int, replacement: str) -> None:
    """Correct a text."""
    with state.open() as project:
        done = project.sources.correct(source, start=start, stop=stop, replacement=replacement)
    row = {"moved": done.moved if done else 0, "ended": [encode_id(number) for number in done.ended] if done else []}
    state.emit(row, lambda: [t("Corrected. Undo with: verhalen undo") if done else t("Nothing changed.")])


@click.command("code", help=t("Give characters START to STOP (not included) of a text a code."))
@click.argument("source", metavar="ID")
@click.argument("start", type=int)
@click.argument("stop", type=int)
@click.argument("key", metavar="KEY")
@click.option(
    "--valence",
    type=click.Choice([each.value for each in Valence]),
    default="none",
    help=t("Good news, bad news or both."),
)
@click.option("--memo", default="", metavar="TEXT", help=t("A remark with the coding."))
@pass_context
def code(state: Context, source: str, start: int, stop: int, key: str, valence: str, memo: str) -> None:
    """Apply a code."""
    from verhalen.api.codings import Intent

    with state.open() as project:
        number = project.sources.get(source).id
        done = project.codings.apply(Intent(number, start, stop, key, Valence(valence), memo))
    state.emit(
        {"coding_id": encode_id(done.coding_id), "existed": done.existed},
        lambda: [t("That coding was there already.") if done.existed else t("Coded: {key}.", key=key)],
    )


@click.command("uncode", help=t("Take a coding away."))
@click.argument("coding", metavar="CODING_ID")
@pass_context
def uncode(state: Context, coding: str) -> None:
    """Remove a coding."""
    with state.open() as project:
        project.codings.remove(project.codings.get(coding).id)
    state.emit({}, lambda: [t("Removed. Undo with: verhalen undo")])


@click.command("codings", help=t("Coded fragments, filtered by code, source or family."))
@click.option("--code", "key", metavar="KEY", help=t("With the codes below it."))
@click.option("--source", metavar="ID", help=t("Of one text."))
@click.option("--family", metavar="KEY", help=t("Words of a family or about it."))
@click.option(
    "--query", "expression", metavar="EXPR", help=t("A question, such as: wonen and not geld (docs/queries.md).")
)
@pass_context
def codings(state: Context, key: str | None, source: str | None, family: str | None, expression: str | None) -> None:
    """List codings."""
    from verhalen.model.query import FragmentQuery

    with state.open() as project:
        number = project.sources.get(source).id if source else None
        if family:
            project.families.get(family)
        found = project.codings.fragments(
            FragmentQuery(code=key, source_id=number, family=family, expression=expression)
        )
        answers = project.consents.of_words(
            (each.coding.source_id, each.coding.start, each.coding.stop) for each in found
        )
    state.emit(
        [_fragment_row(each, answer) for each, answer in zip(found, answers, strict=True)],
        lambda: [
            f"{encode_id(each.coding.id)} {each.source_number:>4} {each.coding.code}  {each.coding.valence.sign}  {each.text[:80]}"
            for each in found
        ],
    )


def _fragment_row(each: Fragment, answer: Answer | None) -> dict[str, object]:
    coding = each.coding
    return {
        "coding_id": encode_id(coding.id),
        "source_id": encode_id(coding.source_id),
        "start": coding.start,
        "stop": coding.stop,
        "text": each.text,
        "code": coding.code,
        "coder": coding.coder,
        "valence": coding.valence.value,
        "memo": coding.memo,
        "speaker": each.speaker,
        "family": each.family,
        "about": list(each.about),
        "created": coding.created,
        "in_reports": answer.value if answer else None,
    }


COMMANDS = (import_files, sources, text, original, search, correct, code, uncode, codings)
