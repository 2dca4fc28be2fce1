"""What the columns of a table mean: said once, and kept under a name for the next table of the same program."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from verhalen.api.families import Families
from verhalen.api.project import Project
from verhalen.api.scores import Scores
from verhalen.api.story_papers import StoryPapers
from verhalen.exchange.columns import name_of
from verhalen.exchange.family_columns import COLUMNS
from verhalen.exchange.family_columns import ours as ours_of_families
from verhalen.exchange.family_preview import FamilyPreview
from verhalen.exchange.score_columns import ours as ours_of_scores
from verhalen.exchange.score_preview import ScorePreview
from verhalen.exchange.score_words import ANSWER, HEAD
from verhalen.exchange.story_names import COLUMNS as COLUMNS_OF_STORIES
from verhalen.exchange.story_names import ours as ours_of_stories
from verhalen.exchange.story_preview import StoryPreview
from verhalen.i18n import mark, t
from verhalen.model.mapping import LEFT_OUT, ColumnMapping
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.family_asking import AnyScreen

Preview = ScorePreview | FamilyPreview | StoryPreview
NONE = ""
"""Answer for: no mapping, also where one would fit."""
_ABOUT = mark(
    "Write our name for a column, or - to leave it out. Nothing filled in: its own name. Kept under a name, it serves again "
    "for the next table of that program. Our names: {words}."
)


def mapped_part(project: Project, found: Preview) -> Scores | Families | StoryPapers:
    """The part of a project that keeps the columns of such a table."""
    match found:
        case ScorePreview():
            return project.scores
        case FamilyPreview():
            return project.families
        case StoryPreview():
            return project.story_papers


def _ours(found: Preview) -> tuple[Callable[[str], str], Iterable[str]]:
    """What gives our name for a column of such a table, and all our names."""
    match found:
        case ScorePreview():
            return ours_of_scores, (*HEAD, *ANSWER)
        case FamilyPreview():
            return ours_of_families, COLUMNS
        case StoryPreview():
            return ours_of_stories, COLUMNS_OF_STORIES


def ask_columns(screen: AnyScreen, found: Preview, *, kept: Callable[[str], None]) -> None:
    """Ask what each column means, and under which name that is kept; `kept` hears the name once it is stored."""
    name = found.would.mapping
    before = mapped_part(screen.project, found).mappings().get(name, ColumnMapping())
    columns = _columns(found)
    questions = [Question(f"c{number}", column, meaning) for number, (column, meaning) in enumerate(columns.items())]
    questions.append(Question("name", t("Keep under which name?"), name, hint="Cebud-export"))
    ours, names = _ours(found)

    def store(form: AskForm, answers: Answers) -> None:
        if not answers["name"]:
            form.complain(t("Give it a name, as in Cebud-export."))
            return
        said = {column: answers[f"c{number}"] for number, column in enumerate(columns)}
        other = {column: word for column, word in said.items() if word and ours(word) != ours(column)}
        if not other:
            form.complain(t("Every column means what its own name says: there is nothing to keep."))
            return
        mapping = ColumnMapping(other, before.values)

        def done() -> None:
            form.close()
            kept(answers["name"])

        screen.write(
            lambda project: mapped_part(project, found).keep_mapping(answers["name"], mapping),
            lambda _: done(),
            lambda error: form.complain(str(error)),
        )

    words = ", ".join(dict.fromkeys(names))
    screen.app.push_screen(AskForm(t("What does each column mean?"), questions, store, about=t(_ABOUT, words=words)))


def _columns(found: Preview) -> dict[str, str]:
    """Every column with what it means now, where that is not its own name; those that are not understood first."""
    meanings = {each.column: each.meaning for sheet in found.sheets for each in sheet.columns}
    meanings |= dict.fromkeys(found.skipped, LEFT_OUT)
    ordered = sorted(meanings.items(), key=lambda pair: bool(pair[1]))
    return {column: "" if name_of(column) == meaning else meaning for column, meaning in ordered}


def choices(names: Iterable[str]) -> list[tuple[str, str]]:
    """The kept mappings to choose from, and none in particular."""
    return [*((name, name) for name in names), (NONE, t("None of them: the columns mean what their own names say"))]
