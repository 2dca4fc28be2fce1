"""Out to .qdpx with the file beside it, and into an empty project: nothing of texts, codes, codings, memos and cases is lost."""

from __future__ import annotations

import itertools
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.builders import add_family, add_text, examples, furnish
from tests.copies import made_once
from tests.exchange.refi.schemas import schema

from verhalen.api.codings import Intent
from verhalen.api.project import Project, new_project, open_project
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.model.coding import Valence
from verhalen.model.family import Person
from verhalen.model.memo import MemoTarget
from verhalen.model.patterns import read_patterns
from verhalen.settings import PROJECT_FILE
from verhalen.store import families, foreign, memos
from verhalen.store.project import ProjectFile
from verhalen.store.schema import JOURNALED

PIECES = st.sampled_from([
    "Anna: ", "ja ", "nee\n", "\r\n", "\ufeff", "😀", "👩\u200d👧", "e\u0301", "o\u0302\u0323", "\u05e9\u05dc\u05d5\u05dd ",
    "\u0645\u0631 ", "\u200f", "<&\"'>", "\x0b", "\t", "\u2028", "\ufb01",
])  # fmt: skip
WORDS = st.lists(PIECES, min_size=1, max_size=12).map("".join)
PLACES = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12), st.integers(0, 2), st.sampled_from(list(Valence)), WORDS),
    max_size=4,
)
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).map(lambda name: f"N {name}")
_numbers = itertools.count()


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where Hypothesis makes its projects."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(tmp_path_factory.mktemp("home")))
        yield tmp_path_factory.mktemp("trips")


@made_once
def _empty(folder: Path) -> Project:
    return new_project(folder / "w", coder="Hanne", empty=True)


def without_ids(project: Project, table: str) -> Counter[tuple[object, ...]]:
    """The rows of a table, with their ids and those of others left out."""
    columns = [name for name in foreign.columns_of(project.file, table) if name != "id" and not name.endswith("_id")]
    columns = [name for name in columns if name not in ("imported", "suffix", "original_sha256", "version")]
    quoted = ", ".join(f'"{name}"' for name in columns) or "0"
    return Counter(project.file.rows(f"select {quoted} from {table}"))


def told(project: Project) -> dict[str, object]:
    """What must come back, named by what does not change: numbers, keys and names."""
    coded = """
        select source.number, coding.start, coding.stop, code.key, coder.name, coder.identity, valence, memo, created
        from coding join source on source.id = source_id join code on code.id = code_id join coder on coder.id = coder_id"""
    mentions = """
        select source.number, start, stop, family.key, coder.name from mention join source on source.id = source_id
        join family on family.id = mention.family_id join coder on coder.id = coder_id"""
    persons = "select person.key, family.key, role, age_group, joined, left_on from person join family on family.id = family_id"
    spoken = """
        select source.number, s.name, s.role, p.key from speaker s join source on source.id = s.source_id
        left join person p on p.id = s.person_id"""
    turns = """
        select source.number, start, stop, s.name, time_ms from turn join source on source.id = turn.source_id
        left join speaker s on s.id = speaker_id"""
    file = project.file
    return {
        "texts": [(each.title, each.kind, project.sources.text(each.number).text) for each in project.sources.all()],
        "codings": Counter(file.rows(coded)),
        "mentions": Counter(file.rows(mentions)),
        "persons": Counter(file.rows(persons)),
        "speakers": Counter(file.rows(spoken)),
        "turns": Counter(file.rows(turns)),
        "memos": Counter(
            (each.target, each.place.key, each.place.source, each.place.start, each.text, each.coder, each.created)
            for each in project.memos.all()
        ),
        "families": [(each.key, each.municipality, each.attributes) for each in project.families.all()],
        "codes": [
            (
                each.key,
                each.name,
                each.definition,
                each.include,
                each.exclude,
                each.parent,
                each.evidence,
                each.touches,
                each.colour,
                each.patterns,
                each.deprecated,
            )
            for each in project.codes.book()
        ],
    }


def _bare(folder: Path) -> Project:
    """Without the shipped instruments and life domains."""
    folder.mkdir()
    return Project(ProjectFile.create(folder, coder="Hanne"))


