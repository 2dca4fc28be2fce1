"""The key: one name, one replacement, in all sources and all windows; and a file that people may edit in Excel."""

from __future__ import annotations

import stat
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verhalen import errors
from verhalen.model.masking import NameKind
from verhalen.privacy.keyfile import Entry, KeyRows, parse_rows, rows_text
from verhalen.privacy.matching import NameIndex
from verhalen.privacy.pseudonyms import Key

PERSON = NameKind.PERSON


@pytest.fixture
def key(tmp_path: Path) -> Key:
    return Key.new(tmp_path / "apart" / "sleutel.csv", "abc123")


def test_each_kind_counts_on_its_own(key: Key) -> None:
    assert key.replacement_for("Mieke Peeters", PERSON) == "[persoon 1]"
    assert key.replacement_for("Oostmalle", NameKind.PLACE) == "[plaats 1]"
    assert key.replacement_for("Jan Wouters", PERSON) == "[persoon 2]"
    assert key.replacement_for("jan@voorbeeld.be", NameKind.MAIL) == "[e-mail 1]"


@pytest.mark.parametrize("written", ["mieke peeters", "MIEKE  PEETERS", "Miéke\nPeeters", "Mie\u0301ke Peeters"])
def test_the_same_name_however_written_keeps_its_replacement(key: Key, written: str) -> None:
    assert key.replacement_for("Mieke Peeters", PERSON) == "[persoon 1]"
    assert key.replacement_for(written, PERSON) == "[persoon 1]"
    assert len(key.entries) == 1


def test_one_telephone_written_in_four_ways_is_one_telephone(key: Key) -> None:
    ways = ["0471 12 34 56", "+32 471 12 34 56", "0032471123456", "0471/12.34.56"]
    assert {key.replacement_for(each, NameKind.PHONE) for each in ways} == {"[telefoon 1]"}


def test_a_first_name_shares_with_the_one_fuller_name_that_it_fits(key: Key) -> None:
    key.replacement_for("Mieke Peeters", PERSON)
    assert key.replacement_for("Mieke", PERSON) == "[persoon 1]"


def test_a_first_name_that_fits_two_gets_its_own(key: Key) -> None:
    key.replacement_for("Mieke Peeters", PERSON)
    key.replacement_for("Mieke Janssens", PERSON)
    assert key.replacement_for("Mieke", PERSON) == "[persoon 3]"


def test_somebody_of_a_family_is_named_by_role_and_code(key: Key) -> None:
    assert key.replacement_for("Rita", PERSON, family="G012", role="moeder") == "[moeder G012]"
    assert key.replacement_for("Tim", PERSON, family="G012", role="kind") == "[kind G012]"
    assert key.replacement_for("Lotte", PERSON, family="G012", role="kind") == "[kind G012 2]"
    assert key.replacement_for("Tim", PERSON) == "[kind G012]"


