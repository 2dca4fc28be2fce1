"""The review: every place decided by a person, and after that no accepted name left and not one other letter changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verhalen import errors
from verhalen.model.masking import Finding, NameKind
from verhalen.model.text import Landmark, Span, Turn, normal_text
from verhalen.privacy.keyfile import KeyRows
from verhalen.privacy.matching import NameIndex
from verhalen.privacy.places import Piece
from verhalen.privacy.pseudonyms import Key
from verhalen.privacy.review import Review
from verhalen.privacy.swaps import SwapMap, apply_swaps, carry_landmarks, carry_turns

TALK = "COACH: Dag Mieke.\n\nMIEKE PEETERS: Dag. Mijn zoon Tim zit in Aalst, en miekes auto ook. Tim is zeven."


def finding(text: str, word: str, kind: NameKind = NameKind.PERSON, *, sure: bool = True, nth: int = 0) -> Finding:
    start = -1
    for _ in range(nth + 1):
        start = text.index(word, start + 1)
    return Finding(kind, Span(start, start + len(word)), sure)


@pytest.fixture
def key(tmp_path: Path) -> Key:
    return Key.new(tmp_path / "sleutel.csv", "k1")


@pytest.fixture
def review(key: Key) -> Review:
    findings = [
        finding(TALK, "Mieke"),
        finding(TALK, "MIEKE PEETERS"),
        finding(TALK, "Tim", sure=False),
        finding(TALK, "Aalst", NameKind.PLACE),
    ]
    return Review(
        key, {"text": Piece(TALK, findings), "title": Piece("Gesprek Mieke"), "file": Piece("tim_aalst.docx")}
    )


def test_everything_starts_accepted_and_one_name_has_one_replacement_everywhere(review: Review) -> None:
    assert review.masked() == (
        "COACH: Dag [persoon 1].\n\n[persoon 1]: Dag. Mijn zoon [persoon 2] zit in [plaats 1], "
        "en [persoon 1]s auto ook. [persoon 2] is zeven."
    )
    assert review.masked("title") == "Gesprek [persoon 1]"
    assert review.masked("file") == "[persoon 2]_[plaats 1].docx"


def test_a_guess_takes_no_word_in_lower_case_along(key: Key) -> None:
    text = "Roos gaf een roos aan ROOS."
    guess = Review(key, {"text": Piece(text, [finding(text, "Roos", sure=False)])})
    assert guess.masked() == "[persoon 1] gaf een roos aan [persoon 1]."
    sure = Review(key, {"text": Piece(text, [finding(text, "Roos")])})
    assert sure.masked() == "[persoon 1] gaf een [persoon 1] aan [persoon 1]."


def test_places_are_counted_and_shown_with_whole_words_around(review: Review) -> None:
    counts = review.counts()
    assert (counts.places, counts.accepted, counts.rejected, counts.guesses, counts.names) == (9, 9, 0, 3, 4)
    context = review.context(review.places[2])
    assert (context.before, context.name) == ("Mieke.  MIEKE PEETERS: Dag. Mijn zoon ", "Tim")
    assert context.after == " zit in Aalst, en miekes auto ook. Tim"


def test_one_place_a_whole_name_or_everything_can_be_rejected(review: Review) -> None:
    review.decide(0, accepted=False)
    assert "Dag Mieke." in review.masked()
    review.decide_name("tim", accepted=False)
    assert review.masked().count("Tim") == 2
    review.decide_all(accepted=False)
    assert review.masked() == TALK
    assert review.undo()
    assert review.undo()
    assert "Dag Mieke." in review.masked()
    assert "Tim" not in review.masked()
    assert review.undo()
    assert not review.undo()


def test_what_was_missed_is_added_wherever_it_stands(review: Review) -> None:
    review.add(Span(0, 5))
    assert review.masked().startswith("[persoon 3]: Dag")
    start = TALK.index("zoon Tim")
    assert review.add(Span(start, start + 8)) == 1
    assert "Mijn [persoon 4] zit" in review.masked()
    assert review.undo()
    assert "Mijn zoon [persoon 2] zit" in review.masked()


def test_a_selection_without_a_name_is_refused(review: Review) -> None:
    with pytest.raises(errors.BadInput):
        review.add(Span(5, 7))


def test_replacement_and_kind_can_be_changed(review: Review) -> None:
    review.set_replacement("aalst", "[stad]")
    review.set_kind("tim", NameKind.SCHOOL)
    assert "zoon [school 1] zit in [stad]," in review.masked()
    with pytest.raises(errors.BadInput):
        review.set_replacement("aalst", "[bij Tim]")
    review.settle()
    assert "zoon [school 1] zit in [stad]," in review.masked()


def test_only_accepted_names_come_into_the_key(review: Review, key: Key) -> None:
    review.decide_name("tim", accepted=False)
    review.settle()
    assert {entry.name for entry in Key.load(key.path).entries} == {"Mieke", "MIEKE PEETERS", "Aalst"}


def test_settling_takes_what_another_window_reserved_into_account(review: Review, key: Key) -> None:
    other = Key.load(key.path)
    other.replacement_for("Jan", NameKind.PERSON)
    other.save()
    review.settle()
    assert review.masked("title") == "Gesprek [persoon 2]"
    assert Key.load(key.path).replacement_of("Mieke") == "[persoon 2]"


def test_somebody_who_is_linked_gets_role_and_family(key: Key) -> None:
    review = Review(key, {"text": Piece(TALK, [finding(TALK, "Tim")])}, people={"Tim": ("G012", "kind")})
    assert review.masked().endswith("[kind G012] is zeven.")
    assert review.mask_label("Tim en ik") == "[kind G012] en ik"


def test_a_masked_text_offers_nothing_again(review: Review, key: Key) -> None:
    review.settle()
    masked = review.masked()
    everything = [
        Finding(NameKind.OTHER, Span(hit.start, hit.stop)) for hit in NameIndex(["persoon", "1"]).find(masked)
    ]
    assert Review(key, {"text": Piece(masked, everything)}).places == ()


def test_a_placeholder_of_a_lost_key_is_no_name(key: Key) -> None:
    text = "[kind1 G012]: dag [moeder G012H 2], [persoon 8]."
    words = [finding(text, word) for word in ("G012", "moeder", "persoon")]
    assert Review(key, {"text": Piece(text, words)}).places == ()


def test_turns_and_pages_go_along() -> None:
    text = "MIEKE: dag Tim\nTIM: dag"
    swaps = [(Span(0, 5), "[persoon 1]"), (Span(11, 14), "[kind]"), (Span(15, 18), "[kind]")]
    moved = SwapMap.of(swaps)
    after = apply_swaps(text, swaps)
    turns = carry_turns([Turn("MIEKE", 7, 14), Turn(None, 20, 23)], moved, mask=lambda name: f"<{name}>")
    assert [(each.speaker, after[each.start : each.stop]) for each in turns] == [
        ("<MIEKE>", "dag [kind]"),
        (None, "dag"),
    ]
    [page] = carry_landmarks([Landmark("page", 1, 0, 23)], moved)
    assert (page.start, page.stop) == (0, len(after))


PIECES = st.sampled_from(
    [
        "Mieke",
        "mieke",
        "Tim",
        "Jan Smets",
        "Smets",
        "JAN",
        "Zoë",
        "Zoe\u0308s",
        " ",
        ", ",
        "\n",
        "-",
        "_",
        "roos",
        "1",
        "\u0301",
        "👩‍👧",
        "x",
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map(lambda pieces: normal_text("".join(pieces)))
NAMES = ["Mieke", "Tim", "Jan Smets", "Smets", "Jan", "Zoë"]


def reviewed(text: str, rejected: frozenset[int] = frozenset(), *, step: int = 2) -> Review:
    findings = [Finding(NameKind.PERSON, Span(hit.start, hit.stop)) for hit in NameIndex(NAMES).find(text)]
    review = Review(Key(Path("nergens"), KeyRows("k1", (), ())), {"text": Piece(text, findings[::step])})
    for number in rejected:
        if number < len(review.places):
            review.decide(number, accepted=False)
    return review


@given(TEXTS)
def test_no_accepted_name_remains(text: str) -> None:
    review = reviewed(text)
    names = [each.name for each in review.names.values()]
    assert list(NameIndex(names).find(review.masked())) == []


@given(TEXTS, st.frozensets(st.integers(0, 8)), st.data())
def test_all_else_stays_and_spans_keep_their_words(text: str, rejected: frozenset[int], data: st.DataObject) -> None:
    review = reviewed(text, rejected)
    swaps, masked, moved = review.swaps(), review.masked(), review.map()
    assert normal_text(masked) == masked
    left = masked
    for span, replacement in reversed(swaps):
        place = moved.move(span)
        assert masked[place.start : place.stop] == replacement
        left = left[: place.start] + text[span.start : span.stop] + left[place.stop :]
    assert left == text
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    there = moved.move(span)
    # The same as one correction after the other, last place first.
    expected: Span | None = span
    for correction in moved.corrections:
        assert expected is not None
        expected = correction.move(expected)
    assert there == expected
    if not any(span.overlaps(each) for each, _ in swaps):
        assert masked[there.start : there.stop] == text[span.start : span.stop]


@given(TEXTS)
def test_a_masked_text_masked_again_stays_as_it_is(text: str) -> None:
    masked = reviewed(text, step=1).masked()
    assert reviewed(masked, step=1).masked() == masked


def test_a_whole_page_is_not_taken_for_a_name(tmp_path: Path) -> None:
    review = Review(Key(tmp_path / "k.csv", KeyRows("k1", (), ())), {"text": Piece("Mieke zegt ja. " * 40)})
    with pytest.raises(errors.BadInput):
        review.add(Span(0, 500))
    assert review.places == ()


def test_decisions_count_again_when_the_names_are_looked_for_anew(tmp_path: Path) -> None:
    text = "Mieke zag Jef. Jef zag Bolle in Gent."
    found = [
        Finding(NameKind.PERSON, Span(0, 5)),
        Finding(NameKind.PERSON, Span(10, 13)),
        Finding(NameKind.PLACE, Span(32, 36)),
    ]
    key = Key(tmp_path / "k.csv", KeyRows("k1", (), ()))
    before = Review(key, {"text": Piece(text, found)})
    before.decide_name("jef", accepted=False)
    before.set_replacement("gent", "[stad]")
    before.add(Span(text.index("Bolle"), text.index("Bolle") + 5), kind=NameKind.OTHER)
    again = Review(key, {"text": Piece(text, found)}, people={"Mieke": ("G001", "moeder")})
    again.take_over(before)
    assert again.masked() == "[moeder G001] zag Jef. Jef zag [andere 1] in [stad]."
