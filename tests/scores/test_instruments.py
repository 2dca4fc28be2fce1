from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from verhalen import errors
from verhalen.i18n import set_language
from verhalen.model.act import Act
from verhalen.model.family import Level
from verhalen.model.instrument import DomainList
from verhalen.scores.instruments import parse_derived, read_domains, read_instrument
from verhalen.store import scores
from verhalen.store.project import ProjectFile

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "codebooks" / "instrumenten"
OFFICIAL = ROOT.parent / "shared" / "instruments"
needs_official = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official files are not part of the repository")

DOMAINS = """\
lijst: klein
versie: 1
groepen:
  - {id: wonen, naam: Wonen en geld}
domeinen:
  - {id: WON, groep: wonen, naam: Wonen, omschrijving: "Een dak", gevoelig: false}
  - {id: PSY, groep: wonen, naam: Welzijn, gevoelig: true, zonder_kleur: true}
"""
INSTRUMENT = """\
instrument: balans
versie: 2
naam: Balans
bron: "Zelf gemaakt."
wording: eigen
beoordelaar: samen
schaal: {min: 1, max: 3}
nvt: false
niveaus:
  - {id: huishouden, naam: Gezin, per: gezin}
  - {id: kind, naam: Kind, per: kind}
domeinen:
  - id: huishouden.wonen
    naam: Wonen
    niveau: huishouden
    items:
      - id: huishouden.dak
        naam: Dak
        levensdomein: WON
        labels: ["nee", "deels", "ja"]
        nvt: true
  - id: kind.hulp
    naam: Hulp
    niveau: kind
    items:
      - id: kind.jeugdzorg
        naam: Jeugdzorg
        per: gezin
        levensdomein: PSY
        vraag: "Is er hulp?"
        duiding: "Hulp die start verlaagt het cijfer."
"""


@pytest.fixture(autouse=True)
def _in_english(home: Path) -> None:
    set_language("en")


@pytest.fixture
def domains(tmp_path: Path) -> DomainList:
    path = tmp_path / "levensdomeinen.yaml"
    path.write_text(DOMAINS, "utf-8")
    return read_domains(path)


Read = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Read:
    def written(text: str) -> Path:
        path = tmp_path / "balans.yaml"
        path.write_text(text, "utf-8")
        return path

    return written


def test_life_domains_stand_in_their_groups_in_the_order_of_the_file(domains: DomainList) -> None:
    assert [(each.key, each.group, each.position) for each in domains.domains] == [
        ("WON", "wonen", 0),
        ("PSY", "wonen", 1),
    ]
    psy = domains.find("PSY")
    assert psy is not None
    assert (psy.sensitive, psy.colourless, psy.description) == (True, True, "")


def test_an_instrument_is_read_with_its_text_word_for_word(domains: DomainList, write: Read) -> None:
    found = read_instrument(write(INSTRUMENT), domains)
    assert (found.key, found.version, found.name, found.source) == ("balans", 2, "Balans", "Zelf gemaakt.")
    assert (found.low, found.high, found.assessor, found.wording, found.kind) == (1, 3, "samen", "eigen", "vragen")
    assert found.definition == INSTRUMENT


def test_items_have_level_domain_labels_and_what_they_offer(domains: DomainList, write: Read) -> None:
    roof, care = read_instrument(write(INSTRUMENT), domains).items
    assert (roof.key, roof.level, roof.domain, roof.section) == ("huishouden.dak", Level.FAMILY, "WON", "Wonen")
    assert (roof.labels, roof.may_be_na, roof.monotone) == (("nee", "deels", "ja"), True, True)
    assert (care.level, care.labels, care.may_be_na, care.monotone) == (Level.FAMILY, (), False, False)
    assert care.question == "Is er hulp?"


def test_labels_of_the_scale_are_for_every_item_without_its_own(domains: DomainList, write: Read) -> None:
    text = INSTRUMENT.replace("max: 3}", 'max: 3, labels: ["a", "b", "c"]}')
    roof, care = read_instrument(write(text), domains).items
    assert roof.labels == ("nee", "deels", "ja")
    assert care.labels == ("a", "b", "c")


