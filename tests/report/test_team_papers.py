"""What a monthly sheet and a report to team and partners say: figures, what waits, what rounds chose and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.copies import made_once
from tests.word_dump import dump

from verhalen.api.project import Project, new_project
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.family import Family, Trajectory
from verhalen.model.selecting import CandidateRule, RoundLevel, Rule
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.privacy.clearance import Audience
from verhalen.report.fill_month import before, name_of, waiting_families

JANUARY = dt.date(2026, 1, 10)
PERIOD = "2026-01-01..2026-03-31"


@made_once
def service(folder: Path) -> Project:
    """One family, two stories of which one may stand in reports; a round chose both."""
    project = new_project(folder / "w", coder="Hanne")
    project.families.add("G001", municipality="Oudermeer")
    project.families.start_trajectory("G001", JANUARY, coach="Karim Bos")
    for key, answer in (("V01", Answer.YES), ("V02", Answer.NO)):
        project.stories.tell(
            Story(
                key,
                "G001",
                f"Wat verhaal {key} zegt.",
                StoryAnswer.POSITIVE,
                Voice("ouder", "moeder"),
                told=JANUARY,
                how="Met de coach.",
                consents=(Consent(Purpose.REPORT, answer), Consent(Purpose.TEAM, Answer.YES)),
            )
        )
    project.rounds.add(
        "Ronde van de lente",
        level=RoundLevel.TEAM,
        first=JANUARY,
        last=dt.date(2026, 3, 1),
        members=(("An", "gezin"), ("Cas", "coach")),
        rule=CandidateRule(Rule.ALL),
    )
    for key in ("V01", "V02"):
        reason = f"Karim Bos en G001 tonen in {key} wat kleine hulp kan."
        project.rounds.choose("R1", key, reason, day=dt.date(2026, 3, 20))
    return project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with service(tmp_path) as opened:
        yield opened


def built(project: Project, folder: Path, text: str, *, audience: str = "raad", more: str = "") -> str:
    (folder / "v.md").write_text(f"---\nperiode: {PERIOD}\npubliek: {audience}\n{more}---\n\n{text}\n", "utf-8")
    project.reports.build(folder / "v.md", folder / "v.docx")
    return dump(folder / "v.docx")


def test_partners_read_what_was_chosen_only_with_consent_and_without_names(project: Project, tmp_path: Path) -> None:
    said = built(project, tmp_path, "{{ rondes }}")
    assert "Wat verhaal V01 zegt." in said
    assert "Wat verhaal V02 zegt." not in said
    assert "Karim" not in said
    assert "G001" not in said
    assert "1 × gezin, 1 × gezinscoach" in said


def test_the_team_reads_all_of_it(project: Project, tmp_path: Path) -> None:
    said = built(project, tmp_path, "{{ rondes ronde=laatste }}", audience="intern")
    assert "Wat verhaal V02 zegt." in said
    assert "Karim Bos en G001 tonen in V02 wat kleine hulp kan." in said


def test_the_monthly_figures_stand_beside_the_period_before_inside_the_team_only(
    project: Project, tmp_path: Path
) -> None:
    inside = built(project, tmp_path, "{{ tabel maand }}\n\n{{ te doen }}", audience="intern")
    assert "row | Gezinnen in begeleiding op de laatste dag | 0 | 1 |" in inside
    assert "row | Nieuwe verhalen | 0 | 2 |" in inside
    assert "G001" in inside  # waits for its first snapshot
    outside = built(project, tmp_path, "{{ tabel maand }}\n\n{{ te doen }}")
    assert "row | Gezinnen in begeleiding op de laatste dag | niet getoond |" in outside
    assert "row | Nieuwe verhalen | 2 |" in outside
    assert "G001" not in outside


@pytest.mark.parametrize(
    ("period", "earlier", "name"),
    [
        (("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28"), "03/2026"),
        (("2026-01-01", "2026-12-31"), ("2025-01-01", "2025-12-31"), "2026"),
        (("2026-03-10", "2026-03-12"), ("2026-03-07", "2026-03-09"), "10/03/2026 – 12/03/2026"),
    ],
)
def test_the_period_before_is_a_month_before_a_month(
    period: tuple[str, str], earlier: tuple[str, str], name: str
) -> None:
    first, last = (dt.date.fromisoformat(each) for each in period)
    assert tuple(each.isoformat() for each in before((first, last))) == earlier
    assert name_of((first, last)) == name


def test_families_wait_after_92_days_longest_first_and_only_while_in_support() -> None:
    day = dt.date(2026, 6, 1)

    def family(key: str, last: dt.date | None, end: dt.date | None = None) -> Family:
        return Family(key, trajectories=(Trajectory(1, JANUARY, end=end),), last_snapshot=last)

    listed = [
        family("A", day - dt.timedelta(92)),
        family("B", day - dt.timedelta(93)),
        family("C", None),
        family("D", None, end=dt.date(2026, 5, 31)),
    ]
    assert [each.key for each in waiting_families(listed, day)] == ["C", "B"]


def test_own_thresholds_print_with_their_reason_and_settings_as_they_are(project: Project, tmp_path: Path) -> None:
    reason = "De raad kent alle gezinnen al."
    project.releases.set_threshold(Audience.COUNCIL, today=JANUARY, plain=2, strict=4, reason=reason)
    said = built(project, tmp_path, "{{ methode }}", more="dagen: 365\nvenster: 30\n")
    assert "dag 365" in said
    assert "hoogstens 30 dagen" in said
    assert reason in said
