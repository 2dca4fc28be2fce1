"""What was given out: the ledger of released reports, and the smallest numbers that the project shows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.release import Release, Threshold
from verhalen.privacy.clearance import USUAL, Audience
from verhalen.store import releases as store
from verhalen.store.project import ProjectFile

_FEWEST_WORDS = 4
"""A reason that prints in a report is a sentence."""


class Releases:
    """`project.releases`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def all(self) -> list[Release]:
        """Every report for people outside the team: what was sent, and what was built last; oldest first."""
        return store.releases(self._file)

    def latest(self, report: str | Path) -> Release:
        """The newest of a report, by the name of its source; raises UnknownReport."""
        return self._of(report)[-1]

    def _of(self, report: str | Path) -> list[Release]:
        name = Path(report).name
        found = [each for each in self.all() if each.report in (name, f"{name}.md")]
        if not found:
            raise errors.UnknownReport(key=name)
        return found

    def sent(self, report: str | Path, *, today: dt.date, day: dt.date | None = None) -> Release:
        """It went out on `day` (today): from then on nothing may be subtracted from it. Raises UnknownReport, BadInput."""
        day = day or today
        release = self.latest(report)
        if day > today or day < dt.date.fromisoformat(release.built):
            raise errors.BadInput(reason=t("the day lies between the day on which the report was built and today"))
        return self._mark(release, day)

    def unsend(self, report: str | Path) -> Release:
        """It was marked by mistake: it did not go out. The one that was sent last. Raises UnknownReport, BadInput."""
        found = self._of(report)
        sent = [each for each in found if each.sent is not None]
        if not sent:
            raise errors.BadInput(reason=t("{report} is not marked as sent", report=found[-1].report))
        return self._mark(sent[-1], None)

    def forget(self, report: str | Path) -> Release:
        """Take a report that was built and given to nobody out of the ledger. Raises UnknownReport, BadInput."""
        release = self.latest(report)
        if release.sent is not None:
            said = t("{report} was sent on {day}: its readers have it", report=release.report, day=release.sent)
            raise errors.BadInput(reason=said)
        with self._file.change(Act.RELEASE, release.id) as writing:
            store.remove_release(writing, release.id)
        return release

    def _mark(self, release: Release, day: dt.date | None) -> Release:
        with self._file.change(Act.SENT, release.id) as writing:
            store.mark_sent(writing, release.id, day)
        return next(each for each in self.all() if each.id == release.id)

    def thresholds(self) -> dict[Audience, tuple[int, int]]:
        """The smallest numbers for each audience, ordinary and sensitive: the project's own, or ours."""
        own = self.own_thresholds()
        return {each: (own[each].plain, own[each].strict) if each in own else USUAL[each] for each in Audience}

    def own_thresholds(self) -> dict[Audience, Threshold]:
        """What the project decided itself, with its reasons."""
        return {Audience(key): each for key, each in store.thresholds(self._file).items()}

    def set_threshold(
        self,
        audience: Audience,
        *,
        today: dt.date,
        plain: int | None = None,
        strict: int | None = None,
        reason: str = "",
    ) -> Threshold:
        """The smallest numbers for an audience from now on; what is not given stays. Raises BadInput.

        Raising is free. Below ours it needs a reason in a full sentence, which every report prints where it says how was
        counted.
        """
        if not audience.is_outside:
            raise errors.BadInput(reason=t("the team sees every number; choose council or public"))
        now = self.thresholds()[audience]
        new_plain = now[0] if plain is None else plain
        new_strict = max(now[1] if strict is None else strict, new_plain if strict is None else 0)
        if new_plain < 2 or new_strict < new_plain:
            raise errors.BadInput(
                reason=t("outside the team the smallest number is at least 2, and in sensitive life domains no lower")
            )
        usual, reason = USUAL[audience], reason.strip()
        lower = new_plain < usual[0] or new_strict < usual[1]
        if lower and (len(reason.split()) < _FEWEST_WORDS or reason[-1:] not in ".!?"):
            raise errors.BadInput(
                reason=t("below {plain} and {strict} it needs a reason in a full sentence: it is printed in the report",
                         plain=usual[0], strict=usual[1])
            )  # fmt: skip
        with self._file.change(Act.THRESHOLD) as writing:
            store.add_threshold(writing, audience, plain=new_plain, strict=new_strict, reason=reason, day=today)
        return self.own_thresholds()[audience]
