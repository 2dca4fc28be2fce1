"""Languages: the screen's, and another one for a while."""

from __future__ import annotations

import threading

from verhalen.i18n import language, set_language, speaking, t, tn


def test_another_language_for_a_while_is_of_this_thread_only() -> None:
    inside, go_on, heard = threading.Event(), threading.Event(), list[str]()

    def build() -> None:
        with speaking("en"):
            inside.set()
            go_on.wait(5)
            heard.append(language())

    worker = threading.Thread(target=build)
    worker.start()
    assert inside.wait(5)
    assert language() == "nl"
    go_on.set()
    worker.join()
    assert heard == ["en"]


def test_sentences_follow_the_language_and_the_number() -> None:
    assert t("positive") == "positief"
    assert tn("{n} place found.", "{n} places found.", 1) == "1 plaats gevonden."
    assert tn("{n} place found.", "{n} places found.", 2) == "2 plaatsen gevonden."
    with speaking("en"):
        assert t("positive") == "positive"


def test_an_unknown_language_falls_back_to_dutch() -> None:
    set_language("xx")
    assert language() == "nl"
