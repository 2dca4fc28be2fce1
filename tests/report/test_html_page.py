"""A report as one page: what everybody can read, and what must never be in it."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from verhalen import errors
from verhalen.i18n import language, set_language
from verhalen.privacy.clearance import Audience, Cleared, own_words
from verhalen.privacy.disclosure import clear_count
from verhalen.report import docx_style
from verhalen.report.blocks import (
    Block,
    Callout,
    Chart,
    Contents,
    Filled,
    Heading,
    ListBlock,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Quotation,
    Run,
    Series,
    Table,
)
from verhalen.report.html_page import page_of, write_page

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


def w(text: str) -> Cleared[str]:
    return own_words(text)


def counted(*numbers: int | None) -> tuple[Cleared[int | None] | None, ...]:
    return tuple(None if number is None else clear_count(number, Audience.INTERNAL) for number in numbers)


CHART = Chart(
    (w("Wonen"), w("Geld & werk")),
    (Series(w("Beter"), counted(8, 7), "better"), Series(w("Slechter"), counted(None, 6), "worse")),
    w("Verandering"),
)
BLOCKS: tuple[Block, ...] = (
    Contents(w("Inhoud")),
    Heading(1, w("Wie we bereiken")),
    Heading(3, w("Te diep")),
    Paragraph(
        (Run(w("Zie "), strong=True), Run(w("onze site"), link="https://voorbeeld.be"), Run(w(".\nTweede lijn")))
    ),
    Paragraph(w("Terzijde"), quoted=True),
    ListBlock((ListItem(w("een"), (ListBlock((ListItem(w("binnen")),), ordered=True),)),)),
    Quotation(w("Nu is het <warm>.\nHier."), w("een ouder"), w("1 van de 7 verhalen")),
    Filled(
        "x",
        (
            Table(
                (w(""), w("Aantal")),
                ((w("Alle"), w("24")), (w("Nieuw"), w("niet getoond"))),
                w("Gezinnen"),
                ("left", "right"),
            ),
        ),
    ),
    Table(tuple(w(each) for each in "abcde"), (tuple(w(each) for each in "12345"),), w("Breed"), note=w("n is klein")),
    CHART,
    Callout(w("Grenzen"), (w("Zonder vergelijkingsgroep."),)),
    Note(w("Kleine letters.")),
    PageBreak(),
)


@pytest.fixture
def page() -> Any:
    return html.document_fromstring(
        page_of(BLOCKS, title="Cijfers <en> verhalen", today=TODAY, subtitle="Voor de raad")
    )


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_page_says_its_language_title_and_day(page: Any) -> None:
    assert page.get("lang") == "nl-BE"
    assert words(page.find(".//title")) == "Cijfers <en> verhalen"
    assert [words(each) for each in page.iter("h1")] == ["Cijfers <en> verhalen"]
    assert words(page.find(".//footer")) == "Made on 22/11/2026."


def test_headings_never_skip_a_level_and_the_contents_lead_to_them(page: Any) -> None:
    headings = list(page.iter("h1", "h2", "h3", "h4"))
    assert [(each.tag, words(each)) for each in headings[1:]] == [("h2", "Wie we bereiken"), ("h3", "Te diep")]
    assert [each.get("href") for each in page.iter("a")] == [f"#{each.get('id')}" for each in headings[1:]]


def test_every_table_has_a_caption_and_headers_with_a_scope(page: Any) -> None:
    first, second = page.iter("table")
    assert [words(each.find("caption")) for each in (first, second)] == ["Table 1. Gezinnen", "Table 2. Breed"]
    assert [(each.tag, each.get("scope"), words(each)) for each in first.iter("th", "td")] == [
        ("td", None, ""),
        ("th", "col", "Aantal"),
        ("th", "row", "Alle"),
        ("td", None, "24"),
        ("th", "row", "Nieuw"),
        ("td", None, "niet getoond"),
    ]
    named = {each.get("id"): words(each) for each in page.xpath("//*[@id]")}
    [box] = page.xpath("//div[@role='region']")  # only the wide one scrolls, and can be reached
    assert (box.get("tabindex"), named[box.get("aria-labelledby")]) == ("0", "Table 2. Breed")


def test_a_chart_says_its_numbers_in_words_and_leaves_out_what_is_masked(page: Any) -> None:
    [drawn] = page.iter("svg")
    title, said = drawn.get("aria-labelledby").split()
    named = {each.get("id"): words(each) for each in page.xpath("//*[@id]")}
    assert (drawn.get("role"), named[title]) == ("img", "Figure 1")
    assert (
        named[said] == "Stacked bars of counts. Wonen: Beter 8, Slechter not shown. Geld & werk: Beter 7, Slechter 6."
    )
    bars = [each for each in drawn.iter("rect") if each.get("height") == "26.0"]
    assert [float(each.get("width")) for each in bars] == pytest.approx(
        [638 * 8 / 13, 638 * 7 / 13, 638 * 6 / 13], abs=0.1
    )
    assert "Wonen: beter 8" in [words(each) for each in drawn.iter("text")]
    assert (
        words(page.xpath("//figure[svg]/following-sibling::p")[0])
        == "A number that is not shown is left out of its bar."
    )


def test_nothing_comes_from_outside_and_nothing_runs() -> None:
    text = page_of(BLOCKS, title="x", today=TODAY)
    assert not re.search(r"<script|\bsrc=|@import|url\((?!#)|\son\w+=", text)
    assert re.findall(r'href="(?!#)', text) == []
    assert "onze site (https://voorbeeld.be)" in text


def test_words_are_words_and_never_tags(page: Any) -> None:
    [quote] = page.xpath("//figure[@class='citaat']")
    assert words(quote) == "“Nu is het <warm>.Hier.”— een ouder · 1 van de 7 verhalen"
    assert page.xpath("//warm") == []


def test_colours_keep_their_contrast() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    white = "FFFFFF"
    pairs = [(docx_style.INK, white), (docx_style.GREY, white), (docx_style.ACCENT, white)]
    pairs += [
        (docx_style.INK, docx_style.WARM),
        (docx_style.INK, docx_style.TINT),
        (docx_style.ACCENT, docx_style.TINT),
    ]
    assert [pair for pair in pairs if light(pair[1]) / light(pair[0]) < 4.5] == []


def test_the_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_page(BLOCKS, tmp_path / "a.html", title="x", today=TODAY)
    write_page(BLOCKS, tmp_path / "b.html", title="x", today=TODAY)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    with pytest.raises(errors.CannotWrite):
        write_page(BLOCKS, tmp_path / "er niet" / "a.html", title="x", today=TODAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]
