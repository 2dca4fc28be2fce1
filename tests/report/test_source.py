"""Report sources: front matter, Markdown and placeholders, with line numbers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from verhalen.errors import BadReport, UnreadableFile
from verhalen.i18n import language, set_language
from verhalen.privacy.clearance import Audience
from verhalen.report.placeholders import Placeholder
from verhalen.report.source import (
    BoxNode,
    HeadingNode,
    Inserted,
    InsertNode,
    ItemNode,
    ListNode,
    ParagraphNode,
    QuoteNode,
    RuleNode,
    TableNode,
    Text,
    load_report,
    parse_report,
    placeholders,
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


def _problems(text: str) -> list[tuple[int | None, str]]:
    return [(problem.line, str(problem)) for problem in parse_report(text).problems]


def test_front_matter_is_read_in_dutch_and_in_english() -> None:
    dutch = parse_report(
        "---\ntitel: Tellen\nperiode: 2025-01-01..2025-12-31\npubliek: raad\nk: 5\ncodeur: Hanne\n---\n"
    )
    english = parse_report(
        '---\ntitle: "Tellen"\nperiod: 2025-01-01 .. 2025-12-31\naudience: council\nk: 5\ncoder: Hanne\n---\n'
    )
    assert dutch.problems == english.problems == ()
    assert dutch.front == english.front
    assert dutch.front.title == "Tellen"
    assert dutch.front.period == (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    assert dutch.front.audience is Audience.COUNCIL
    assert (dutch.front.k, dutch.front.coder, dutch.front.instrument) == (5, "Hanne", "")


def test_what_is_wrong_at_the_top_is_said_with_its_line() -> None:
    assert _problems("---\nperiode: 2025\ntitell: x\npubliek: buren\nk: nul\nlos\n---\n") == [
        (2, '"2025" is not a period; write it as 2025-01-01..2025-12-31'),
        (3, 'I do not know "titell" at the top of a report; did you mean "titel"?'),
        (4, '"buren" is not an audience; choose intern, raad or publiek'),
        (5, '"nul" is not a number for k; give a whole number from 1'),
        (6, "write this line as key: value"),
    ]
    assert _problems("---\nperiode: 2025-12-31..2025-01-01\n---\n")[0][0] == 2
    assert _problems("---\ntitel: x\n") == [(1, "the block at the top has no closing line ---")]


def test_words_keep_their_look_and_their_line() -> None:
    nodes = parse_report("---\ntitel: x\n---\n\n# Een **kop**\n\nGewoon\n*schuin* en [hier](https://x.be).\n").nodes
    assert nodes == (
        HeadingNode(1, (Text("Een ", line=5), Text("kop", strong=True, line=5)), 5),
        ParagraphNode(
            (
                Text("Gewoon", line=7),
                Text(" ", line=8),
                Text("schuin", emphasis=True, line=8),
                Text(" en ", line=8),
                Text("hier", link="https://x.be", line=8),
                Text(".", line=8),
            ),
            7,
        ),
    )


def test_a_placeholder_within_a_sentence_keeps_the_look_around_it() -> None:
    nodes = parse_report("Er zijn **{{ aantal gezinnen\n  jaar=2025 }}** gezinnen.").nodes
    number = Placeholder("aantal gezinnen", {"jaar": "2025"}, 1)
    assert nodes == (
        ParagraphNode((Text("Er zijn ", line=1), Inserted(number, strong=True), Text(" gezinnen.", line=2)), 1),
    )


def test_placeholders_alone_on_their_lines_stand_apart() -> None:
    nodes = parse_report("{{ tabel verandering per=groep }}\n{{ grafiek verandering }}\n\n{{ a }} {{ b }}\n").nodes
    assert nodes[:2] == (
        InsertNode(Placeholder("tabel verandering", {"per": "groep"}, 1)),
        InsertNode(Placeholder("grafiek verandering", {}, 2)),
    )
    assert isinstance(nodes[2], ParagraphNode)


def test_lists_quotes_tables_and_rules_become_nodes() -> None:
    text = "- een\n  - twee\n\n> aside\n\nTabel: Wie\n\n| a | b |\n|---|--:|\n| {{ n }} | c |\n\n---\n"
    one, aside, table, rule = parse_report(text).nodes
    inner = ListNode((ItemNode((Text("twee", line=2),), (), 2),), ordered=False, line=2)
    assert one == ListNode((ItemNode((Text("een", line=1),), (inner,), 1),), ordered=False, line=1)
    assert aside == QuoteNode((ParagraphNode((Text("aside", line=4),), 4),), 4)
    assert table == TableNode(
        header=((Text("a", line=8),), (Text("b", line=8),)),
        rows=(((Inserted(Placeholder("n", {}, 10)),), (Text("c", line=10),)),),
        align=("", "right"),
        caption=(Text("Wie", line=6),),
        line=8,
    )
    assert rule == RuleNode(12)


def test_placeholders_are_listed_in_reading_order() -> None:
    text = "# {{ a }}\n\n- x {{ b }}\n  - {{ c }}\n\n> {{ d }}\n\n{{ e }}\n\n| {{ f }} |\n|---|\n| {{ g }} |\n"
    found = [(each.name, each.line) for each in placeholders(parse_report(text).nodes)]
    assert found == [("a", 1), ("b", 3), ("c", 4), ("d", 6), ("e", 8), ("f", 10), ("g", 12)]


def test_unclosed_and_unopened_braces_are_problems_with_their_line() -> None:
    assert _problems("Een\ntwee {{ aantal\n\ndrie }} vier\n\n{{ a {{ b }}\n") == [
        (2, "{{ is not closed with }}"),
        (4, "}} without {{ before it"),
        (6, "{{ is not closed with }}"),
    ]


def test_braces_in_code_or_after_a_backslash_are_plain_words() -> None:
    source = parse_report("Schrijf `{{ naam }}` of \\{{ naam \\}}.")
    assert source.problems == ()
    assert source.nodes == (ParagraphNode((Text("Schrijf {{ naam }} of {{ naam }}.", line=1),), 1),)


def test_comments_are_dropped_and_what_cannot_stand_in_word_is_said() -> None:
    text = (
        "<!-- voor Els -->\n\nTekst <!-- later --> hier.\n\n![x](y.png)\n\n<div>x</div>\n\n    code\n\n- a\n\n  > b\n"
    )
    source = parse_report(text)
    assert isinstance(source.nodes[0], ParagraphNode)
    assert "".join(piece.text for piece in source.nodes[0].words if isinstance(piece, Text)) == "Tekst  hier."
    assert [(problem.line, str(problem)) for problem in source.problems] == [
        (5, "a picture cannot stand in a report source; add it in Word"),
        (7, "HTML cannot stand in a report; write it in Markdown"),
        (9, "a block of code cannot stand in a report; begin the line further to the left"),
        (13, "this cannot stand within a list; begin it at the margin"),
    ]


def test_a_file_with_problems_is_refused_with_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "raad.md"
    path.write_text("Een {{ twee\n\ndrie }}\n", "utf-8")
    with pytest.raises(BadReport) as refused:
        load_report(path)
    assert str(refused.value) == (
        "raad.md, line 1: {{ is not closed with }} (and 1 more problem)\n  line 3: }} without {{ before it"
    )


def test_a_file_from_windows_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "raad.md"
    path.write_bytes("\ufeff---\r\ntitel: Één\r\n---\r\n\r\nTekst\r\n".encode())
    source = load_report(path)
    assert source.front.title == "Één"
    assert source.nodes == (ParagraphNode((Text("Tekst", line=5),), 5),)


def test_a_file_that_is_no_text_or_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "raad.md"
    with pytest.raises(UnreadableFile) as missing:
        load_report(path)
    assert "it is not there" in str(missing.value)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableFile) as binary:
        load_report(path)
    assert "it is not saved as plain text in UTF-8" in str(binary.value)


def test_an_aside_that_opens_with_a_bold_line_is_a_box() -> None:
    box, aside = parse_report("> **Onze vraag**\n>\n> Wil de raad *helpen*?\n\n> **Vet** en gewoon\n>\n> Meer.\n").nodes
    assert box == BoxNode(
        (Text("Onze vraag", strong=True, line=1),),
        ((Text("Wil de raad ", line=3), Text("helpen", emphasis=True, line=3), Text("?", line=3)),),
        1,
    )
    assert isinstance(aside, QuoteNode)


def test_the_front_knows_municipalities_house_style_and_language_with_their_lines() -> None:
    text = "---\ngemeenten: [Oudermeer, 'Lindebeke', Oudermeer]\nhuisstijl: huis.docx\ntaal: Engels\n---\n"
    front = parse_report(text).front
    assert (front.municipalities, front.style, front.language) == (("Oudermeer", "Lindebeke"), "huis.docx", "en")
    assert (front.line("style"), front.line("title")) == (3, 1)
    assert parse_report("---\ngemeenten: alle\n---\n").front.municipalities == ()


def test_a_key_that_is_given_twice_or_a_style_that_is_no_word_file_is_a_problem() -> None:
    found = parse_report("---\ntitel: Een\ntitle: Twee\nhuisstijl: huis.pdf\n---\n")
    assert [(each.line, str(each)) for each in found.problems] == [
        (3, '"title" stands on line 2 already'),
        (4, '"huis.pdf" is not a Word file; write the name of a .docx beside this text'),
    ]
    assert found.front.title == "Een"