def test_what_was_saved_is_there_after_reopening(key: Key) -> None:
    key.replacement_for("Mieke Peeters", PERSON)
    key.set_nickname("G012", "De Zwaluwen")
    key.save()
    again = Key.load(key.path, id="abc123")
    assert again.entries == (Entry("Mieke Peeters", PERSON, "[persoon 1]"),)
    assert again.nicknames() == {"G012": "De Zwaluwen"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights another way")
def test_nobody_else_may_read_the_file(key: Key) -> None:
    key.replacement_for("Mieke", PERSON)
    key.save()
    assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
    assert sorted(each.suffix for each in key.path.parent.iterdir()) == [".csv", ".lock"]


def test_excel_can_open_the_file(key: Key) -> None:
    key.replacement_for("Zoë", PERSON)
    key.replacement_for("+32 471 12 34 56", NameKind.PHONE)
    key.save()
    assert (
        key.path.read_bytes()
        == (
            "\ufeffnaam;soort;vervanging\r\n;sleutel;abc123\r\nZoë;persoon;[persoon 1]\r\n"
            "'+32 471 12 34 56;telefoon;[telefoon 1]\r\n"
        ).encode()
    )
    assert Key.load(key.path).names() == {"Zoë": PERSON, "+32 471 12 34 56": NameKind.PHONE}


def test_a_file_that_excel_spoilt_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "sleutel.csv"
    text = 'Soort,Vervanging,"Naam"\r\n,,\r\nsleutel,k1,\r\npersoon,[persoon 4],Zoë\r\nbijnaam,G012,"De Zwaluwen"\r\n'
    for encoding in ("cp1252", "utf-8", "utf-8-sig", "utf-16"):
        path.write_bytes(text.encode(encoding))
        key = Key.load(path)
        assert (key.id, key.names(), key.nicknames()) == ("k1", {"Zoë": PERSON}, {"G012": "De Zwaluwen"})
        assert key.replacement_for("Jan", PERSON) == "[persoon 5]"


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("Jan;persoon;[persoon 1]\nTim;persoon;[persoon 1]", 4),
        ("Jan;persoon;[persoon 1]\njan;persoon;[persoon 2]", 4),
        ("Jan;hond;[persoon 1]", 3),
        ("Jan;persoon;persoon 1", 3),
        ("Jan;persoon;", 3),
        ("De Bij;bijnaam;G1\nDe Wesp;bijnaam;G1", 4),
        (";sleutel;ander", 1),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_by_line_and_without_names(
    tmp_path: Path, rows: str, line: int
) -> None:
    path = tmp_path / "sleutel.csv"
    path.write_text(f"naam;soort;vervanging\n;sleutel;k1\n{rows}\n", "utf-8")
    with pytest.raises(errors.BadKey) as caught:
        Key.load(path)
    assert caught.value.values["line"] == line
    assert not any(name in str(caught.value) for name in ("Jan", "Tim", "Bij", "Wesp"))
    assert "verhalen key use" in str(caught.value)


def test_two_names_may_share_where_the_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "sleutel.csv"
    path.write_text(
        "naam;soort;vervanging;gedeeld\n;sleutel;k1\nMieke Peeters;persoon;[persoon 1]\nMieke;persoon;[persoon 1]\n"
        "Jan;persoon;[persoon 2];ja\nJean;persoon;[persoon 2];ja\nGent;plaats;[stad]\nAalst;plaats;[stad]\n",
        "utf-8",
    )
    assert Key.load(path).replacement_of("Jean") == "[persoon 2]"


def test_a_spelling_can_be_joined_to_another_name(key: Key) -> None:
    key.replacement_for("Mieke", PERSON)
    key.replacement_for("Mike", PERSON)
    key.set_replacement("Mike", "[persoon 1]")
    key.save()
    assert Key.load(key.path).replacement_of("Mike") == "[persoon 1]"


@pytest.mark.parametrize("typed", ["stad", "[]", "[st]ad]", "[" + "x" * 60 + "]", "[bij Mieke]", "[MIÉKE]"])
def test_a_replacement_that_would_not_do_is_refused(key: Key, typed: str) -> None:
    key.replacement_for("Mieke", PERSON)
    with pytest.raises(errors.BadInput):
        key.set_replacement("Mieke", typed)
    assert key.replacement_of("Mieke") == "[persoon 1]"


def test_what_texts_may_hold_already_stays_as_it_is(key: Key) -> None:
    key.replacement_for("Mieke", PERSON)
    key.save()
    with pytest.raises(errors.BadInput):
        Key.load(key.path).set_replacement("Mieke", "[iemand]")


def test_two_windows_never_give_one_replacement_to_two_names(key: Key) -> None:
    other = Key.load(key.path)
    assert key.replacement_for("Mieke", PERSON) == "[persoon 1]"
    assert other.replacement_for("Jan", PERSON) == "[persoon 1]"
    key.save()
    other.save()
    assert other.replacement_of("Jan") == "[persoon 2]"
    assert other.replacement_of("Mieke") == "[persoon 1]"


def test_two_windows_never_give_one_name_two_replacements(key: Key) -> None:
    other = Key.load(key.path)
    other.replacement_for("Jan", PERSON)
    other.replacement_for("Mieke", PERSON)
    key.replacement_for("Mieke", PERSON)
    key.save()
    other.save()
    assert Key.load(key.path).replacement_of("Mieke") == other.replacement_of("Mieke") == "[persoon 1]"


def test_many_windows_at_once_leave_every_name_its_own(key: Key) -> None:
    def work(number: int) -> None:
        mine = Key.load(key.path)
        for name in ("Mieke", f"Naam{number}x"):
            mine.replacement_for(name, PERSON)
            mine.save()

    windows = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for each in windows:
        each.start()
    for each in windows:
        each.join()
    entries = Key.load(key.path).entries
    assert len(entries) == len({each.replacement for each in entries}) == 7


def test_a_lost_key_that_is_begun_anew_reuses_no_number(key: Key, tmp_path: Path) -> None:
    key.replacement_for("Mieke", PERSON)
    key.replacement_for("Jan", PERSON)
    key.replacement_for("Rita", PERSON, family="G012", role="moeder")
    fresh = Key.new(tmp_path / "nieuw.csv", reserved=key.numbers())
    assert fresh.replacement_for("Els", PERSON) == "[persoon 3]"
    assert fresh.replacement_for("Rita", PERSON, family="G012", role="moeder") == "[moeder G012 2]"


def test_the_numbers_that_a_project_keeps_hold_no_name(key: Key) -> None:
    key.replacement_for("Mieke", PERSON)
    assert key.numbers() == {"persoon": 1}


def test_another_key_and_no_key_say_what_to_do(key: Key, tmp_path: Path) -> None:
    with pytest.raises(errors.WrongKey, match="verhalen key use"):
        Key.load(key.path, id="iets anders")
    with pytest.raises(errors.NoKey, match="verhalen key new"):
        Key.load(tmp_path / "weg.csv")


def test_a_new_key_never_takes_the_place_of_another(key: Key) -> None:
    with pytest.raises(errors.FileExists):
        Key.new(key.path)


def test_proposals_leave_no_trace(key: Key) -> None:
    assert key.scratch().replacement_for("Mieke", PERSON) == "[persoon 1]"
    key.save()
    assert key.entries == ()


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=12).filter(
    lambda text: any(each.isalpha() for each in text)
)


