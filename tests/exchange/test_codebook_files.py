from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import examples
from tests.exchange_data import DOMAINS, ROOT

from verhalen import errors
from verhalen.exchange.codebook_files import (
    read_codebook,
    save_codebook,
    write_codebook_csv,
    write_codebook_markdown,
)
from verhalen.exchange.codebook_storing import kept_patterns, store_codebook
from verhalen.model.codebook import Code, Codebook, in_tree_order
from verhalen.model.patterns import Pattern, PatternKind, read_patterns, tidy, write_patterns
from verhalen.model.text import normal_text
from verhalen.store.codebook import codebook
from verhalen.store.project import ProjectFile

Write = Callable[[str, str], Path]

BOOK = """\
---
codeboek: proef
versie: 1
---

# rol: Rolinvulling

## rol.vertrouwen: Vertrouwensband: een begin

Iemand durft iets te zeggen.

Ook als het *moeilijk* is:

- aan tafel
- onderweg

En daarna weer.

- wel: de deur gaat open
- niet: wantrouwen, dat is `doe.wantrouwen`
- kleur: #2f6f9f
- raakt: PSY, KIN
- bewijs: WON
- patronen: deur, lemma:durven, "aan tafel", bij de koffie

# doe.wantrouwen: Wantrouwen
"""


def test_a_codebook_is_read_by_its_headings_and_lists(file: Write) -> None:
    found = read_codebook(file("a.md", BOOK), domains=DOMAINS)
    book, notices = found.book, found.notices
    role, trust, distrust = book
    assert notices == []
    assert (role.key, role.name, role.definition, role.parent, role.position) == ("rol", "Rolinvulling", "", None, 0)
    assert (distrust.parent, distrust.position) == (None, 1)
    assert (trust.key, trust.name, trust.parent) == ("rol.vertrouwen", "Vertrouwensband: een begin", "rol")
    assert trust.definition == (
        "Iemand durft iets te zeggen.\n\nOok als het *moeilijk* is:\n\n- aan tafel\n- onderweg\n\nEn daarna weer."
    )
    assert (trust.include, trust.exclude) == ("de deur gaat open", "wantrouwen, dat is `doe.wantrouwen`")
    assert trust.patterns == (
        Pattern(PatternKind.WORD, "deur"),
        Pattern(PatternKind.LEMMA, "durven"),
        Pattern(PatternKind.PHRASE, "aan tafel"),
        Pattern(PatternKind.PHRASE, "bij de koffie"),
    )
    assert (trust.colour, trust.touches, trust.evidence) == ("#2f6f9f", ("PSY", "KIN"), ("WON",))


def test_a_code_that_is_named_but_not_there_gives_a_notice(file: Write) -> None:
    notices = read_codebook(file("a.md", BOOK.replace("# doe.wantrouwen", "# doe.anders"))).notices
    assert [(notice.line, notice.values["other"]) for notice in notices] == [(8, "doe.wantrouwen")]


def test_text_above_the_first_code_gives_a_notice(file: Write) -> None:
    found = read_codebook(file("a.md", "Ons codeboek\n\n# rol: Rol\n"))
    book, notices = found.book, found.notices
    assert len(book) == len(notices) == 1


@pytest.mark.parametrize(
    ("before", "after", "line", "problem"),
    [
        ("# doe.wantrouwen", "# rol", 26, "code rol stands on line 6 already"),
        ("## rol.vertrouwen", "### rol.vertrouwen", 8, "more than one level"),
        ("# doe.wantrouwen: Wantrouwen", "# Wantrouwen", 26, "key: name"),
        ("# doe.wantrouwen: Wantrouwen", "# doe.wantrouwen:", 26, "key: name"),
        ("# doe.wantrouwen", "# Doe Wantrouwen", 26, "Doe Wantrouwen is no key"),
        ("PSY, KIN", "PSY, XYZ", 22, "there is no life domain XYZ"),
        ("#2f6f9f", "blauw", 21, "blauw is no colour"),
        ("- kleur:", "- kluer:", 21, "this list may hold: wel, niet"),
        ("- wel:", "- well:", 19, "this list may hold: wel, niet"),
        ("- niet:", "- wel:", 20, "wel stands twice"),
        ("bij de koffie", "bij de koffie\n\nNog iets.", 26, "stands below the list"),
        ("lemma:durven", "lemma:op straat", 24, "lemma:op straat is no pattern; write huur"),
        ('"aan tafel"', '"aan tafel', 24, "is no pattern"),
        ('"aan tafel"', '"aan" tafel', 24, "is no pattern"),
    ],
)
def test_a_mistake_is_refused_with_its_line(file: Write, before: str, after: str, line: int, problem: str) -> None:
    assert BOOK.count(before) == 1 or before == "## rol.vertrouwen"
    with pytest.raises(errors.BadCodebook, match=problem) as caught:
        read_codebook(file("a.md", BOOK.replace(before, after)), domains=DOMAINS)
    assert (caught.value.values["file"], caught.value.values["line"]) == ("a.md", line)


