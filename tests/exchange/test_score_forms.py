"""The form for parents: written, filled in with a click or a pen, and read back like any sheet of scores."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from verhalen import errors
from verhalen.api.score_forms import FormRequest
from verhalen.api.scores import Scores
from verhalen.api.workspace import shipped_domains, shipped_instruments
from verhalen.exchange.score_forms import read_form
from verhalen.exchange.score_tables import import_scores
from verhalen.model.act import Act
from verhalen.model.family import Person
from verhalen.model.snapshot import Assessor, State
from verhalen.readers.score_form import read_score_form
from verhalen.report.form_sentences import SENTENCES
from verhalen.report.score_form import write_form
from verhalen.scores.form_words import own_words
from verhalen.scores.instruments import read_domains, read_instrument, translations
from verhalen.store import families, scores
from verhalen.store.project import ProjectFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
IMPACT = next(path for path in shipped_instruments() if path.stem == "impactmeter_mgo")
INSTRUMENT = read_instrument(IMPACT, read_domains(shipped_domains()))
DAY = dt.date(2026, 3, 2)


def written(path: Path, *, language: str = "nl", modules: tuple[str, ...] = ("school",)) -> Path:
    """A form as it is printed."""
    words = {"nl": own_words(INSTRUMENT), **translations(INSTRUMENT)}[language]
    write_form(INSTRUMENT, words, path, today=DAY, modules=modules)
    return path


def click(control: etree._Element) -> None:
    """As Word does."""
    for state in control.iter(f"{W14}checked"):
        state.set(f"{W14}val", "1")
    type_x(control, "☒")


def type_x(control: etree._Element, sign: str = "x") -> None:
    """Over the box, as in a program that knows no boxes."""
    next(control.iter(f"{W}t")).text = sign


def fill(path: Path, answers: Mapping[str, object], *, how: Callable[[etree._Element], None] = click) -> None:
    """Tick the boxes of tags in `answers`, and write into places."""
    content = {name: zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist()}
    root = etree.fromstring(content["word/document.xml"])
    for hidden in root.iter(f"{W}t"):
        said = answers.get((hidden.text or "").strip("{}"))
        run = hidden.getparent()
        control = run.getnext() if said and run is not None else None
        if control is not None and isinstance(said, str):
            type_x(control, said)
        elif control is not None:
            how(control)
    content["word/document.xml"] = etree.tostring(root)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in content.items():
            packed.writestr(name, data)
    path.write_bytes(made.getvalue())


HEAD: dict[str, object] = {"veld|gezin": "G001", "veld|lid": "Mama", "veld|datum": "2/3/2026"}
ANSWERS: dict[str, object] = {"vak|school.schoolbeleving|4": True, "vak|school.schooltevredenheid|nvt": True}


@pytest.fixture
def served(project: ProjectFile) -> ProjectFile:
    """A project with the Impactmeter, and a family with a mother."""
    with project.change(Act.IMPORT_INSTRUMENTS) as writing:
        scores.put_domains(writing, read_domains(shipped_domains()))
        scores.put_instrument(writing, INSTRUMENT)
        family = families.add_family(writing, "G001", municipality="Zandhoven")
        families.put_person(writing, family, Person("G001.moeder", "ouder"))
    return project


@pytest.mark.parametrize("how", [click, type_x])
@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_a_filled_form_is_read_back_in_every_language(
    served: ProjectFile, tmp_path: Path, language: str, how: Callable[[etree._Element], None]
) -> None:
    form = written(tmp_path / "blad.docx", language=language)
    fill(form, HEAD | ANSWERS | {"veld|samen": True}, how=how)

    done = import_scores(served, form, latest=DAY)

    family = families.families(served)[0]
    (snapshot,) = scores.snapshots_of(served, family.id)
    assert (snapshot.day, snapshot.assessor, snapshot.instrument) == (DAY, Assessor.TOGETHER, "impactmeter_mgo")
    assert [(each.item, each.person, each.state, each.value) for each in snapshot.observations] == [
        ("school.schoolbeleving", "G001.moeder", State.SCORED, 4),
        ("school.schooltevredenheid", "G001.moeder", State.NOT_APPLICABLE, None),
    ]
    assert (done.new, done.unchanged) == (2, 0)
    again = import_scores(served, form, latest=DAY)
    assert (again.new, again.unchanged) == (0, 2)


def test_one_module_is_one_page_with_three_questions_and_a_word_for_every_face(tmp_path: Path) -> None:
    form = written(tmp_path / "blad.docx", language="ar", modules=("school", "huishouden"))
    document = zipfile.ZipFile(form).read("word/document.xml").decode()
    assert document.count("smileyFace") == 2 * 3 * 5
    assert document.count('descr="نعم، كثيرًا"') == 2 * 3
    assert document.count("<w:pageBreakBefore/>") == 1
    assert document.count("<w:bidiVisual/>") == 2 * 3
    assert SENTENCES["ar"].draft in document
    assert list(read_score_form(form).ticked) == [
        *("school.schoolbeleving", "school.schooltevredenheid", "school.schoolbetrokkenheid"),
        *("huishouden.huisvesting", "huishouden.huisgeld", "huishouden.huisklimaat"),
    ]


def test_only_a_translation_that_nobody_read_is_called_a_draft(tmp_path: Path) -> None:
    document = zipfile.ZipFile(written(tmp_path / "blad.docx")).read("word/document.xml").decode()
    assert "Ontwerp" not in document


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"veld|lid": "mama", "veld|datum": "2/3/2026", **ANSWERS}, (0, "gezin")),
        ({"veld|gezin": "G001", **ANSWERS}, (0, "datum")),
        (HEAD, (0, "waarde")),
        (HEAD | ANSWERS | {"vak|school.schoolbeleving|1": True}, (1, "school.schoolbeleving")),
    ],
)
def test_what_is_missing_or_doubled_is_said_with_its_question(
    tmp_path: Path, answers: dict[str, object], problem: tuple[int, str]
) -> None:
    form = written(tmp_path / "blad.docx")
    fill(form, answers)
    with pytest.raises(errors.BadTable) as caught:
        read_form(form, {})
    assert [(row, column) for row, column, _ in caught.value.problems] == [problem]


def test_a_form_of_an_older_version_gives_a_warning(tmp_path: Path) -> None:
    form = written(tmp_path / "blad.docx")
    fill(form, HEAD | ANSWERS)
    assert read_form(form, {INSTRUMENT.key: INSTRUMENT}).notices == ()
    (notice,) = read_form(form, {INSTRUMENT.key: replace(INSTRUMENT, version=2)}).notices
    assert notice.values == {"form": 1, "name": "Impactmeter MGO", "now": 2}


def test_a_scale_of_ten_has_numbers_and_what_is_about_a_child_is_refused(tmp_path: Path) -> None:
    domains = read_domains(shipped_domains())
    ten, balance = (
        read_instrument(next(path for path in shipped_instruments() if path.stem == key), domains)
        for key in ("tien_punten", "sociale_balans")
    )
    write_form(ten, own_words(ten), tmp_path / "tien.docx", today=DAY)
    document = zipfile.ZipFile(tmp_path / "tien.docx").read("word/document.xml").decode()
    assert "smileyFace" not in document
    assert SENTENCES["nl"].one_cross in document
    fill(
        tmp_path / "tien.docx",
        {"veld|gezin": "G001", "veld|lid": "papa", "veld|datum": "2/3/2026", "vak|kinderen|10": True},
    )
    (row,) = read_form(tmp_path / "tien.docx", {ten.key: ten}).rows
    assert (row.number, row.cells["lid"], row.cells["item"], row.cells["waarde"]) == (1, "", "kinderen", "10")
    with pytest.raises(errors.BadInput, match="school"):
        write_form(balance, own_words(balance), tmp_path / "balans.docx", today=DAY, modules=("school",))


def test_a_document_that_is_no_form_is_refused(served: ProjectFile, tmp_path: Path) -> None:
    form = written(tmp_path / "blad.docx")
    content = zipfile.ZipFile(form).read("word/document.xml").replace(b"verhalen-formulier", b"iets")
    with zipfile.ZipFile(tmp_path / "brief.docx", "w") as packed:
        for name in zipfile.ZipFile(form).namelist():
            data = content if name == "word/document.xml" else zipfile.ZipFile(form).read(name)
            packed.writestr(name, data)
    with pytest.raises(errors.UnreadableFile, match=r"brief\.docx"):
        import_scores(served, tmp_path / "brief.docx", latest=DAY)
    assert scores.snapshots_of(served, families.families(served)[0].id) == []


def test_a_translation_needs_every_question_and_label(tmp_path: Path) -> None:
    text = IMPACT.read_text("utf-8")
    for broken in (
        text.replace('      school.schoolbeleving: "Does your child like it at school?"\n', ""),
        text.replace('["No, not at all", "No",', '["No",'),
        text.replace("taal: fr", "taal: en"),
    ):
        assert broken != text
        path = tmp_path / "impactmeter_mgo.yaml"
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(errors.BadInstrument):
            read_instrument(path, read_domains(shipped_domains()))


def test_the_command_names_its_languages_and_modules(served: ProjectFile, tmp_path: Path) -> None:
    door = Scores(served)
    assert {language: words.checked for language, words in door.form_words("impactmeter_mgo").items()} == {
        "nl": True,
        "en": False,
        "fr": False,
        "ar": False,
    }
    with pytest.raises(errors.BadInput, match="nl, en, fr, ar"):
        door.form("impactmeter_mgo", tmp_path / "x.docx", FormRequest(language="ru"), day=DAY)
    with pytest.raises(errors.BadInput, match="samenleving"):
        door.form("impactmeter_mgo", tmp_path / "x.docx", FormRequest(modules=["werk"]), day=DAY)
    assert not (tmp_path / "x.docx").exists()