@pytest.mark.parametrize(
    ("before", "after", "line", "problem"),
    [
        ("        levensdomein: WON\n", "", 17, "item huishouden.dak has no life domain"),
        ("levensdomein: WON", "levensdomein: [WON, PSY]", 19, "more than one life domain"),
        ("levensdomein: WON", "levensdomein: WON, PSY", 19, "more than one life domain"),
        ("levensdomein: WON\n", "levensdomein: WON\n        levensdomein: PSY\n", 20, "the same name stands twice"),
        ("levensdomein: WON", "levensdomein: XYZ", 19, "there is no life domain XYZ"),
        ("id: kind.jeugdzorg", "id: huishouden.dak", 26, "huishouden.dak stands in this file twice"),
        ("id: huishouden.dak", "id: Huis Dak", 17, "Huis Dak is no key"),
        ('["nee", "deels", "ja"]', '["nee", "ja"]', 20, "a scale of 3 values needs as many labels; here are 2"),
        ('"deels"', '""', 20, "a label without text"),
        ('"deels"', "", 20, "not valid YAML"),
        ("{min: 1, max: 3}", "{min: 3, max: 1}", 7, "3 to 1 is no scale"),
        ("{min: 1, max: 3}", "{min: 1, max: veel}", 7, "whole number"),
        ("niveau: kind", "niveau: hond", 24, "there is no level hond"),
        ("per: kind}", "per: hond}", 11, "per is one of: gezin, volwassene, kind"),
        ("beoordelaar: samen", "beoordelaar: juf", 6, "beoordelaar is one of"),
        ("naam: Dak", "naam:", 17, "naam is missing"),
        ("nvt: true", "nvt: misschien", 21, "true or false"),
        ("domeinen:", "domeinen: [", 13, "not valid YAML"),
    ],
)
def test_a_mistake_is_refused_with_its_line(
    domains: DomainList, write: Read, before: str, after: str, line: int, problem: str
) -> None:
    assert INSTRUMENT.count(before) == 1
    with pytest.raises(errors.BadInstrument, match=problem) as caught:
        read_instrument(write(INSTRUMENT.replace(before, after)), domains)
    assert (caught.value.values["file"], caught.value.values["line"]) == ("balans.yaml", line)


def test_a_domain_of_an_unknown_group_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(DOMAINS.replace("id: PSY, groep: wonen", "id: PSY, groep: elders"), "utf-8")
    with pytest.raises(errors.BadInstrument, match="line 7: there is no group elders"):
        read_domains(path)


def test_a_file_that_is_no_yaml_or_holds_nothing_is_refused(domains: DomainList, tmp_path: Path) -> None:
    for name, data, error in (
        ("a.txt", b"x: 1", errors.UnknownFormat),
        ("leeg.yaml", b"# niets\n", errors.EmptyFile),
        ("lijst.yaml", b"- een\n- twee\n", errors.BadInstrument),
        ("latin.yaml", b"a: 1\nnaam: caf\xe9\n", errors.BadInstrument),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(error):
            read_instrument(tmp_path / name, domains)
    with pytest.raises(errors.UnreadableFile):
        read_instrument(tmp_path / "weg.yaml", domains)
    with pytest.raises(errors.BadInstrument, match="line 2: this is not text in UTF-8; save the file as UTF-8"):
        read_instrument(tmp_path / "latin.yaml", domains)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("instrument: " + "[" * 20_000 + "]" * 20_000, 1, "too deeply"),
        ("\n".join(" " * depth + "a:" for depth in range(500)), 123, "too deeply"),
        (INSTRUMENT.replace("naam: Dak", "naam: D\x07k"), 18, "a sign that no YAML may hold"),
        (INSTRUMENT.replace("        naam: Dak", "\tnaam: Dak"), 18, "not valid YAML"),
        (INSTRUMENT.replace("naam: Dak", "naam: !!python/object/apply:os.system [x]"), 18, "here a text is needed"),
        (INSTRUMENT.replace('["nee", "deels", "ja"]', '&l ["nee", "deels", *l]'), 20, "label"),
        (
            "a: &a [x, x]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghij")),
            1,
            "this is no instrument",
        ),
    ],
)
def test_a_hostile_file_is_refused_with_its_line_and_without_delay(
    domains: DomainList, write: Read, text: str, line: int, problem: str
) -> None:
    with pytest.raises(errors.BadInstrument, match=problem) as caught:
        read_instrument(write(text), domains)
    assert caught.value.values["line"] == line


def test_a_file_that_no_instrument_needs_is_too_large(domains: DomainList, write: Read) -> None:
    with pytest.raises(errors.TooLarge):
        read_instrument(write(INSTRUMENT + "#" * 10_000_000), domains)


INDEX = """\
instrument: index
soort: afgeleid
versie: 1
naam: Index
wording: eigen
indicatoren:
  - id: huis
    naam: Huis
    levensdomein: WON
    regel: een
    items:
      - {item: huishouden.dak, grens: 2}
      - {item: huishouden.vocht, grens: 1}
    gezin: beste
drempels: {kansarm: 1, zwaar: 1}
"""


