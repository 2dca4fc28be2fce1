"""The checker of the message catalogues, on small repositories made for one test."""

from pathlib import Path

import pytest
from tools.extraction import Sentence, extract_text
from tools.messages import check, import_fragments, main, po_path, update

GREETING = 'from verhalen.i18n import t\n\nprint(t("Good day {name}", name="Els"))\n'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    package = tmp_path / "src" / "verhalen"
    package.mkdir(parents=True)
    (package / "greeting.py").write_text(GREETING, "utf-8")
    return tmp_path


def translate(root: Path, entries: str, *, overwrite: bool = False) -> list[str]:
    fragment = root / "greeting.po"
    fragment.write_text(entries, "utf-8")
    return import_fragments(root, [fragment], overwrite=overwrite)


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_translated_catalogue_has_no_problems(repository: Path) -> None:
    update(repository)
    translate(repository, 'msgid "Good day {name}"\nmsgstr "Dag {name}"\n')
    assert check(repository) == []
    assert po_path(repository, "nl").read_text("utf-8") == (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: nl\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\nmsgid "Good day {name}"\nmsgstr "Dag {name}"\n'
    )


def test_english_translates_itself_and_dutch_waits_for_a_person(repository: Path) -> None:
    update(repository)
    assert check(repository) == ["nl: no translation: 'Good day {name}'"]
    assert 'msgstr "Good day {name}"' in po_path(repository, "en").read_text("utf-8")


def test_a_new_sentence_in_the_sources_is_missed(repository: Path) -> None:
    update(repository)
    translate(repository, 'msgid "Good day {name}"\nmsgstr "Dag {name}"\n')
    (repository / "src" / "verhalen" / "more.py").write_text('LABEL = mark("Stop")\n', "utf-8")
    assert check(repository) == ["nl: not in the catalogue: 'Stop'", "en: not in the catalogue: 'Stop'"]


def test_a_sentence_that_left_the_sources_is_found_and_removed_by_the_next_update(repository: Path) -> None:
    update(repository)
    translate(repository, 'msgid "Good day {name}"\nmsgstr "Dag {name}"\n')
    replace_in(repository / "src" / "verhalen" / "greeting.py", "Good day", "Hello")
    assert "nl: in no source: 'Good day {name}'" in check(repository)
    update(repository)
    assert "Good day" not in po_path(repository, "nl").read_text("utf-8")


def test_translations_survive_an_update(repository: Path) -> None:
    update(repository)
    translate(repository, 'msgid "Good day {name}"\nmsgstr "Dag {name}"\n')
    (repository / "src" / "verhalen" / "more.py").write_text('LABEL = mark("Stop")\n', "utf-8")
    update(repository)
    assert check(repository) == ["nl: no translation: 'Stop'"]


def test_a_translation_with_another_place_is_a_problem(repository: Path) -> None:
    update(repository)
    translate(repository, 'msgid "Good day {name}"\nmsgstr "Dag {naam}"\n')
    assert check(repository) == ["nl: other places (naam, name): 'Good day {name}'"]


def test_a_fuzzy_translation_is_a_problem(repository: Path) -> None:
    update(repository)
    translate(repository, 'msgid "Good day {name}"\nmsgstr "Dag {name}"\n')
    replace_in(po_path(repository, "nl"), 'msgid "Good', '#, fuzzy\nmsgid "Good')
    assert "nl: fuzzy: 'Good day {name}'" in check(repository)


def test_an_obsolete_entry_is_a_problem(repository: Path) -> None:
    update(repository)
    translate(repository, 'msgid "Good day {name}"\nmsgstr "Dag {name}"\n')
    with po_path(repository, "nl").open("a", encoding="utf-8") as catalogue:
        catalogue.write('\n#~ msgid "Bye"\n#~ msgstr "Tot ziens"\n')
    assert check(repository) == ["nl: obsolete entry: 'Bye'"]


def test_a_catalogue_that_was_not_compiled_again_is_a_problem(repository: Path) -> None:
    update(repository)
    translate(repository, 'msgid "Good day {name}"\nmsgstr "Dag {name}"\n')
    replace_in(po_path(repository, "nl"), "Dag {name}", "Goeiedag {name}")
    assert check(repository) == ["nl: not compiled since it changed: make messages"]


