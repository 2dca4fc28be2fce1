"""The sheet that a parent fills in: make it for a family, and read a filled one in after a look at it."""

from __future__ import annotations

from pathlib import Path

from verhalen.api.score_forms import FormRequest
from verhalen.i18n import mark, t
from verhalen.model.family import Family, Level
from verhalen.model.instrument import Instrument
from verhalen.model.snapshot import Assessor
from verhalen.scores.form_words import FormWords
from verhalen.tui.ask_form import TICKED, Answers, AskForm, Question
from verhalen.tui.dialogs import ask_line, choose
from verhalen.tui.family_asking import Asking, read_day
from verhalen.tui.paths import path_of, short_path

_LANGUAGES = {"nl": "Nederlands", "en": "English", "fr": "Français", "ar": "العربية"}
"""In their own words, for who does not read ours."""
_DRAFT = mark("{language} (a draft: let somebody who speaks it read it first)")
_NO_MODULE = mark("Tick at least one part.")


class FormActs(Asking):
    """Acts on forms for parents."""

    def make_form(self, family: Family) -> None:
        """Choose the questions where there are several lists of them, then what stands on the form."""
        found = [each for each in self._screen.project.scores.instruments() if each.assessor == Assessor.PARENT]
        if not found:
            self._screen.frame.say(t("There is no list of questions for parents in this project."), severity="warning")
        elif len(found) == 1:
            self._form(family, found[0])
        else:
            by_key = {each.key: each for each in found}
            answers = [(each.key, each.name) for each in found]
            choose(self._screen, t("Which questions?"), answers, lambda key: self._form(family, by_key[key]))

    def _form(self, family: Family, instrument: Instrument) -> None:
        words = self._screen.project.scores.form_words(instrument.key)
        modules = words["nl"].modules
        adults = [each.member for each in family.there_on(self._today) if each.level is Level.ADULT]
        questions = [
            Question("language", t("Language"), "nl", tuple((code, _language(each)) for code, each in words.items())),
            *(Question(f"m{at}", name, TICKED, tick=True) for at, name in enumerate(modules.values())),
            Question("member", t("Who fills it in?"), "", tuple((each, each) for each in adults), t("not noted yet"))
            if adults
            else Question("member", t("Who fills it in?"), hint="moeder"),
            Question("day", t("When? Nothing leaves a line to write on."), hint="12/03/2026"),
            Question("file", t("Where does it go?"), self._free_name(family)),
        ]

        def store(form: AskForm, answers: Answers) -> None:
            chosen = tuple(key for at, key in enumerate(modules) if answers[f"m{at}"])
            day, path = read_day(form, answers["day"]), self._path(answers["file"])
            if day is False:
                return
            if not chosen:
                form.complain(t(_NO_MODULE))
                return
            if path is None or path.exists():
                form.complain(t("That file is there already. Give it another name.") if path else t("Give it a name."))
                return
            request = FormRequest(answers["language"] or "nl", chosen, family.key, answers["member"], day)
            self._screen.write(
                lambda project: project.scores.form(instrument.key, path, request),
                lambda _: self._made(form, path),
                lambda error: form.complain(str(error)),
            )

        self._ask(t("A form for family {key}: {name}", key=self._label(family), name=instrument.name), questions, store)

    def _made(self, form: AskForm, path: Path) -> None:
        form.close()
        self._screen.frame.say(t("The form is ready: {file}. Print it, or send it.", file=short_path(path)))

    def _path(self, typed: str) -> Path | None:
        """What was typed; a name without a folder is one in the workspace."""
        path = path_of(typed)
        return (self._screen.project.workspace / path).resolve() if path else None

    def _free_name(self, family: Family) -> str:
        """A name below the workspace that no file has yet."""
        first = f"exports/{t('form')}-{family.key}"
        names = [f"{first}.docx", *(f"{first}-{number}.docx" for number in range(2, 100))]
        return next((each for each in names if not (self._screen.project.workspace / each).exists()), names[0])

    def read_form(self) -> None:
        """Which file, then what it says, and only then it is stored."""

        def typed(written: str) -> None:
            path = self._path(written)
            if path is not None:
                self._screen.frame.open_table(path)

        ask_line(self._screen, t("Which form? The Word file (.docx) that came back. Type or paste its path."), typed)


def _language(words: FormWords) -> str:
    name = _LANGUAGES.get(words.language, words.language)
    return name if words.checked else t(_DRAFT, language=name)