def test_a_derived_instrument_has_indicators_and_no_items(domains: DomainList, write: Read) -> None:
    found = read_instrument(write(INDEX), domains)
    (house,) = found.indicators
    assert (found.kind, found.items, found.low, found.high) == ("afgeleid", (), 0, 1)
    assert found.thresholds == {"kansarm": 1, "zwaar": 1}
    assert (house.key, house.domain, house.rule) == ("huis", "WON", "beste")
    assert house.borders == (("huishouden.dak", 2), ("huishouden.vocht", 1))


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("regel: een", "regel: twee", "line 10: regel is one of: een"),
        ("grens: 1", "grens: laag", "line 13: here a whole number"),
        ("levensdomein: WON", "levensdomein: ", "line 7: item huis has no life domain"),
        ("gezin: beste", "gezin: middelste", "line 14: gezin is one of: laagste, beste"),
        ("zwaar: 1", "zwaar: heel", "line 15: here a whole number"),
        ("zwaar: 1", "zwaar: 2", "line 15: a threshold lies between 1 and 1"),
        ("zwaar: 1", "zwer: 1", "line 15: zwer means nothing here"),
    ],
)
def test_a_mistake_in_a_derived_instrument_is_refused(
    domains: DomainList, write: Read, before: str, after: str, problem: str
) -> None:
    with pytest.raises(errors.BadInstrument, match=problem):
        read_instrument(write(INDEX.replace(before, after)), domains)


def test_indicators_come_back_from_the_store(domains: DomainList, write: Read, project: ProjectFile) -> None:
    made = read_instrument(write(INDEX), domains)
    with project.change(Act.IMPORT_INSTRUMENTS) as writing:
        scores.put_instrument(writing, made)
    (stored,) = scores.instruments(project)
    assert stored.indicators == ()
    again = parse_derived(stored)
    assert (again.indicators, again.thresholds) == (made.indicators, made.thresholds)


def test_what_is_not_derived_stays_as_it_is(domains: DomainList, write: Read) -> None:
    found = read_instrument(write(INSTRUMENT), domains)
    assert parse_derived(found) is found


# -- the shipped and the official files ------------------------------------------------------------------------------


@pytest.fixture
def shipped() -> DomainList:
    return read_domains(OURS.parent / "levensdomeinen.yaml")


def test_the_shipped_files_load(shipped: DomainList) -> None:
    assert (len(shipped.groups), len(shipped.domains)) == (9, 24)
    found = {path.stem: read_instrument(path, shipped) for path in OURS.glob("*.yaml")}
    assert {key: (len(each.items), len(each.indicators)) for key, each in found.items()} == {
        "sociale_balans": (45, 0),
        "impactmeter_mgo": (20, 0),
        "kansarmoede_index": (0, 6),
        "tien_punten": (7, 0),
    }
    per_family = [item.key for item in found["sociale_balans"].items if item.level is Level.FAMILY]
    assert per_family[-2:] == ["kind.jeugdzorg", "kind.gezinsondersteuner"]
    assert found["tien_punten"].kind == "sjabloon"


@needs_official
@pytest.mark.parametrize("name", ["sociale_balans", "impactmeter_mgo"])
def test_an_official_file_takes_its_life_domains_from_the_instrument_in_the_project(
    shipped: DomainList, name: str
) -> None:
    ours = read_instrument(OURS / f"{name}.yaml", shipped)
    official = read_instrument(OFFICIAL / f"{name}.yaml", shipped, known=[ours])
    assert official.wording == "officieel"
    assert [(item.key, item.level, item.domain, item.note) for item in official.items] == [
        (item.key, item.level, item.domain, item.note) for item in ours.items
    ]
    assert all(len(item.labels) == 5 for item in official.items)


@needs_official
def test_an_official_file_alone_finds_the_crosswalk_beside_it(shipped: DomainList) -> None:
    points = read_instrument(OFFICIAL / "go_team.yaml", shipped)
    assert (points.key, points.low, points.high) == ("go_team_10_punten", 1, 10)
    assert [(item.key, item.domain) for item in points.items] == [
        ("kinderen", "KIN"),
        ("schulden", "INK"),
        ("cultureel_kapitaal", "OPL"),
        ("inkomen", "INK"),
        ("gezondheid", "LIC"),
        ("huisvesting", "WON"),
        ("geweld", "VEI"),
    ]
    balance = read_instrument(OFFICIAL / "sociale_balans.yaml", shipped)
    dutch = balance.find("volwassene.nederlands")
    assert dutch is not None
    assert dutch.labels[0] == "Geen kennis van het Nederlands"


OFFICIAL_SMALL = """\
instrument: klein
versie_bestand: 2
naam: Klein
schaal: {min: 1, max: 2}
domeinen:
- id: k.een
  naam: een
- id: k.twee
  naam: null
"""


def test_an_official_item_without_a_life_domain_is_refused(domains: DomainList, write: Read) -> None:
    with pytest.raises(errors.BadInstrument, match=r"line 6: item k\.een has no life domain"):
        read_instrument(write(OFFICIAL_SMALL), domains)


def test_an_official_item_with_two_life_domains_is_refused(domains: DomainList, write: Read, tmp_path: Path) -> None:
    crosswalk = "domeinen:\n- id: WON\n  klein: [k.een]\n- id: PSY\n  klein: [k.een]\n"
    (tmp_path / "life_domains.yaml").write_text(crosswalk, "utf-8")
    with pytest.raises(errors.BadInstrument, match=r"item k\.een has more than one life domain"):
        read_instrument(write(OFFICIAL_SMALL), domains)