def test_a_broken_catalogue_is_named(repository: Path) -> None:
    update(repository)
    with po_path(repository, "nl").open("a", encoding="utf-8") as catalogue:
        catalogue.write("\nnonsense\n")
    assert [problem for problem in check(repository) if problem.startswith("nl: broken file")]


def test_the_form_for_one_may_leave_the_number_out(repository: Path) -> None:
    (repository / "src" / "verhalen" / "greeting.py").write_text('tn("{n} coding", "{n} codings", 2)\n', "utf-8")
    update(repository)
    one_missing = 'msgid "{n} coding"\nmsgid_plural "{n} codings"\nmsgstr[0] "één codering"\nmsgstr[1] ""\n'
    assert translate(repository, one_missing) == [
        "greeting.po: 0 taken",
        "greeting.po: no translation: '{n} coding'",
    ]
    assert check(repository) == ["nl: no translation: '{n} coding'"]
    whole = 'msgid "{n} coding"\nmsgid_plural "{n} codings"\nmsgstr[0] "één codering"\nmsgstr[1] "{n} coderingen"\n'
    assert translate(repository, whole) == ["greeting.po: 1 taken"]
    assert check(repository) == []


def test_a_fragment_does_not_replace_a_translation_unless_asked(repository: Path) -> None:
    update(repository)
    translate(repository, 'msgid "Good day {name}"\nmsgstr "Dag {name}"\n')
    other = 'msgid "Good day {name}"\nmsgstr "Hallo {name}"\n\nmsgid "Unheard of"\nmsgstr "Ongehoord"\n'
    assert translate(repository, other) == [
        "greeting.po: 0 taken",
        "greeting.po: kept 'Dag {name}', not 'Hallo {name}'",
        "greeting.po: in no source: 'Unheard of'",
    ]
    assert translate(repository, other, overwrite=True)[0] == "greeting.po: 1 taken"
    assert 'msgstr "Hallo {name}"' in po_path(repository, "nl").read_text("utf-8")


def test_third_party_sentences_belong_to_the_catalogues(repository: Path) -> None:
    (repository / "tools").mkdir()
    (repository / "tools" / "third_party.pot").write_text('msgid "Usage:"\nmsgstr ""\n', "utf-8")
    update(repository)
    assert "nl: no translation: 'Usage:'" in check(repository)


def test_the_catalogues_stay_as_they_are_while_a_source_is_broken(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    update(repository)
    before = po_path(repository, "nl").read_bytes()
    (repository / "src" / "verhalen" / "greeting.py").write_text('t("Good day', "utf-8")
    assert main(["extract"], repository) == 1
    assert capsys.readouterr().out == "greeting.py:1: not Python\n"
    assert po_path(repository, "nl").read_bytes() == before


def test_sentences_inside_the_arguments_of_another_are_found() -> None:
    text = 't("Code {code} in {place}", code=t("none"), place=i18n.t("source") if x else tn("{n} a", "{n} as", 1))'
    assert extract_text(text, "x.py").sentences == (
        Sentence("Code {code} in {place}"),
        Sentence("none"),
        Sentence("source"),
        Sentence("{n} a", "{n} as"),
    )


def test_both_ends_of_a_condition_are_sentences_and_a_variable_is_none() -> None:
    assert extract_text('t("Yes" if sure else "No")\nt(self.message)\n', "x.py").sentences == (
        Sentence("No"),
        Sentence("Yes"),
    )


@pytest.mark.parametrize("glued", ['t(f"Dag {name}")', 't("Dag " + name)', 'mark("Dag {}".format(name))', 'tn("a")'])
def test_a_glued_sentence_is_a_problem_with_its_line(glued: str) -> None:
    assert extract_text(f"\n{glued}\n", "x.py").problems == (
        "x.py:2: the sentence must be one plain string, without f, + or format",
    )


def test_one_singular_with_two_plurals_is_a_problem(repository: Path) -> None:
    (repository / "src" / "verhalen" / "greeting.py").write_text(
        'tn("{n} a", "{n} as", 2)\ntn("{n} a", "{n} aas", 2)\n'
    )
    assert update(repository) == ["two plurals for one singular: '{n} a'"]
