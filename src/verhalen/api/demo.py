"""The demo: the whole main job on the shipped, invented data. May be run again: it then makes a fresh workspace in its place."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.api.project import Project, new_project
from verhalen.api.workspace import as_typed, demo_files, shipped_theory
from verhalen.i18n import t
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.verdict import Relation
from verhalen.readers import KNOWN_SUFFIXES
from verhalen.settings import FOLDERS, PROJECT_FILE

CODER = "Hanne"
PERIOD = (dt.date(2024, 9, 1), dt.date(2026, 10, 31))
_MARK = ".verhalen-demo"
"""Only a folder with this file is ever emptied by a second run."""
_TABLES = ("families.csv", "persons.csv", "trajectories.csv", "contacts.csv")
_SCORES = ("scores_sociale_balans.csv", "scores_impactmeter.csv")


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo made."""

    workspace: Path
    report: Path
    sources: int
    codings: int
    families: int
    lines: tuple[str, ...]
    """A dozen sentences for whoever watches."""


def run_demo(workspace: Path, *, progress: Callable[[int], None]) -> Demo:
    """Make a workspace, import, code, score, join, report. `progress` hears percentages.

    Raises WorkspaceExists where the folder holds anything that no demo made.
    """
    _make_room(workspace)
    lines = [t("The demo: Klaverland, an invented service for family coaching in three invented municipalities.")]
    with new_project(workspace, coder=CODER) as project:
        (workspace / _MARK).touch()
        shutil.copytree(demo_files(), workspace / "transcripts", dirs_exist_ok=True)
        shutil.copy(shipped_theory(), workspace / "codebooks")
        progress(10)
        lines.append(_codebook_line(project))
        _import_families(project, workspace / "transcripts")
        progress(25)
        _import_texts(project, workspace / "transcripts", lines)
        progress(45)
        _import_scores(project, workspace / "transcripts", lines)
        progress(65)
        _import_codings(project, workspace / "transcripts", lines)
        progress(80)
        report = _report(project, workspace, lines)
        progress(95)
        found = project.history.check()
        lines.append(t("Checked: all is well.") if found.ok else t("The check found something: run verhalen check."))
        result = Demo(
            workspace=workspace,
            report=report,
            sources=len(project.sources.all()),
            codings=len(project.codings.fragments()),
            families=len(project.families.all()),
            lines=(*lines, *_what_now(workspace)),
        )
    progress(100)
    return result


def _make_room(workspace: Path) -> None:
    """Take away what an earlier demo made, and nothing else."""
    if not workspace.exists() or not any(workspace.iterdir()):
        return
    if not (workspace / _MARK).is_file():
        raise errors.WorkspaceExists(path=workspace)
    for path in workspace.glob(f"{PROJECT_FILE}*"):
        path.unlink()
    for folder in FOLDERS:
        shutil.rmtree(workspace / folder, ignore_errors=True)


def _codebook_line(project: Project) -> str:
    book = project.codes.book()
    return t(
        "Codebook: {codes} codes, {domains} life domains, {instruments} instruments.",
        codes=len(book),
        domains=len(project.scores.domains().domains),
        instruments=len(project.scores.instruments()),
    )


def _import_families(project: Project, folder: Path) -> None:
    for name in _TABLES:
        project.families.import_file(folder / name)


def _import_texts(project: Project, folder: Path, lines: list[str]) -> None:
    files = [path for path in sorted(folder.iterdir()) if path.suffix in KNOWN_SUFFIXES]
    characters = 0
    for each in project.sources.import_files(files):
        if each.error is not None:
            raise each.error
        characters += each.source.characters if each.source else 0
    stories = project.stories.import_file(folder / "stories.csv")
    lines.append(
        t(
            "Texts: {texts} transcripts of {characters} characters, and {stories} stories.",
            texts=len(files),
            characters=characters,
            stories=stories.new,
        )
    )


def _import_scores(project: Project, folder: Path, lines: list[str]) -> None:
    snapshots = observations = 0
    for name in _SCORES:
        done = project.scores.import_file(folder / name)
        if done.errors:
            raise errors.BadTable([(each.row, each.column, each.message) for each in done.errors], file=name)
        snapshots, observations = snapshots + done.snapshots, observations + done.observations
    families = len(project.families.all())
    lines.append(
        t(
            "Families: {families}, with {snapshots} snapshots and {scores} scores.",
            families=families,
            snapshots=snapshots,
            scores=observations,
        )
    )


def _import_codings(project: Project, folder: Path, lines: list[str]) -> None:
    from verhalen.exchange.coding_tables import import_codings, import_speakers

    import_speakers(project.file, folder / "speakers.csv")
    done = import_codings(project.file, folder / "codings.csv")
    for row in csv.DictReader((folder / "consents.csv").read_text("utf-8").splitlines(), delimiter=";"):
        day = dt.date.fromisoformat(row["datum"])
        project.stories.set_person_consent(
            row["lid"], Consent(Purpose(row["doel"]), Answer(row["antwoord"]), day, row["door"])
        )
    lines.append(t("Codings: {n}, by {coders} coders.", n=done.new, coders=len(project.codings.coders())))


_VERDICTS = (
    (
        "wonen_geld",
        Relation.CONFIRMS,
        "Waar de woning beter werd, vertellen gezinnen dat ook; wie wacht op een woning, wacht nog.",
    ),
    (
        "gezondheid",
        Relation.COMPLETES,
        "De cijfers bewegen weinig. In de verhalen gaat het over slaap en stress, en dat meten we niet apart.",
    ),
    (
        "mensen_vrije_tijd",
        Relation.CONFIRMS,
        "Er komen mensen bij: een buurvrouw, een ploeg, een koor. Dat zie je in beide.",
    ),
    (
        "thuis",
        Relation.CONTRADICTS,
        "De verhalen klinken rustiger dan wat we later zagen. Onze eerste registraties waren te zonnig.",
    ),
)
"""What the invented team says of words beside numbers; other groups were not discussed yet."""


def _report(project: Project, workspace: Path, lines: list[str]) -> Path:
    for target, relation, sentence in _VERDICTS:
        project.reports.decide(target, relation, sentence)
    rows = project.reports.joint()
    numbers = sum(row.change is not None for row in rows)
    words = sum(bool(row.families_telling) for row in rows)
    lines.append(
        t(
            "Joined: {numbers} groups of life domains with scores, {words} with stories or own words.",
            numbers=numbers,
            words=words,
        )
    )
    source = project.reports.new(workspace / "exports" / "raad.md", period=PERIOD)
    built = project.reports.build(source, workspace / "exports" / "raad.docx")
    project.releases.forget(source)  # nobody got it: whoever tries out another report is not held to it
    hidden = sum(each.suppressed for each in built.numbers)
    refused = sum(not each.shown for each in built.quotes)
    lines.append(
        t(
            "Report for the council: {numbers} numbers ({hidden} not shown, to protect families), {quotes} quotes ({refused} refused).",
            numbers=len(built.numbers),
            hidden=hidden,
            quotes=sum(each.shown for each in built.quotes),
            refused=refused,
        )
    )
    return built.path


def _what_now(workspace: Path) -> list[str]:
    return [
        t("The report stands in {file}.", file=workspace / "exports" / "raad.docx"),
        t("Its source, to change as you like: {file}.", file=workspace / "exports" / "raad.md"),
        t("In the app you look along as Els, one of the family coaches."),
        t("Try in the app: 3 (look and code), then s (sentence), c (code), ctrl+z (undo), F1 (help), ctrl+q (leave)."),
        t("Open it later with: verhalen open {folder}", folder=as_typed(workspace)),
    ]
