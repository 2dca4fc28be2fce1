"""The names of one text together: known names, speakers, promises that hold for any text, and how many marked names are found."""

import os
import sys
import unicodedata
from pathlib import Path
from time import process_time

import pytest
from bench.names import score, unmarked
from hypothesis import given, settings
from hypothesis import strategies as st

from verhalen.language.names import find_names
from verhalen.language.naming.frog import _found, frog_findings, installed
from verhalen.model.masking import Finding, NameKind
from verhalen.model.text import Span

KNOWN = {
    "Mieke Peeters": NameKind.PERSON,
    "Anne": NameKind.PERSON,
    "Jef": NameKind.PERSON,
    "Zoë": NameKind.PERSON,
    "Roos": NameKind.PERSON,
    "De Regenboog": NameKind.SCHOOL,
}


def shown(text: str, findings: list[Finding]) -> list[str]:
    return [text[each.span.start : each.span.stop] for each in findings]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("dat is Annes boek", "Anne"),
        ("dat is ANNE'S boek", "ANNE"),
        ("toen sliep Jefke", "Jefke"),
        ("met mieke\npeeters erbij", "mieke\npeeters"),
        ("met Mieke  Peeters erbij", "Mieke  Peeters"),
        ("en zoe ook", "zoe"),
        (unicodedata.normalize("NFD", "en Zoë ook"), unicodedata.normalize("NFD", "Zoë")),
        ("naar de regenboog", "de regenboog"),
    ],
)
def test_known_names_are_found_however_they_are_written(text: str, name: str) -> None:
    findings = find_names(text, known=KNOWN)
    assert shown(text, findings) == [name]
    assert findings[0].sure


def test_a_part_of_a_known_name_is_a_guess() -> None:
    text = "Volgens peeters is dat zo."
    [finding] = find_names(text, known=KNOWN)
    assert (shown(text, [finding]), finding.sure) == (["peeters"], False)


def test_a_known_name_that_is_an_everyday_word_is_a_guess_without_capital() -> None:
    text = "Roos plukt een roos."
    sure, guess = find_names(text, known=KNOWN)
    assert (sure.span, sure.sure) == (Span(0, 4), True)
    assert (guess.span, guess.sure) == (Span(15, 19), False)


def test_known_names_are_not_found_inside_words() -> None:
    assert find_names("de annexatie en de rozen", known=KNOWN) == []


def test_the_longest_known_name_wins() -> None:
    text = "Anne Mie belt"
    assert shown(text, find_names(text, known={"Anne": NameKind.PERSON, "Anne Mie": NameKind.PERSON})) == ["Anne Mie"]


def test_speakers_are_known_and_generic_labels_are_not() -> None:
    text = "xhevahire zag bo niet, maar Bo zag de coach, mama en de begeleider."
    labels = ["Xhevahire:", "Mama van Bo", "INT1", "R2", "Coach", "Mama", "Begeleider", "Interviewer", "Moderator"]
    assert set(shown(text, find_names(text, speakers=labels))) == {"xhevahire", "bo", "Bo"}


def test_frog_adds_what_rules_do_not_know() -> None:
    def tagger(text: str) -> list[tuple[str, str]]:
        return [(word, "B-PER" if word == "wietse" else "O") for word in text.split()]

    assert find_names("en wietse zong", frog=tagger)[0].span == Span(3, 9)


def test_frog_joins_words_of_one_name_and_may_fail() -> None:
    tagged = [("Jan", "B-PER"), ("Maes", "I-PER"), ("weg", "O"), ("Gent", "B-LOC")]
    assert [(each.kind, each.span) for each in frog_findings("Jan Maes is weg uit Gent", lambda _: tagged)] == [
        (NameKind.PERSON, Span(0, 8)),
        (NameKind.PLACE, Span(20, 24)),
    ]

    def broken(_: str) -> list[tuple[str, str]]:
        raise RuntimeError

    assert frog_findings("Jan", broken) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the pretended Frog is a shell script")