def carry(project: Project, folder: Path, *, profile: str = "standard", into: Project | None = None) -> Project:
    """The project, out and into an empty one; the archive is valid, and its references lead somewhere."""
    path = folder / f"trip{next(_numbers)}.qdpx"
    project.exchange.export(path, profile=profile)
    with zipfile.ZipFile(path) as archive:
        tree = etree.fromstring(archive.read("project.qde"))
        names = set(archive.namelist())
    schema("Project.xsd").assertValid(tree)
    guids = [each.get("guid") for each in tree.iter() if each.get("guid")]
    assert len(guids) == len(set(guids))
    references = {
        value
        for each in tree.iter()
        for name, value in each.items()
        if name in ("targetGUID", "creatingUser", "originGUID")
    }
    assert references <= set(guids)
    folder_of_texts = "Sources" if profile == "nvivo" else "sources"
    assert {f"{folder_of_texts}/{str(each.get('plainTextPath'))[11:]}" for each in tree.iter("{*}TextSource")} <= names
    other = into or _empty(folder / f"to{next(_numbers)}")
    done = other.exchange.import_file(path)
    assert not +done.discarded
    return other


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    texts=st.lists(WORDS, min_size=1, max_size=2),
    places=PLACES,
    names=st.tuples(NAMES, NAMES),
    words=WORDS,
    profile=st.sampled_from(["standard", "nvivo"]),
)
def test_nothing_is_lost(
    target: Path,
    texts: list[str],
    places: list[tuple[int, int, int, Valence, str]],
    names: tuple[str, str],
    words: str,
    profile: str,
) -> None:
    with tempfile.TemporaryDirectory(dir=target) as place, _empty(Path(place)) as project:
        project.codes.add(
            Code(
                "a",
                names[0],
                definition=words.strip(),
                evidence=("WON",),
                colour="#2f6f9f",
                patterns=read_patterns("lemma:slapen"),
            ),
            last=True,
        )
        project.codes.add(Code("a.b", names[1], include=words.strip(), parent="a", touches=("PSY",)), last=True)
        project.codes.add(Code("c", names[0], exclude="Nooit.", deprecated=True), last=True)
        for number, text in enumerate(texts):
            add_text(project.file, f"x{text}", title=f"gesprek {number}.1")
        _code(project, places)
        family = add_family(project.file, "G001")
        with project.file.change(Act.IMPORT_FAMILIES) as writing:
            families.set_attribute(writing, family, names[1], words)
            families.put_person(writing, family, Person("G001.moeder", "ouder", "30-39"))
        source, code, turn = project.sources.get(1).id, project.codes.get("a.b").id, project.sources.text(1).turns[0].id
        about: list[tuple[MemoTarget, int]] = [
            ("project", 0),
            ("source", source),
            ("turn", turn),
            ("code", code),
            ("family", family),
        ]
        with project.file.change(Act.MEMO) as writing:
            for what, number in about:
                memos.add_memo(writing, what, number, f"{what} {words}")
        with carry(project, Path(place), profile=profile) as other:
            assert told(other) == told(project)


def _code(project: Project, places: list[tuple[int, int, int, Valence, str]]) -> None:
    """Codings of two coders, with memos of their own and of others."""
    source = project.sources.get(1)
    with open_project(project.file.path, coder="Jan") as jan:
        for index, (place, length, code, valence, memo) in enumerate(places):
            start, stop = min(place, source.characters - 1), min(place + length, source.characters)
            intent = Intent(source.id, start, max(stop, start + 1), ("a", "a.b", "c")[code], valence, memo)
            done = (jan if index % 2 else project).codings.apply(intent)
            with project.file.change(Act.MEMO) as writing:
                memos.add_memo(writing, "coding", done.coding_id, f"nog {memo}")


def test_every_table_comes_back_but_files_and_the_ledger(tmp_path: Path) -> None:
    with _bare(tmp_path / "from") as project:
        furnish(project.file)
        with carry(project, tmp_path, into=_bare(tmp_path / "to")) as other:
            assert told(other) == told(project)
            left = {"attachment", "release", "release_row", "decision"}
            different = {table for table in JOURNALED if without_ids(other, table) != without_ids(project, table)}
            assert different - left == {"consent"}, "the consent for an attachment stays with it"
            assert other.history.check().ok
            path = next(tmp_path.glob("trip*.qdpx"))
            again = other.exchange.import_file(path)
            assert (again.sources, again.codings, again.memos, again.rows) == ([], 0, 0, 0)
            assert told(other) == told(project)
            other.history.undo()
            assert [
                sum(without_ids(other, table).values()) for table in ("source", "story", "observation", "family")
            ] == [0] * 4
            other.exchange.import_file(path)
            assert told(other) == told(project)
            assert other.history.check().ok


def test_an_export_of_what_came_back_is_the_export_that_it_came_from(tmp_path: Path) -> None:
    with _bare(tmp_path / "from") as project:
        furnish(project.file)
        with carry(project, tmp_path, into=_bare(tmp_path / "to")) as other:
            for name, each in (("a", project), ("b", other)):
                (tmp_path / name).mkdir()
                each.exchange.export(tmp_path / name / "trip.qdpx")
        said = [zipfile.ZipFile(tmp_path / name / "trip.qdpx").read("project.qde") for name in ("a", "b")]
        guids = [{each.get("guid") for each in etree.fromstring(each).iter() if each.get("guid")} for each in said]
        assert guids[0] == guids[1]
        assert (
            json.loads((tmp_path / "a" / "trip.verhalen.json").read_bytes())["codes"]
            == json.loads((tmp_path / "b" / "trip.verhalen.json").read_bytes())["codes"]
        )


def test_names_of_the_key_and_paths_of_the_machine_do_not_go_out(tmp_path: Path) -> None:
    with _bare(tmp_path / "geheim") as project:
        furnish(project.file)
        project.exchange.export(tmp_path / "uit.qdpx")
    with zipfile.ZipFile(tmp_path / "uit.qdpx") as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    whole += (tmp_path / "uit.verhalen.json").read_bytes()
    for word in (b"geheim", str(tmp_path).encode(), PROJECT_FILE.encode()):
        assert word not in whole