def test_a_codebook_reads_from_csv_with_dutch_or_english_names(file: Write) -> None:
    book = read_codebook(file("a.csv", 'key,name,parent,touches\nrol,Rol,,\nrol.a,"Een, twee",rol,"PSY, KIN"\n')).book
    assert [(code.key, code.name, code.parent, code.touches) for code in book] == [
        ("rol", "Rol", None, ()),
        ("rol.a", "Een, twee", "rol", ("PSY", "KIN")),
    ]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("code;naam;ouder\na;A;b\n", 2, "there is no code b"),
        ("code;naam;ouder\na;A;b\nb;B;a\n", 2, "code a stands below itself"),
        ("code;naam\na;A\na;B\n", 3, "code a stands on line 2 already"),
        ("code;naam\na;\n", 2, "code a has no name"),
        ("code;definitie\na;\n", 1, "the column naam is missing"),
    ],
)
def test_a_mistake_in_a_table_is_refused_with_its_row(file: Write, text: str, line: int, problem: str) -> None:
    with pytest.raises(errors.BadCodebook, match=problem) as caught:
        read_codebook(file("a.csv", text))
    assert caught.value.values["line"] == line


@pytest.mark.parametrize("name", ["a.qdc", "a.docx"])
def test_other_formats_are_refused(file: Write, name: str) -> None:
    with pytest.raises(errors.UnknownFormat, match=r"\.md, \.csv, \.xlsx"):
        read_codebook(file(name, "x"))
    with pytest.raises(errors.UnknownFormat):
        save_codebook(Path(name), Codebook(()))


def test_a_file_without_codes_is_refused(file: Write) -> None:
    with pytest.raises(errors.EmptyFile, match=r"a\.md"):
        read_codebook(file("a.md", "Zomaar tekst.\n"))


# -- round trips -----------------------------------------------------------------------------------------------------

MARKUP = st.sampled_from(
    ["# ", "## a: b", "- ", "- wel: x", "* x", "+", "1. ", "12) x", "> q", "---", "===", "```", "~~~py", "<!-- ", "<b>",
     "[a]: b", "    code", "\t", "\\", "\\- x", "\\\\# y", "1\\. z", "***", "_ _ _", "&amp;", "`", "|a|b|", ""]
)  # fmt: skip
PLAIN = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=10)
LINES = st.lists(st.one_of(MARKUP, PLAIN, st.tuples(MARKUP, PLAIN).map("".join)), max_size=6)
TEXT = LINES.map(lambda lines: normal_text("\n".join(lines)).strip())
NAME = st.one_of(PLAIN, MARKUP).map(lambda name: " ".join(normal_text(name).split())).filter(bool)
WORDS = st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=6).map(normal_text)
SINGLE = st.builds(Pattern, st.sampled_from([PatternKind.WORD, PatternKind.LEMMA]), WORDS.filter(str.isalnum))
PHRASES = st.lists(st.one_of(WORDS, PLAIN), min_size=1, max_size=4).map(lambda words: tidy(" ".join([*words, "x"])))
PATTERNS = st.lists(
    st.one_of(SINGLE, st.builds(Pattern, st.just(PatternKind.PHRASE), PHRASES)), unique=True, max_size=4
)
DOMAIN_KEYS = st.lists(st.sampled_from(["WON", "PSY", "KIN"]), unique=True, max_size=3).map(tuple)


@st.composite
def books(draw: st.DrawFn) -> Codebook:
    keys = draw(
        st.lists(st.from_regex(r"[a-z0-9]{1,3}(\.[a-z0-9][a-z0-9_-]{0,2})?", fullmatch=True), unique=True, max_size=9)
    )
    codes: list[Code] = []
    for key in keys:
        # A chain is drawn often enough to go below the six levels that headings have.
        parent = draw(st.sampled_from([None, *[code.key for code in codes], *[code.key for code in codes[-1:]] * 6]))
        codes.append(
            Code(
                key=key,
                name=draw(NAME),
                definition=draw(TEXT),
                include=draw(TEXT),
                exclude=draw(TEXT),
                parent=parent,
                evidence=draw(DOMAIN_KEYS),
                touches=draw(DOMAIN_KEYS),
                colour=draw(st.sampled_from(["", "#2f6f9f", "#ABCDEF"])),
                position=sum(code.parent == parent for code in codes),
                deprecated=draw(st.booleans()),
                patterns=tuple(draw(PATTERNS)),
            )
        )
    return in_tree_order(codes)


