"""New words cut into the bytes of a Word file: whatever was there and whatever comes, the rest keeps its bytes."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verhalen.errors import NotWhatItSays
from verhalen.report.docx_xml import clean
from verhalen.report.word_charts import Drawn, drawn, with_numbers
from verhalen.report.word_edits import Marker, rewrite, swaps, text_xml
from verhalen.report.word_ranges import Words
from verhalen.report.word_xml import Edit, W, escaped, parse, spliced

DAY = dt.date(2026, 11, 22)
texts = st.text(st.characters(codec="utf-8"), max_size=25).map(
    lambda text: clean(text).replace("\n", "").replace("\t", "")
)
HEAD = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>voor &gt; 1</w:t></w:r>'.encode()
START = b'<w:bookmarkStart w:id="1" w:name="vh012345_1"/>'
TAIL = b"<w:bookmarkEnd w:id=\"1\"/><w:r><w:t title='a>b'>na</w:t></w:r></w:p></w:body></w:document>"


def document(runs: list[tuple[str, bool]]) -> bytes:
    """Runs within a bookmark, some of them in a tracked insertion of somebody else."""
    made = []
    for text, is_inserted in runs:
        run = b"<w:r><w:rPr><w:b/></w:rPr>" + text_xml(text) + b"</w:r>"
        made.append(b'<w:ins w:id="9" w:author="Ria">' + run + b"</w:ins>" if is_inserted else run)
    return HEAD + START + b"".join(made) + TAIL


@given(st.lists(st.tuples(texts, st.booleans()), max_size=4), texts, st.booleans())
def test_any_words_become_any_words_and_nothing_else_changes(
    runs: list[tuple[str, bool]], new: str, keeps_old: bool
) -> None:
    data = document(runs)
    words = Words(data)
    found = words.ranges["vh012345_1"][0]
    assert found.text == "".join(text for text, _ in runs)
    after = spliced(data, rewrite(words, found, swaps(found.text, new), Marker(DAY, 100, keeps_old)))
    assert Words(after).ranges["vh012345_1"][0].text == new
    assert after.startswith(HEAD + START)
    assert after.endswith(TAIL)


@given(texts, texts)
def test_swaps_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    made, at = "", 0
    for swap in swaps(old, new):
        assert at <= swap.start <= swap.stop
        made += old[at : swap.start] + swap.new
        at = swap.stop
    assert made + old[at:] == new


def test_only_the_number_in_a_sentence_is_marked() -> None:
    data = document([("Gevolgd zijn er 20 van de 24.", False)])
    words = Words(data)
    found = words.ranges["vh012345_1"][0]
    wanted = swaps(found.text, "Gevolgd zijn er 21 van de 24.")
    after = spliced(data, rewrite(words, found, wanted, Marker(DAY, 100, keeps_old=True))).decode()
    assert re.findall(r"<w:delText[^>]*>([^<]*)", after) == ["20"]
    assert re.findall(r'author="verhalen"[^>]*><w:r><w:rPr><w:b/></w:rPr><w:t[^>]*>([^<]*)', after) == ["21"]


def test_edits_at_one_place_keep_their_order_and_one_within_another_goes_with_it() -> None:
    edits = [Edit(2, 5, b"X"), Edit(3, 4, b"no"), Edit(2, 2, b"a"), Edit(2, 2, b"b"), Edit(5, 5, b"c")]
    assert spliced(b"0123456", edits) == b"01abXc56"


@pytest.mark.parametrize(
    "bad", [b"", b"<a>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b'<?xml version="1.0" encoding="latin1"?><a/>']
)
def test_what_is_no_sound_xml_is_refused(bad: bytes) -> None:
    with pytest.raises(NotWhatItSays):
        parse(bad)


CHART = (
    b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:ser><c:tx><c:strRef><c:strCache>'
    b'<c:pt idx="0"><c:v>Beter</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr/><c:cat><c:strCache><c:ptCount val="2"/>'
    b'<c:pt idx="0"><c:v>Wonen</c:v></c:pt><c:pt idx="1"><c:v>Werk &amp; taal</c:v></c:pt></c:strCache></c:cat><c:val><c:numRef>'
    b'<c:f>Sheet1!$B$2:$B$3</c:f><c:numCache><c:formatCode>0</c:formatCode><c:ptCount val="2"/><c:pt idx="1"><c:v>4.0</c:v></c:pt>'
    b"</c:numCache></c:numRef></c:val></c:ser></c:chartSpace>"
)


def test_a_chart_gets_numbers_and_loses_them_and_keeps_its_looks() -> None:
    shown = drawn(CHART)
    assert shown == Drawn(("Wonen", "Werk & taal"), (("Beter", ("", "4")),))
    wanted = Drawn(shown.bars, (("Beter", ("7", "")),))
    after = with_numbers(CHART, wanted)
    assert drawn(after) == wanted
    assert after.split(b"<c:numCache>")[0] == CHART.split(b"<c:numCache>")[0]
    assert escaped("a<b>&") == b"a&lt;b&gt;&amp;"