def test_frog_is_found_as_a_program_and_left_alone_when_nobody_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ["1\tBolleke\tBolleke\t[Bolleke]\tSPEC\t1.0\tB-PER", "2\tlacht\tlachen\t[lach]\tWW\t1.0\tO"]
    program = tmp_path / "frog"
    program.write_text("#!/bin/sh\ncat <<'END'\n" + "\n".join(rows) + "\nEND\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert installed() is None
    monkeypatch.delenv("VERHALEN_NO_FROG")
    _found.cache_clear()
    frog = installed()
    _found.cache_clear()
    assert frog is not None
    assert frog_findings("En Bolleke lacht.", frog) == [Finding(NameKind.PERSON, Span(3, 10), sure=False)]


PIECES = st.sampled_from(
    [
        *(
            "Jan",
            "Mieke",
            "Peeters",
            "van",
            "Van",
            "De",
            "den",
            "Gent",
            "Mol",
            "in",
            "OCMW",
            "basisschool",
            "Kerkstraat",
            "12",
        ),
        *(
            "bus 3",
            "0478 12 34 56",
            "BE68",
            "geboren",
            "1/2/1990",
            "@",
            ".",
            ",",
            ":",
            "\n",
            "[stad]",
            "G012",
            "juf",
            "heet",
            "'s",
        ),
        *(
            "-",
            "’",
            "é",
            "e\u0301",
            "İ",
            "ß",
            "ﬁ",
            "👩\u200d👧",
            "\u200f",
            "école",
            "at",
            "punt",
            "be",
            "www.x.be",
            "Sint-Jan",
            "B.",
        ),
        *("°", "(", ")", "9000", "'t", "Frans", "A", "1-ABC-234", "Annes", "Huis van het Kind"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)
)


@settings(deadline=None)
@given(TEXTS, st.lists(st.text(max_size=20), max_size=3))
def test_findings_are_in_order_apart_and_inside_any_text(text: str, speakers: list[str]) -> None:
    findings = find_names(text, known=KNOWN, speakers=speakers)
    stops = [0, *(each.span.stop for each in findings)]
    assert all(stop <= each.span.start for stop, each in zip(stops, findings, strict=False))
    assert stops[-1] <= len(text)


@settings(deadline=None)
@given(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzéëçıłABCDEŞ", min_size=1, max_size=15),
    st.text(alphabet="ab .,\n", max_size=20),
)
def test_a_known_name_is_always_found(name: str, around: str) -> None:
    text = f"{around} {name} {around}"
    findings = find_names(text, known={name: NameKind.PERSON})
    start = len(around) + 1
    assert any(each.span.overlaps(Span(start, start + len(name))) for each in findings) or (
        len(name) == 1 and name.islower()
    )


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "Jan ",
        "0 ",
        "a@a.",
        "a punt ",
        "[",
        "De Het ",
        "BE12 ",
        "geboren 1/2/1990 ",
        "Sint-",
        "(+",
        "Kerkstraat 12 ",
    ],
)
def test_hostile_text_takes_time_in_step_with_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        start = process_time()
        find_names((piece * (length // len(piece) + 1))[:length])
        return process_time() - start

    seconds(1_000)
    assert seconds(200_000) < 16 * seconds(50_000) + 0.5  # quadratic time would be 16 times as much and grow from there


def test_a_long_text_is_read_in_pieces_with_places_of_the_whole() -> None:
    line = "Toen kwam Mieke Peeters uit Gent. "
    text = line * 20_000
    findings = find_names(text)
    assert len(findings) == 40_000
    assert {text[each.span.start : each.span.stop] for each in findings} == {"Mieke Peeters", "Gent"}


def test_marks_are_taken_out_of_the_fixture() -> None:
    assert unmarked("a {p Jan} b {l Mol}.") == (
        "a Jan b Mol.",
        [Finding(NameKind.PERSON, Span(2, 5)), Finding(NameKind.PLACE, Span(8, 11))],
    )


def test_the_fixture_has_enough_marks() -> None:
    assert score("dev").marked.total() >= 250
    assert score("heldout").marked.total() >= 190


@pytest.mark.parametrize(
    ("half", "kind", "recall", "precision"),
    [
        ("dev", NameKind.PERSON, 0.97, 0.96),
        ("dev", NameKind.PLACE, 0.96, 0.94),
        ("dev", NameKind.ADDRESS, 0.95, 0.95),
        ("dev", NameKind.SCHOOL, 0.85, 0.95),
        ("dev", NameKind.SERVICE, 0.85, 0.88),
        ("heldout", NameKind.PERSON, 0.95, 0.95),
        ("heldout", NameKind.PLACE, 0.96, 0.95),
        ("heldout", NameKind.ADDRESS, 0.70, 0.95),
        ("heldout", NameKind.SCHOOL, 0.85, 0.95),
        ("heldout", NameKind.SERVICE, 0.80, 0.95),
    ],
)
def test_as_many_names_are_found_as_before(half: str, kind: NameKind, recall: float, precision: float) -> None:
    found = score(half)
    assert found.recall(kind) >= recall
    assert found.precision(kind) >= precision


@pytest.mark.parametrize("half", ["dev", "heldout"])
@pytest.mark.parametrize("kind", [NameKind.REGISTER, NameKind.ACCOUNT, NameKind.PHONE, NameKind.MAIL, NameKind.BIRTH])
def test_numbers_with_a_fixed_form_are_all_found(half: str, kind: NameKind) -> None:
    assert score(half).recall(kind) >= 0.98


@pytest.mark.parametrize(
    ("text", "speakers", "found"),
    [
        ("Ja. Mieke Verhoeven is mijn naam.", ["Mieke"], [(NameKind.PERSON, "Mieke Verhoeven")]),
        ("Dag Mieke Els komt ook.", ["Mieke"], [(NameKind.PERSON, "Mieke"), (NameKind.PERSON, "Els")]),
        ("Bel mij op 0471 12 34 56. Met Bolle gaat het.", [], [(NameKind.PHONE, "0471 12 34 56")]),
        ("Ze woont bij haar thuis in Oudermeer.", [], [(NameKind.PLACE, "Oudermeer")]),
        ("Zij is van 12/05/1985, zegt ze.", [], [(NameKind.BIRTH, "12/05/1985")]),
        ("Opgenomen op 12/05/2026.", [], []),
        ("We leven in Vrede en in Nood.", [], []),
    ],
)
def test_a_name_is_taken_as_a_whole_and_nothing_beside_it(
    text: str, speakers: list[str], found: list[tuple[NameKind, str]]
) -> None:
    findings = [each for each in find_names(text, speakers=speakers) if "Bolle" not in text[each.span.start :][:5]]
    assert [(each.kind, text[each.span.start : each.span.stop]) for each in findings] == found


def test_a_surname_behind_a_first_name_is_nothing_of_somebody_the_project_knows() -> None:
    text = "Dat zei An Wouters. En Wouters broer ook."
    findings = find_names(text, known={"Wouter": NameKind.PERSON})
    assert [text[each.span.start : each.span.stop] for each in findings] == ["An Wouters", "Wouter"]