TRIP = settings(
    max_examples=examples(50),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@TRIP
@given(book=books().filter(len))
def test_a_codebook_in_markdown_loses_nothing(book: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "b.md"
    path.write_text(write_codebook_markdown(book), "utf-8")
    assert read_codebook(path).book == book


@TRIP
@given(book=books().filter(len))
def test_a_codebook_in_csv_loses_nothing(book: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text(write_codebook_csv(book), "utf-8")
    assert read_codebook(path).book == book


def test_the_shipped_codebook_is_written_as_it_stands() -> None:
    path = ROOT / "codebooks" / "gezinscoaching.md"
    found = read_codebook(path)
    book, notices = found.book, found.notices
    assert notices == []
    assert write_codebook_markdown(book, name="gezinscoaching") == path.read_text("utf-8")


@TRIP
@given(patterns=PATTERNS)
def test_patterns_on_a_line_read_back_as_they_were(patterns: list[Pattern]) -> None:
    assert list(read_patterns(write_patterns(patterns))) == patterns


# -- into the project ------------------------------------------------------------------------------------------------


def test_codes_are_stored_once_and_changed_where_the_file_differs(project: ProjectFile, file: Write) -> None:
    book = read_codebook(file("a.md", BOOK)).book
    assert store_codebook(project, book) == (3, 0, ())
    changes = project.number("select count(*) from change")
    assert store_codebook(project, book) == (0, 0, ())
    assert project.number("select count(*) from change") == changes
    other = Codebook(tuple(replace(code, name="Rol!") if code.key == "rol" else code for code in book))
    assert store_codebook(project, other) == (0, 1, ())
    stored = [replace(code, id=0) for code in codebook(project)]
    assert stored == list(other)


def test_a_file_that_says_nothing_of_patterns_leaves_them_and_an_empty_field_takes_them(
    project: ProjectFile, file: Write
) -> None:
    huur, rust = (Pattern(PatternKind.WORD, word) for word in ("huur", "rust"))
    store_codebook(project, Codebook((Code("a", "A", patterns=(huur,)), Code("b", "B", patterns=(rust,)))))

    def stored() -> list[tuple[str, tuple[Pattern, ...]]]:
        return [(code.name, code.patterns) for code in codebook(project)]

    older = read_codebook(file("oud.md", "# a: Aa\n\n# b: Bb\n"))
    assert store_codebook(project, older.book, silent=older.silent) == (0, 2, ("a", "b"))
    assert stored() == [("Aa", (huur,)), ("Bb", (rust,))]
    table = read_codebook(file("oud.csv", "key,name\na,A\nb,B\n"))
    assert store_codebook(project, table.book, silent=table.silent) == (0, 2, ("a", "b"))
    assert [str(each.values["keys"]) for each in kept_patterns(["a", "b"])] == ["a, b"]
    mixed = write_codebook_markdown(Codebook((Code("a", "A"), Code("b", "B", patterns=(rust,), position=1))))
    assert "# a: A\n\n- patronen:\n" in mixed
    ours = read_codebook(file("ons.md", mixed))
    assert store_codebook(project, ours.book, silent=ours.silent) == (0, 1, ())
    assert stored() == [("A", ()), ("B", (rust,))]
    bare = read_codebook(file("ons.csv", write_codebook_csv(Codebook((Code("b", "B", position=1),)))))
    assert store_codebook(project, bare.book, silent=bare.silent) == (0, 1, ())


def test_codes_that_are_not_in_the_file_are_left_alone(project: ProjectFile, file: Write) -> None:
    store_codebook(project, Codebook((Code("eigen", "Eigen", position=7),)))
    store_codebook(project, read_codebook(file("a.md", BOOK)).book)
    assert {code.key for code in codebook(project)} == {"eigen", "rol", "rol.vertrouwen", "doe.wantrouwen"}


def test_gaps_between_stored_positions_are_no_change(project: ProjectFile, tmp_path: Path) -> None:
    book = Codebook((Code("a", "A", position=2), Code("b", "B", position=5)))
    store_codebook(project, book)
    save_codebook(tmp_path / "uit.md", codebook(project))
    assert store_codebook(project, read_codebook(tmp_path / "uit.md").book) == (0, 0, ())
    turned = Codebook((Code("b", "B", position=0), Code("a", "A", position=1)))
    assert store_codebook(project, turned) == (0, 2, ())