@given(st.lists(st.tuples(NAMES, st.sampled_from(list(NameKind))), max_size=12))
def test_every_key_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, names: list[tuple[str, NameKind]]
) -> None:
    key = Key(Path("nergens.csv"), KeyRows("k1", (), ()))
    for name, kind in names:
        key.replacement_for(name, kind)
    text = rows_text(KeyRows("k1", key.entries, ()))
    assert parse_rows(text, file="x").entries == key.entries


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Mieke", "Miekes jas, mieke's jas, MIÉKE", ["Mieke", "mieke", "MIÉKE"]),
        ("Mieke", "Miekeke en Tamieke", []),
        ("Mieke Peeters", "mieke_peeters.docx en Mieke\nPeeters", ["mieke_peeters", "Mieke\nPeeters"]),
        ("Mieke Peeters", "Mieke, Peeters", []),
        ("An", "an An AN Ans", ["An"]),
        ("jan@voorbeeld.be", "mail Jan@voorbeeld.be nu", ["Jan@voorbeeld.be"]),
    ],
)
def test_names_are_found_as_whole_words(name: str, text: str, found: list[str]) -> None:
    assert [text[hit.start : hit.stop] for hit in NameIndex([name]).find(text)] == found


def test_columns_of_ones_own_stay_when_names_are_added(tmp_path: Path) -> None:
    path = tmp_path / "sleutel.csv"
    path.write_text(
        "naam;soort;vervanging;opmerking\n;sleutel;k1;van Greet\nMieke;persoon;[persoon 1];=mama\nDe Zwaan;bijnaam;G007;x\n",
        "utf-8",
    )
    key = Key.load(path)
    key.replacement_for("Jef", NameKind.PERSON)
    key.set_kind("Mieke", NameKind.OTHER)
    key.save()
    rows = [line.split(";") for line in path.read_text("utf-8-sig").splitlines()]
    assert rows[0] == ["naam", "soort", "vervanging", "opmerking"]
    assert rows[1][3] == "van Greet"
    assert ["Mieke", "andere", "[persoon 1]", "'=mama"] in rows
    assert ["Jef", "persoon", "[persoon 2]", ""] in rows
    assert ["De Zwaan", "bijnaam", "G007", "x"] in rows
    assert ("=mama",) in [entry.notes for entry in Key.load(path).entries]
