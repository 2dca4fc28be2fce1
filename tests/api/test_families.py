"""Families made, changed and ended by hand: every act one change, checked before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.builders import BALANCE, DAY, furnish

from verhalen import errors
from verhalen.api.due import VIEW, Later
from verhalen.api.families import Families
from verhalen.api.history import History
from verhalen.api.withdrawing import withdraw
from verhalen.i18n import set_language
from verhalen.model.act import Act
from verhalen.model.family import Contact, ContactKind, ValueKind
from verhalen.model.snapshot import Assessor, Reason, State
from verhalen.scores.states import Kind
from verhalen.store import drafts, revisions, scores
from verhalen.store.forget import forgotten_families
from verhalen.store.project import ProjectFile

NOW = dt.date(2026, 11, 20)


@pytest.fixture
def families(project: ProjectFile) -> Families:
    """The door, on an empty project, speaking English."""
    set_language("en")
    return Families(project)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_a_family_lives_through_its_support_and_every_act_is_undone_alone(
    families: Families, project: ProjectFile
) -> None:
    families.add("G001", municipality="Oudermeer", attributes={"Thuistaal": "Tigrinya"})
    families.add_person("G001", "moeder", role="ouder", age_group="25-34")
    families.add_person("G001", "kind1", role="kind", age_group="6-11", joined=day("2026-02-01"))
    families.edit_person("G001.kind1", left=day("2026-09-01"))
    families.start_trajectory("G001", day("2026-01-10"), referred=day("2026-01-02"), coach="Els", known="nieuw")
    families.end_trajectory("G001", day("2026-06-01"), reason="doorverwezen", referred_on="CAW")
    families.start_trajectory("G001", day("2026-06-01"), coach="Els")
    assert families.add_contact("G001", Contact(NOW, ContactKind.VISIT, "moeder"), today=NOW)
    assert not families.add_contact("G001", Contact(NOW, ContactKind.VISIT, "moeder"), today=NOW)
    families.edit("G001", municipality="Lindebeke", attributes={"thuistaal": "", "woning": "huur"})
    families.edit_trajectory("G001", 2, project="Klaverland")
    family = families.get("G001")
    assert (family.municipality, family.attributes) == ("Lindebeke", (("woning", "huur"),))
    assert [person.member for person in family.there_on(day("2026-03-01"))] == ["moeder", "kind1"]
    assert [person.member for person in family.there_on(day("2026-09-01"))] == ["moeder"]
    first, second = family.trajectories
    assert (first.days_waited, first.end, first.reason, first.referred_on) == (
        8,
        day("2026-06-01"),
        "doorverwezen",
        "CAW",
    )
    assert (second.ordinal, second.end, second.project) == (2, None, "Klaverland")
    acts = [each.act for each in reversed(list(History(project).entries()))]
    assert acts == [
        *(Act.ADD_FAMILY, Act.ADD_PERSON, Act.ADD_PERSON, Act.EDIT_PERSON, Act.START_TRAJECTORY, Act.EDIT_TRAJECTORY),
        *(Act.START_TRAJECTORY, Act.CONTACT, Act.EDIT_FAMILY, Act.EDIT_TRAJECTORY),
    ]
    for _ in acts:
        History(project).undo()
    assert families.all() == []


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda door: door.add("G 2"), "no blanks"),
        (lambda door: door.add("Peeters"), "somebody's name"),
        (lambda door: door.add("wendy"), "somebody's name"),
        (lambda door: door.add("G.2"), "no dot"),
        (lambda door: door.edit("G001", attributes={"naam": "x"}), "cannot be the name of an attribute"),
        (lambda door: door.edit("G001", attributes={"gemeente": "x"}), "cannot be the name of an attribute"),
        (lambda door: door.add_person("G001", "moeder", role="ouder"), "is there already"),
        (lambda door: door.add_person("G001", "kind.2", role="kind"), "without blanks or dots"),
        (lambda door: door.add_person("G001", "kind2", role="buur"), "a role is one of"),
        (lambda door: door.edit_person("G001.moeder", joined=DAY, left=day("2026-01-01")), "before the beginning"),
        (lambda door: door.start_trajectory("G001", day("2026-05-01")), "overlaps trajectory 1"),
        (lambda door: door.start_trajectory("G001", day("2025-05-01")), "overlaps trajectory 1"),
        (lambda door: door.end_trajectory("G001", day("2025-05-01"), reason="afgerond"), "before the beginning"),
        (lambda door: door.end_trajectory("G001", NOW, reason="moe"), "a reason is one of"),
        (lambda door: door.edit_trajectory("G001", 7, coach="Els"), "no trajectory 7"),
        (lambda door: door.edit_trajectory("G001", 1, reason="afgerond"), "no day on which"),
        (lambda door: door.add_contact("G001", Contact(day("2026-12-01"), "bericht"), today=NOW), "in the future"),
        (lambda door: door.set_attribute_kind("taal", ValueKind.NUMBER), "of family G001 does not fit"),
        (lambda door: door.set_attribute_kind("taal", ValueKind.CHOICE), "needs its words"),
        (lambda door: door.snooze("G001", NOW, "zomaar"), "a reason is one of"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(
    families: Families, project: ProjectFile, act: Callable[[Families], object], reason: str
) -> None:
    families.add("G001", attributes={"taal": "nl"})
    families.add_person("G001", "moeder", role="ouder")
    families.start_trajectory("G001", day("2026-01-10"))
    before = project.last_change()
    with pytest.raises(errors.BadInput, match=reason):
        act(families)
    assert project.last_change() == before


def test_kinds_of_attributes_bring_what_is_there_into_form(families: Families) -> None:
    families.add("G001", attributes={"sinds": "3/2/2025", "auto": "yes"})
    families.set_attribute_kind("Sinds", ValueKind.DAY)
    families.set_attribute_kind("auto", ValueKind.YES_NO)
    assert dict(families.get("G001").attributes) == {"sinds": "2025-02-03", "auto": "ja"}
    assert [(each.name, each.kind) for each in families.attribute_kinds()] == [
        ("sinds", ValueKind.DAY),
        ("auto", ValueKind.YES_NO),
    ]
    with pytest.raises(errors.BadInput, match="wanted: a day"):
        families.edit("G001", attributes={"sinds": "ooit"})


def test_what_tells_who_somebody_is_is_found_and_never_repeated(families: Families) -> None:
    families.add("G001", municipality="Kerkstraat 12", attributes={"nota": "0478 12 34 56", "taal": "Tigrinya"})
    families.add_person("G001", "Wendy", role="ouder", age_group="25-34")
    families.add_contact("G001", Contact(DAY, "bericht", "Samira"), today=NOW)
    found = [(each.family, each.field, each.what) for each in families.check()]
    assert found == [
        ("G001", "lid", "name"),
        ("G001", "gemeente", "address"),
        ("G001", "nota", "telephone number"),
        ("G001", "met", "person"),
    ]
    assert families.telling("Tigrinya", "jan@x.be", key="wendy") == ["name", "e-mail address"]


def test_who_waits_for_a_snapshot_and_who_was_put_off(families: Families, project: ProjectFile) -> None:
    furnish(project)  # G001 with a snapshot of March and coach Hanne, G002 without anything
    families.add("G003")
    families.start_trajectory("G003", day("2026-12-05"))  # planned: it waits for nothing
    assert [(each.family.key, each.mine, each.days) for each in families.due(today=NOW)] == [
        ("G001", True, 263),
        ("G002", False, None),
    ]
    assert [each.family.key for each in families.due(today=NOW, days=300)] == ["G002"]
    last = project.last_change()
    families.snooze("G001", day("2026-12-01"), Later.CRISIS)
    assert project.last_change() == last
    assert [(each.family.key, each.later) for each in families.due(today=NOW)] == [
        ("G001", Later.CRISIS),
        ("G002", None),
    ]
    assert [each.later for each in families.due(today=day("2026-12-01"))] == [None, None]
    withdraw(project, "G001", really=True)
    assert drafts.views(project, VIEW) == {}  # forgotten with the family


def test_a_timeline_keeps_apart_how_each_answer_was_seen(families: Families, project: ProjectFile) -> None:
    there = furnish(project)  # 2 March: steun scored, by the coach
    items = {item.key: item.id for item in scores.instruments(project)[0].items}
    steun, rust = items["gezin.steun"], items["volwassene.rust"]
    answers: dict[str, list[tuple[int, int | None, State, int | None]]] = {
        "2026-06-01": [(steun, None, State.CONFIRMED_IN_BULK, None), (rust, there.person, State.SCORED, 2)],
        "2026-09-01": [(rust, there.person, State.NOT_APPLICABLE, None)],
        "2026-11-01": [(steun, None, State.SCORED, 5), (rust, there.person, State.UNKNOWN, None)],
    }
    snapshots = {}
    with project.change(Act.SNAPSHOT, there.family) as writing:
        for when, seen in answers.items():
            snapshots[when] = scores.add_snapshot(
                writing, family_id=there.family, instrument_id=there.instrument, day=day(when), assessor=Assessor.COACH,
                trajectory_id=None,
            )  # fmt: skip
            rows = [
                (snapshots[when], scores.NewObservation(item, who, state, value, ""))
                for item, who, state, value in seen
            ]
            scores.add_observations(writing, rows)
        scored = scores.observation_keys(writing, snapshots["2026-11-01"])[steun, None][0]
        revisions.set_reasons(writing, scored, [Reason.EVENT])
        revisions.add_revised_baseline(
            writing, there.snapshot, item_id=steun, person_id=None, value=1, day=NOW, reason=Reason.CAME_TO_LIGHT
        )
    found = next(each for each in families.timelines("G001", day=NOW) if each.assessor is Assessor.COACH)
    assert [each.isoformat() for each in found.days] == ["2026-03-02", *answers]
    support, rest = found.tracks[0], found.tracks[-1]
    assert [state.kind for state in support.states] == [Kind.SCORED, Kind.CONFIRMED_IN_BULK, Kind.CARRIED, Kind.SCORED]
    assert (support.person, support.last.value, support.last.age) == (None, 5, 19)
    assert support.revised[-1].value == 1
    assert [(each.day, each.reasons) for each in support.remarks][-1] == (day("2026-11-01"), (Reason.EVENT,))
    assert rest.person == "G001.moeder"
    assert [state.kind for state in rest.states][-2:] == [Kind.NOT_APPLICABLE, Kind.UNKNOWN]
    assert found.domain_course("SOC")[-1] == 1
    assert {each.coder for each in found.registrations} == {"Hanne"}


def test_all_families_together_and_what_asking_costs(families: Families, project: ProjectFile, tmp_path: Path) -> None:
    there = furnish(project)
    service = families.service()
    assert service.instrument.key == BALANCE.key
    soc = next(each for each in service.domains if each.key == "SOC")
    assert (soc.n, soc.not_compared) == (0, ("G001",))
    steun = scores.instruments(project)[0].items[0]
    with project.change(Act.SNAPSHOT, there.family) as writing:
        later = scores.add_snapshot(
            writing, family_id=there.family, instrument_id=there.instrument, day=day("2026-09-01"),
            assessor=Assessor.COACH, trajectory_id=None,
        )  # fmt: skip
        scores.add_observations(writing, [(later, scores.NewObservation(steun.id, None, State.SCORED, 5, ""))])
    soc = next(each for each in families.service(BALANCE.key).domains if each.key == "SOC")
    assert (soc.families, soc.not_compared) == ((("G001",), (), (), ()), ())
    effort = {each.item: each.remark for each in families.effort(BALANCE.key)}
    assert effort["gezin.steun"] == ""
    assert effort["volwassene.rust"] in ("never asked", "never changed")
    with pytest.raises(errors.UnknownInstrument):
        families.service("niets")


def test_how_a_family_stands_names_value_words_age_and_way(project: ProjectFile) -> None:
    furnish(project)
    later = DAY + dt.timedelta(days=30)
    support, rest = Families(project).standings("G001", day=later)
    assert (support.item.key, support.kind, support.value, support.label) == ("gezin.steun", Kind.CARRIED, 3, "genoeg")
    assert (support.seen, support.course) == (DAY, (3,))
    assert (rest.person, rest.kind, rest.value, rest.label, rest.seen) == ("G001.moeder", Kind.UNKNOWN, None, "", None)


def test_what_was_noted_by_mistake_goes_unless_something_hangs_on_it(families: Families, project: ProjectFile) -> None:
    furnish(project)
    families.add_person("G001", "kind9", role="kind")
    families.start_trajectory("G002", day("2026-01-10"))
    before = families.all()
    with pytest.raises(errors.BadInput, match=r"G001\.moeder cannot be taken away: 1 score, 1 speaker, 1 answer about"):
        families.remove_person("G001.moeder")
    with pytest.raises(errors.BadInput, match=r"support 1 of family G001 cannot be taken away: 1 snapshot, 1 story"):
        families.remove_trajectory("G001", 1)
    families.add_contact("G001", Contact(DAY, "uitstap", "kind9"), today=NOW)
    families.add_person("G002", "P0171", role="kind")
    for family, member in (("G001", "P0171"), ("G001", "kind 1"), ("G001", "ki\nnd"), ("G001", "")):
        with pytest.raises(errors.BadInput):
            families.add_person(family, member, role="kind")
    families.remove_person("G002.P0171")
    with pytest.raises(errors.BadInput, match=r"huisbezoek \(moeder\)"):
        families.remove_contact("G001", DAY)
    with pytest.raises(errors.BadInput, match="no such contact"):
        families.remove_contact("G001", NOW)
    with pytest.raises(errors.BadInput, match="an attribute woning"):
        families.remove_attribute("woning")
    assert families.remove_contact("G001", DAY, kind="uitstap").with_whom == "kind9"
    assert families.remove_person("G001.kind9").role == "kind"
    families.remove_trajectory("G002", 1)
    assert families.rename_attribute("Taal", "thuis taal") == 1
    assert families.get("G001").attribute("thuis_taal") == "nl"
    assert families.remove_attribute("thuis taal") == 1
    assert (families.attribute_names(), families.attribute_kinds()) == ([], [])
    history = History(project)
    for _ in range(8):  # with the contact and the person that were added meanwhile
        history.undo()
    assert families.all() == before


def test_another_code_takes_everything_along_and_the_old_one_stays_taken(
    families: Families, project: ProjectFile, tmp_path: Path
) -> None:
    furnish(project)
    for code, error in (
        *(("G002", errors.FamilyExists), ("G050A", errors.WrongCheckLetter)),
        *(
            (wrong, errors.BadInput)
            for wrong in ("Peeters", "G 50", "fam.x", "", "G[b]1", "G1:2", "g002", "G" * 33, "G\u202e1")
        ),
    ):
        with pytest.raises(error):
            families.rename("G001", code)
    families.snooze("G001", NOW, Later.CRISIS)
    drafts.keep_draft(project, "story-form", '{"family": "G001", "text": "G0011 niet"}')
    scores_before, stories_before = families.snapshots("G001"), families.get("G001").stories
    family = families.rename("G001", "G050")
    assert [person.key for person in family.persons] == ["G050.moeder"]
    assert (len(families.snapshots("G050")), family.stories) == (len(scores_before), stories_before)
    assert drafts.draft(project, "story-form") == '{"family": "G050", "text": "G0011 niet"}'
    assert set(drafts.views(project, VIEW)) == {"G001", "G050"}
    with pytest.raises(errors.RenamedFamily, match="G050"):
        families.get("G001")
    with pytest.raises(errors.BadInput, match="family G050 was called before"):
        families.add("G001")
    table = tmp_path / "families.csv"
    table.write_text("gezin;gemeente\nG001;Ranst\n", "utf-8")
    with pytest.raises(errors.BadTable) as refused:
        families.import_file(table)
    assert refused.value.problems == [(2, "gezin", "family G001 is called G050 now; use that code")]
    assert families.rename("G050", "G001").key == "G001"  # its own old code it may take back
    history = History(project)
    history.undo()
    history.undo()
    assert families.get("G001").persons[0].key == "G001.moeder"
    families.add("G050")  # an undone code is nobody's
    families.rename("G001", "G051")
    withdraw(project, "G051", really=True)
    assert forgotten_families(project, ["G001", "G051", "G050"]) == {"G001", "G051"}
