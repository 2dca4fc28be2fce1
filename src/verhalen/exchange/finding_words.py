"""What the columns of the tables of scores are: the codebook that goes with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from verhalen.i18n import mark, t
from verhalen.scores.pairs import NotPaired

WHAT = {
    "instrument": mark("key of the instrument"),
    "per": mark("what a row stands for: item, domain, group, section or instrument"),
    "sleutel": mark("key of the item, life domain, group or own domain"),
    "naam": mark("its name"),
    "niveau": mark("whom it asks about: gezin, volwassene, kind; empty where that is mixed"),
    "splitsing": mark("the attribute by which families are split; empty where they are not"),
    "waarde": mark("value of that attribute"),
    "regel": mark("how the persons of a family make one value"),
    "n": mark("pairs: families, or persons under per_persoon"),
    "gezinnen": mark("families behind the row"),
    "personen": mark("persons behind it"),
    "vooruit": mark("pairs that went up"),
    "gelijk": mark("pairs that stayed the same"),
    "achteruit": mark("pairs that went down"),
    "gelijk_bevestigd": mark("of the same: confirmed item by item"),
    "gelijk_in_blok": mark("of the same: confirmed with a whole domain at once"),
    "gelijk_overgedragen": mark("of the same: nobody looked again since the baseline"),
    "gelijk_gemengd": mark("of the same: as much went up as went down"),
    "niet_gepaard": mark("families without a pair"),
    "samenstelling_gewijzigd": mark("families in which somebody came or left in between"),
    "zonder_registratie_in_venster": mark("paired families without a registration in the window"),
    "bodem": mark("pairs that began on the lowest level"),
    "plafond": mark("pairs that began on the highest level"),
    "mediaan_verschil": mark("the middle step from baseline to follow-up"),
    "dominantie": mark("dominance: (up - down) / n, from -1 to 1"),
    "dominantie_laag": mark("lower end of its 95% interval"),
    "dominantie_hoog": mark("upper end of its 95% interval"),
    "vooruit_aandeel": mark("up / n, from 0 to 1"),
    "vooruit_laag": mark("lower end of its 95% interval"),
    "vooruit_hoog": mark("upper end of its 95% interval"),
    "achteruit_aandeel": mark("down / n, from 0 to 1"),
    "achteruit_laag": mark("lower end of its 95% interval"),
    "achteruit_hoog": mark("upper end of its 95% interval"),
    "tekentoets_p": mark("p of the sign test, exact, two-sided"),
    "tekentoets_p_holm": mark("the same, corrected by Holm over the rows"),
    "wilcoxon_p": mark("p of Wilcoxon's signed-rank test, exact"),
    "rang_biseriaal": mark("matched rank-biserial correlation, from -1 to 1"),
    "drempel": mark("the value that one reaches or not"),
    "drempel_voor": mark("pairs at or above it at the baseline"),
    "drempel_na": mark("pairs at or above it at the follow-up"),
    "drempel_erbij": mark("pairs that reached it"),
    "drempel_eraf": mark("pairs that fell below it"),
    "mcnemar_p": mark("p of McNemar's test, exact"),
    "wilcoxon_methode": mark("how Wilcoxon's test treats what did not change"),
    "bootstrap_seed": mark("with which the draws can be repeated"),
    "bootstrap_trekkingen": mark("number of draws"),
    "duiding_nodig": mark("why a change of this item needs reading"),
    "niet_bepaald_omdat": mark("why a value is not there"),
    "gezin": mark("code of the family"),
    "lid": mark("member of the family, under per_persoon"),
    "voor": mark("value at the baseline; in a table of transitions the number of indicators"),
    "na": mark("value at the follow-up"),
    "laatst_gezien": mark("how the value was last seen after the baseline"),
    "reden": mark("why it went down, as was written with the scores"),
    "soort": mark("item, or own domain of the instrument"),
    "levensdomein": mark("key of its life domain"),
    "items": mark("how many items it has"),
    "mediaan": mark("the lower middle value"),
    "opvolging": mark("whether the family is in the table of change, or why not"),
    "deel": mark("part of the table"),
    "van": mark("out of so many families"),
    "aandeel": mark("share, from 0 to 1"),
    "laag": mark("lower end of its 95% interval"),
    "hoog": mark("upper end of its 95% interval"),
    "p": mark("p of the test"),
    "voor_min": mark("fewest indicators at the baseline, whatever is missing"),
    "voor_max": mark("most indicators at the baseline, whatever is missing"),
    "na_min": mark("fewest indicators at the follow-up"),
    "na_max": mark("most indicators at the follow-up"),
    "klasse": mark("class of the family; undecided where what is missing decides"),
    "deelklasse": mark("part of that class"),
    "ontbreekt": mark("indicators that are not known"),
    "gekeerd": mark("indicators that changed"),
}
"""Column to marked words. One that stands in several tables means the same in all."""
HEADER = ("tabel", "kolom", "wat")


def codebook_of(sheets: Mapping[str, tuple[Sequence[str], object]]) -> Iterator[list[object]]:
    """A row for every column of every table."""
    for sheet, (header, _) in sheets.items():
        for column in header:
            yield [sheet, column, _what(column)]


def _what(column: str) -> str:
    if column in WHAT:
        return t(WHAT[column])
    start, _, value = column.rpartition("_")
    if value.isdecimal():
        if start == "waarde":
            return t("how many have the value {value}", value=value)
        return t("families with {n} indicators at the follow-up", n=value)
    return t("families without a pair: {reason}", reason=t(NotPaired(column).label))
