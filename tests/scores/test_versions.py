"""A newer version of an instrument beside scores that were given by an older one, and files to begin with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from verhalen import errors
from verhalen.api.project import Project, new_project
from verhalen.i18n import set_language
from verhalen.scores.instrument_text import instrument_text
from verhalen.scores.instruments import read_domains, read_instrument
from verhalen.scores.versions import words_at
from verhalen.store import scores

ROOT = Path(__file__).resolve().parents[2]
ITEM = "      - {{id: {0}, naam: {1}, levensdomein: WON, labels: [{2}]{3}}}\n"
HEAD = """\
instrument: dak
versie: {0}
naam: Dak
schaal: {{min: 1, max: 3}}
niveaus:
  - {{id: huis, naam: Gezin, per: gezin}}
domeinen:
  - id: wonen
    naam: Wonen
    niveau: huis
    items:
"""
FIRST = (
    HEAD.format(1) + ITEM.format("lek", "Lek", "veel, soms, geen", "") + ITEM.format("vocht", "Vocht", "a, b, c", "")
)
SECOND = HEAD.format(2) + ITEM.format("lek", "Lekt het?", "erg, wat, niet", "")


@pytest.fixture
def project(tmp_path: Path, home: Path) -> Project:
    set_language("en")
    made = new_project(tmp_path / "w", coder="Hanne", empty=True)
    made.families.add("G001")
    return made


def load(project: Project, text: str) -> None:
    path = project.workspace / "dak.yaml"
    path.write_text(text, "utf-8")
    project.scores.import_instruments(path)


def score(project: Project, item: str, value: int, day: str) -> None:
    path = project.workspace / "s.csv"
    path.write_text(f"gezin;datum;instrument;item;waarde\nG001;{day};dak;{item};{value}\n", "utf-8")
    project.scores.import_file(path)


def test_old_scores_keep_their_words_and_items_that_are_left_out_are_retired(project: Project) -> None:
    load(project, FIRST)
    score(project, "lek", 2, "2025-01-01")
    load(project, SECOND)
    score(project, "lek", 3, "2025-06-01")
    now = project.scores.instrument("dak")
    assert [(item.key, item.name, item.retired) for item in now.items] == [
        ("lek", "Lekt het?", False),
        ("vocht", "Vocht", True),
    ]
    older = project.scores.versions("dak")
    said = [(each.version, words_at(now, older, each.version)["lek"]) for each in project.families.snapshots("G001")]
    assert [(version, words.name, words.labels) for version, words in said] == [
        (1, "Lek", ("veel", "soms", "geen")),
        (2, "Lekt het?", ("erg", "wat", "niet")),
    ]
    # What is exported prints with the words by which it was judged, and an item that comes back is asked again.
    project.scores.export(project.workspace / "uit.csv")
    lines = (project.workspace / "uit.csv").read_text("utf-8").splitlines()[1:]
    assert [line.split(";")[11:14] for line in lines] == [["1", "Lek", "soms"], ["2", "Lekt het?", "niet"]]
    load(project, FIRST.replace("versie: 1", "versie: 3"))
    assert [(item.key, item.retired) for item in project.scores.instrument("dak").items] == [
        ("lek", False),
        ("vocht", False),
    ]


def test_the_same_file_again_changes_nothing(project: Project) -> None:
    load(project, FIRST)
    score(project, "lek", 2, "2025-01-01")
    before = project.file.last_change()
    load(project, FIRST)
    assert project.file.last_change() == before


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (SECOND.replace("max: 3", "max: 4").replace("erg,", "erg, meer,"), "Old scores are not read on another scale"),
        (SECOND.replace("per: gezin", "per: kind"), "item lek is about somebody else"),
        (SECOND.replace("niet]", "niet], richting: slechter"), "item lek runs the other way"),
        (SECOND.replace("versie: 2", "versie: 1"), "names or labels differ from those of version 1"),
        (SECOND.replace("versie: 2", "soort: afgeleid").split("schaal")[0] + "indicatoren:\n  - {id: x, naam: X, "
         "levensdomein: WON, items: [{item: huishouden.inkomen, grens: 2}]}\n", "would become an index"),
    ],
)  # fmt: skip
def test_what_would_change_the_meaning_of_old_scores_is_refused(project: Project, text: str, problem: str) -> None:
    load(project, FIRST)
    score(project, "lek", 2, "2025-01-01")
    before = project.file.last_change()
    with pytest.raises(errors.InstrumentClash, match=problem):
        load(project, text)
    assert project.file.last_change() == before


def test_a_lower_version_is_refused_and_without_scores_all_may_change(project: Project) -> None:
    load(project, SECOND)
    with pytest.raises(errors.InstrumentClash, match="the file is version 1, and the project has version 2"):
        load(project, FIRST)
    load(project, SECOND.replace("max: 3", "max: 4").replace("erg,", "erg, meer,"))
    assert project.scores.instrument("dak").high == 4
    assert project.scores.versions("dak") == []


def test_official_wording_over_our_own_gets_a_number_of_its_own(project: Project) -> None:
    load(project, FIRST)
    score(project, "lek", 2, "2025-01-01")
    official = FIRST.replace("naam: Dak", "naam: Dak\nwording: officieel").replace("naam: Lek", "naam: Daklek")
    load(project, official)
    now = project.scores.instrument("dak")
    assert (now.version, now.wording, [each.wording for each in project.scores.versions("dak")]) == (
        2, "officieel", ["eigen"],
    )  # fmt: skip
    before = project.file.last_change()
    load(project, official)
    assert project.file.last_change() == before


def test_higher_is_worse_is_kept_and_turned_round_where_change_is_computed(project: Project) -> None:
    load(project, FIRST.replace("geen]", "geen], richting: slechter"))
    score(project, "lek", 1, "2025-01-01")
    score(project, "vocht", 1, "2025-01-01")
    items = project.scores.instrument("dak").items
    assert [(item.key, item.higher_is_worse, item.labels[0]) for item in items] == [
        ("lek", True, "veel"),
        ("vocht", False, "a"),
    ]
    assert [(row.item, row.value) for row in scores.observation_rows(project.file, "dak")] == [("lek", 3), ("vocht", 1)]
    seen = project.families.snapshots("G001")[0].observations
    assert [each.value for each in seen] == [1, 1]
    score(project, "lek", 2, "2025-07-02")
    score(project, "vocht", 2, "2025-07-02")
    rows = {each.change.target: each.change for each in project.scores.change("dak").rows}
    assert [(rows[key].up, rows[key].down) for key in ("lek", "vocht")] == [(0, 1), (1, 0)]


def test_an_index_needs_items_that_are_there_and_borders_on_their_scale(project: Project) -> None:
    index = (ROOT / "codebooks" / "instrumenten" / "kansarmoede_index.yaml").read_text("utf-8")
    path = project.workspace / "index.yaml"
    path.write_text(index.replace("versie: 1", "versie: 2").replace("kansarm: 3", "kansarm: 4"), "utf-8")
    assert project.scores.import_instruments(path)[0].version == 2
    for before, after, problem in (
        ("item: huishouden.inkomen", "item: huishouden.auto", "line 24: there is no item huishouden.auto"),
        ("huishouden.inkomen, grens: 2", "huishouden.inkomen, grens: 7", "line 24: 7 is off the scale of 1 to 5"),
        ("kansarm: 3", "kansarm: 7", "a threshold lies between 1 and 6"),
    ):
        path.write_text(index.replace(before, after), "utf-8")
        with pytest.raises(errors.BadInstrument, match=problem):
            project.scores.import_instruments(path)


def test_the_template_loads_and_every_instrument_comes_back_as_it_went_out(project: Project) -> None:
    folder = project.workspace
    project.scores.instrument_template(folder / "ons.yaml")
    (ours,) = project.scores.import_instruments(folder / "ons.yaml")
    assert (ours.key, len(ours.items), [item.higher_is_worse for item in ours.items]) == (
        "ons_instrument", 3, [False, False, True],
    )  # fmt: skip
    with pytest.raises(errors.FileExists):
        project.scores.instrument_template(folder / "ons.yaml")
    domains = read_domains(ROOT / "codebooks" / "levensdomeinen.yaml")
    for shipped in sorted((ROOT / "codebooks" / "instrumenten").glob("*.yaml")):
        made = read_instrument(shipped, domains)
        written = folder / f"{made.key}.yaml"
        written.write_text(instrument_text(made), "utf-8")
        assert replace(read_instrument(written, domains), definition="") == replace(made, definition="")
        exported = project.scores.export_instrument(made.key, folder / f"uit_{made.key}.yaml")
        assert exported.read_text("utf-8") == shipped.read_text("utf-8")
