"""Words leave only with the consent that fits."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verhalen.i18n import language, set_language
from verhalen.model.consent import Answer, Consent, Purpose, strictest
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.privacy.clearance import Audience, Cleared
from verhalen.privacy.consent import (
    Refusal,
    clear_professional_words,
    clear_story,
    clear_words,
    refusal,
)

answers = st.sampled_from(Answer)
OUTSIDE = [Audience.COUNCIL, Audience.PUBLIC]


def story(team: Answer, report: Answer) -> Story:
    day = dt.date(2025, 3, 12)
    return Story(
        key="V07",
        family="G012",
        text="We slapen weer, dat is het.",
        answer=StoryAnswer.POSITIVE,
        voice=Voice("ouder"),
        consents=(Consent(Purpose.TEAM, team, day), Consent(Purpose.REPORT, report, day)),
    )


@pytest.mark.parametrize("audience", OUTSIDE)
def test_a_story_with_a_yes_for_reports_leaves(audience: Audience) -> None:
    cleared = clear_story(story(Answer.NO, Answer.YES), audience)
    assert isinstance(cleared, Cleared)
    assert cleared.value == "We slapen weer, dat is het."


@pytest.mark.parametrize("audience", OUTSIDE)
@pytest.mark.parametrize(
    ("report", "reason"),
    [
        (Answer.NO, "The teller does not want this in a report, not even without a name."),
        (Answer.WITHDRAWN, "The teller has withdrawn consent for reports."),
        (Answer.NOT_ASKED, "Nobody has asked yet whether this may stand in a report without a name."),
    ],
)
def test_without_that_yes_it_stays_with_the_reason(audience: Audience, report: Answer, reason: str) -> None:
    assert clear_story(story(Answer.YES, report), audience) == Refusal(reason)


def test_inside_the_team_only_no_and_withdrawn_keep_a_story_back() -> None:
    refused = [a for a in Answer if isinstance(clear_story(story(a, Answer.YES), Audience.INTERNAL), Refusal)]
    assert refused == [Answer.NO, Answer.WITHDRAWN]


def test_a_story_that_nobody_asked_about_stays_inside() -> None:
    unasked = Story("V08", "G012", "Niets te zeggen.", StoryAnswer.NONE, Voice("ouder"))
    assert isinstance(clear_story(unasked, Audience.INTERNAL), Cleared)
    assert isinstance(clear_story(unasked, Audience.COUNCIL), Refusal)


@given(audience=st.sampled_from(OUTSIDE), team=answers, report=answers)
def test_nothing_ever_leaves_the_team_without_a_yes_for_reports(
    audience: Audience, team: Answer, report: Answer
) -> None:
    found = clear_words("Het gaat.", audience, team=team, report=report)
    assert isinstance(found, Cleared) == (report is Answer.YES)


@given(first=answers, second=answers)
def test_parent_and_child_must_both_say_yes(first: Answer, second: Answer) -> None:
    both = strictest(first, second)
    assert (both is Answer.YES) == (first is second is Answer.YES)
    assert both == strictest(second, first)


def test_words_of_a_professional_need_no_consent_of_a_family() -> None:
    assert clear_professional_words("De wachtlijst is lang.").value == "De wachtlijst is lang."


def test_a_refusal_speaks_the_language_of_the_reader() -> None:
    before = language()
    set_language("en")
    try:
        assert str(refusal(Audience.PUBLIC, team=Answer.YES, report=Answer.WITHDRAWN)) == (
            "The teller has withdrawn consent for reports."
        )
        assert refusal(Audience.PUBLIC, team=Answer.YES, report=Answer.YES) is None
    finally:
        set_language(before)
