"""A report source with all kinds of words, as Word gets it: compared with `golden/report.md`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.word_dump import dump

from verhalen.i18n import language, set_language
from verhalen.privacy.clearance import Audience, Cleared, own_words
from verhalen.privacy.disclosure import clear_count
from verhalen.report.blocks import Block, Callout, Chart, Contents, Quotation, Series, Table
from verhalen.report.compose import Answers, compose
from verhalen.report.docx_writer import write_docx
from verhalen.report.placeholders import Placeholder
from verhalen.report.source import parse_report

GOLDEN = Path(__file__).parent / "golden" / "report.md"
SOURCE = """---
titel: Tellen en vertellen
ondertitel: Verslag over 2025
---

{{ inhoud }}

# In het kort

We begeleidden **{{ aantal gezinnen jaar=2025 }} gezinnen**. Dat is *veel*; zie [onze site](https://www.example.be).

{{ grenzen }}

1. Een vast aanspreekpunt.
2. Noodwoningen:
   - in Oudermeer
   - in Wilgenrode

En dan:

1. Weer van voren af.

> Wie vertelde, las zijn verhaal na.

---

## Verandering

{{ grafiek verandering }}
{{ tabel verandering }}

Tabel: Wie vertelde

| Rol | Verhalen |
|:----|--------:|
| **Moeder** | {{ verhalen rol=moeder }} |
| Vader | 2 |

{{ citaat domein=WON }}

# Samen gelegd

{{ samen }}

#### Een kop die te diep is
"""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


def _within(placeholder: Placeholder) -> Cleared[str]:
    return own_words({"aantal gezinnen": "24", "verhalen": "7"}[placeholder.name])


def _alone(placeholder: Placeholder) -> Sequence[Block]:
    w = own_words
    wide = tuple(w(name) for name in ("Domein", "Vooruit", "Gelijk", "Achteruit", "Verhalen", "Plus", "Min", "Duiding"))
    blocks: dict[str, Sequence[Block]] = {
        "inhoud": [Contents(w("Inhoud"))],
        "grenzen": [Callout(w("Lees dit mee"), (w("Dit is een momentopname."), w("Zonder vergelijkingsgroep.")))],
        "grafiek verandering": [
            Chart(
                (w("Wonen"), w("Opvoeding")),
                (
                    Series(w("vooruit"), (clear_count(8, Audience.COUNCIL), clear_count(5, Audience.COUNCIL))),
                    Series(w("achteruit"), (clear_count(2, Audience.COUNCIL), None)),
                ),
                w("Verandering per levensdomein"),
            )
        ],
        "tabel verandering": [
            Table(
                (w("Levensdomein"), w("Vooruit")),
                ((w("Wonen"), w("8")), (w("Opvoeding"), w("enkele"))),
                w("Verandering"),
                ("left", "right"),
                note=w("Elk gezin telt één keer."),
            )
        ],
        "citaat": [Quotation(w("Nu slapen we, hé.\nAllemaal."), w("moeder"), w("1 van de 7 verhalen"))],
        "samen": [Table(wide, ((w("Wonen"), *[w("3")] * 6, w("vult aan")),), w("Naast elkaar"))],
    }
    return blocks[placeholder.name]


def test_a_report_becomes_the_word_document_of_the_golden_file(tmp_path: Path) -> None:
    source = parse_report(SOURCE)
    assert source.problems == ()
    path = tmp_path / "rapport.docx"
    write_docx(
        compose(source.nodes, Answers(_within, _alone)),
        path,
        title=source.front.title,
        subtitle=source.front.subtitle,
        today=datetime.date(2026, 11, 22),
    )
    assert dump(path) == GOLDEN.read_text("utf-8")
