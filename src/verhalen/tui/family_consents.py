"""Consent and withdrawal on the page of a family: of all its people and stories."""

from __future__ import annotations

from verhalen.i18n import t
from verhalen.tui.consent_window import ConsentWindow, consent_line
from verhalen.tui.dialogs import choose
from verhalen.tui.family_acts import FamilyActs
from verhalen.tui.withdraw_window import withdraw

_FAMILY = "*"


class FamilyConsents(FamilyActs):
    """Acts on families, with what they agreed to."""

    def consents(self, family: str) -> None:
        """Choose about whom where there are several, then open the window there."""
        everything = self._screen.project.consents.all(family=family)
        found = sorted(everything, key=lambda each: (not each.to_ask, not each.is_used))
        keys = [each.key for each in found]
        if not keys:
            self._screen.frame.say(
                t("Nobody of this family is written down yet, and no story: there is nothing to ask.")
            )
        elif len(keys) == 1:
            self._screen.app.push_screen(ConsentWindow(keys))
        else:
            answers = [(each.key, consent_line(each)) for each in found]
            choose(
                self._screen,
                t("About whom or what?"),
                answers,
                lambda key: self._open(keys, key),
            )

    def _open(self, keys: list[str], first: str) -> None:
        self._screen.app.push_screen(ConsentWindow(keys, first=first))

    def withdraw(self, family: str) -> None:
        """Choose the family or one of its people, see what goes, and do it."""
        label = self._screen.project.privacy.family_label(family)
        people = self._screen.project.families.get(family).persons
        answers = [(_FAMILY, t("The whole family {key}", key=label))]
        answers += [(each.key, t("Only what {who} told", who=each.member)) for each in people]

        def chosen(key: str) -> None:
            withdraw(self._screen, family if key == _FAMILY else key, may_keep_scores=True)

        choose(self._screen, t("Who withdraws?"), answers, chosen)
