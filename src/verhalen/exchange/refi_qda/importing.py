"""A project of another program into ours, in one change: read once to look, then once more to store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from verhalen import errors
from verhalen.exchange.bulk import without_collecting
from verhalen.exchange.refi_qda.archive import open_archive
from verhalen.exchange.refi_qda.cases import MODES
from verhalen.exchange.refi_qda.offsets import MODELS, Score
from verhalen.exchange.refi_qda.outcome import Imported, Options, Progress
from verhalen.exchange.refi_qda.project_storing import ProjectStore, Ready
from verhalen.exchange.refi_qda.sidecar_reading import Sidecar, read_sidecar
from verhalen.exchange.refi_qda.surveying import Survey, survey
from verhalen.exchange.refi_qda.xml_text import ORIGIN
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.text import text_digest
from verhalen.store.project import ProjectFile

Choose = Callable[[list[Score]], str]
"""Asks a person how places are counted."""


def import_project(
    project: ProjectFile,
    path: Path,
    options: Options | None = None,
    *,
    choose: Choose | None = None,
    on_progress: Progress | None = None,
) -> Imported:
    """Import a .qdpx with what lies beside it, in one change.

    Raises BadExchange, TooLarge and other UnreadableFile; BadInput for an option; UnsurePlaces where figures do not tell how
    places are counted and `choose` is not there to ask.
    """
    options = options or Options()
    check_options(options)
    sidecar = read_sidecar(path)
    with open_archive(path) as archive, without_collecting():
        found = survey(archive, on_progress=on_progress)
        check_any(found, path)
        model, sure = _model(found, options, path, choose, sidecar)
        ready = list(_ready(project, found, options, sidecar, on_progress))
        done = Imported(path.name, model, sure, found.scoring.ordered(), sidecar=sidecar.is_there)
        project.coder_id  # noqa: B018 - a coder is made outside a change, and this one may be needed within
        with project.change(Act.IMPORT) as writing:
            ProjectStore(writing, archive, found, ready, options, sidecar, done).store(on_progress)
    return done


def check_options(options: Options) -> None:
    """Refuse words that are none. Raises BadInput."""
    if options.model and options.model not in MODELS:
        known = ", ".join(MODELS)
        raise errors.BadInput(
            reason=t("there is no way to count {word}; take {known}", word=options.model, known=known)
        )
    if options.cases not in MODES:
        raise errors.BadInput(
            reason=t("there is no form {word}; take {known}", word=options.cases, known=", ".join(MODES))
        )


def check_any(found: Survey, path: Path) -> None:
    """Refuse a file that holds nothing. Raises BadExchange."""
    if not (found.texts or found.codes or found.cases or found.notes):
        raise errors.BadExchange(file=path.name, problem=t("there is nothing in it"))


def _ready(
    project: ProjectFile, found: Survey, options: Options, sidecar: Sidecar, on_progress: Progress | None
) -> Iterator[Ready]:
    for each in found.texts:
        if on_progress:
            on_progress(found.selections, 0)
        yield Ready(project, each, options, sidecar)


def way_to_count(found: Survey, options: Options, sidecar: Sidecar) -> tuple[str, bool]:
    """How places are counted, and whether figures alone say so."""
    if options.model:
        return options.model, False
    model, sure = found.scoring.best()
    if found.project.origin == ORIGIN and (_is_ours(found, sidecar) or not sure):
        # How we write is known: with its own file beside it for certain, else where figures do not tell.
        return ("utf16" if any(each.has_mark for each in found.texts) else MODELS[0]), True
    return model, sure


def _model(found: Survey, options: Options, path: Path, choose: Choose | None, sidecar: Sidecar) -> tuple[str, bool]:
    model, sure = way_to_count(found, options, sidecar)
    if sure or options.model:
        return model, sure
    ordered = found.scoring.ordered()
    if choose is None:
        raise errors.UnsurePlaces(file=path.name, scores="\n".join(map(score_line, ordered)))
    return choose(ordered), False


def _is_ours(found: Survey, sidecar: Sidecar) -> bool:
    """Whether every text is, letter for letter, the one that our own file beside it knows."""
    known = {guid: each.sha256 for guid, each in sidecar.texts.items()}
    return sidecar.is_there and all(
        known.get(each.begins.guid) == text_digest(each.text) for each in found.texts if not each.begins.is_note
    )


def score_line(score: Score) -> str:
    """One way with its figures, for people."""
    return t(
        "{model}: of {n} selections {starts} begin and {ends} end at a word, {quotes} are the words quoted",
        model=f"{score.model:<21}",
        n=score.selections,
        starts=score.starts,
        ends=score.ends,
        quotes=score.quotes,
    )
