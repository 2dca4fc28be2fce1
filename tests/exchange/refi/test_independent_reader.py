"""Our exports as somebody else reads them: a small reader that knows the standard and nothing of this program.

It uses `zipfile` and `xml.etree` alone. Every reference must lead to something of the right kind, and every selection must
cut the coded words out of the file that stands in the archive, counted as the standard says (or as NVivo does).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from tests.builders import add_code, code_words
from tests.exchange.refi.schemas import schema

from verhalen.api.project import Project, new_project
from verhalen.model.act import Act
from verhalen.store import families, memos
from verhalen.store.foreign import put_mention

SPACE = "{urn:QDA-XML:project:1.0}"
TEXTS = {
    "emoji": "Anna: Ik sliep 😀 niet, 👨‍👩‍👧 samen 👍🏽 wel.\nCoach: Vertel 🇧🇪 eens.\n",
    "loose accents": "Anna: De zoe\u0308 cafe\u0301 was dicht, e\u0301e\u0301n dag.\nCoach: Ach.\n",
    "line ends of Windows": "Anna: Een.\r\n\r\nCoach: Twee drie.\r\nAnna: Vier vijf.\r\n",
    "from right to left": "Samir: \u202bאני לא ישן\u202c טוב.\nCoach: مرحبا بك, يا صديقي.\n",
    "a mark at the beginning": "\ufeffAnna: Dag 😀.\nCoach: Hallo <b> & \"jij\" 'daar'.\n",
    "odd blanks": "Anna:\tEen\u00a0twee\u2028drie\u0085vier\u200bvijf.\x0c\nCoach: Zes.\n",
}
WORDS = {
    "emoji": ("😀 niet", "👨‍👩‍👧 samen", "👍🏽 wel", "🇧🇪"),
    "loose accents": ("zoë", "café", "één dag"),
    "line ends of Windows": ("Een.\n\nCoach: Twee", "drie", "Vier vijf"),
    "from right to left": ("אני לא ישן", "مرحبا", "صديقي"),
    "a mark at the beginning": ("Dag 😀", "<b> & \"jij\" 'daar'"),
    "odd blanks": ("Een\u00a0twee", "drie", "vijf"),
}
TARGETS = {
    "CodeRef": {"Code"}, "VariableRef": {"Variable"}, "NoteRef": {"Note"},
    "SourceRef": {"TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource"},
    "SelectionRef": {"PlainTextSelection", "TranscriptSelection"}, "MemberCode": {"Code"}, "MemberSource": {"TextSource"},
    "MemberNote": {"Note"},
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A text of each kind with codings, memos of each kind, a family with a value, and somebody who is spoken about."""
    folder = tmp_path_factory.mktemp("independent")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(folder / "home"))
        with new_project(folder / "w", coder="Hanne", empty=True) as made:
            _fill(made, folder)
            yield made


def _fill(made: Project, folder: Path) -> None:
    for number, (name, text) in enumerate(TEXTS.items(), 1):
        path = folder / f"{number} {name}.txt"
        path.write_bytes(text.encode())
        assert [each.error for each in made.sources.import_files([path])] == [None]
    for key in ("thema", "thema.slaap", "andere"):
        add_code(made.file, key)
    for number, name in enumerate(TEXTS, 1):
        for at, words in enumerate(WORDS[name]):
            code_words(made.file, made.sources.get(number).id, words, ("thema", "thema.slaap")[at % 2])
    source = made.sources.get(1).id
    with made.file.change(Act.IMPORT_FAMILIES) as writing:
        family = families.add_family(writing, "G001", municipality="Oudermeer")
        families.set_attribute(writing, family, "Taal", "fr & nl")
        put_mention(writing, source, start=6, stop=14, family_id=family, coder_id=made.file.coder_id)
    with made.file.change(Act.MEMO) as writing:
        for what, about in (
            ("project", 0),
            ("source", source),
            ("code", made.codes.get("thema").id),
            ("family", family),
        ):
            memos.add_memo(writing, what, about, f"Over {what} 😀")  # type: ignore[arg-type]


class Reader:
    """A project file as the standard says that it is read."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            self.members = {name: archive.read(name) for name in archive.namelist()}
        self.xml = self.members["project.qde"]
        self.root = ET.fromstring(self.xml)
        self.named = [(each.tag.removeprefix(SPACE), each) for each in self.root.iter()]
        self.by_guid = {str(each.get("guid")): (name, each) for name, each in self.named if each.get("guid")}

    def text(self, source: ET.Element) -> str:
        """The words of a source, with all their letters, from the one file that its path says."""
        path = str(source.get("plainTextPath"))
        assert path.startswith("internal://")
        (data,) = [self.members[name] for name in self.members if name.split("/", 1)[-1] == path[len("internal://") :]]
        return data.decode("utf-8")

    def selections(self) -> Iterator[tuple[ET.Element, ET.Element]]:
        """Each selection with its source."""
        for source in self.root.iter(f"{SPACE}TextSource"):
            yield from ((source, each) for each in source.iter(f"{SPACE}PlainTextSelection"))


@pytest.fixture(scope="module", params=["standard", "nvivo"])
def read(request: pytest.FixtureRequest, project: Project, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    path = tmp_path_factory.mktemp("out") / "uit.qdpx"
    project.exchange.export(path, profile=request.param)
    reader = Reader(path)
    reader.root.set("profile", request.param)
    return reader


def test_every_file_holds_to_the_schema(read: Reader) -> None:
    schema("Project.xsd").assertValid(etree.fromstring(read.xml))


def test_every_guid_is_there_once_and_every_reference_leads_to_its_kind(read: Reader) -> None:
    assert set(Counter(each.get("guid") for _, each in read.named if each.get("guid")).values()) == {1}
    met = Counter[str]()
    for name, element in read.named:
        if name in TARGETS:
            assert read.by_guid[str(element.get("targetGUID"))][0] in TARGETS[name]
            met[name] += 1
        for attribute in ("creatingUser", "modifyingUser", "creatingUserGUID", "modifyingUserGUID"):
            if element.get(attribute):
                assert read.by_guid[str(element.get(attribute))][0] == "User"
                met["user"] += 1
        if name == "Link":
            assert {str(element.get("originGUID")), str(element.get("targetGUID"))} <= set(read.by_guid)
    assert {"CodeRef", "VariableRef", "NoteRef", "SelectionRef", "user"} <= set(met)


def test_every_selection_cuts_the_coded_words_out_of_the_file(read: Reader, project: Project) -> None:
    is_nvivo = read.root.get("profile") == "nvivo"
    found = Counter[tuple[str, str]]()
    for source, selection in read.selections():
        text = read.text(source)
        start, stop = int(str(selection.get("startPosition"))), int(str(selection.get("endPosition")))
        if is_nvivo:
            assert text.startswith("\ufeff")
            units = text[1:].encode("utf-16-le")
            words = units[2 * start : 2 * stop].decode("utf-16-le").replace("\r\n", "\n")
        else:
            assert "\r" not in text
            assert not text.startswith("\ufeff")
            words = text[start:stop]
        assert 0 <= start < stop
        for code in selection.iter(f"{SPACE}CodeRef"):
            assert selection.get("name") == "".join(letter for letter in words if letter >= " " or letter in "\t\n\r")
            found[words, str(read.by_guid[str(code.get("targetGUID"))][1].get("name"))] += 1
    names = {code.key: code.name for code in project.codes.book()}
    ours = Counter((each.text, names[each.coding.code]) for each in project.codings.fragments())
    assert found == ours
    assert sum(ours.values()) == sum(map(len, WORDS.values()))


def test_what_is_said_of_texts_stands_word_for_word_in_the_files(read: Reader, project: Project) -> None:
    texts = {str(each.get("name")): read.text(each) for each in read.root.iter(f"{SPACE}TextSource")}
    ours = {project.sources.get(n).title: project.sources.text(n).text for n in range(1, len(TEXTS) + 1)}
    assert {name: text.lstrip("\ufeff").replace("\r\n", "\n") for name, text in texts.items()} == ours


def test_nothing_lies_in_the_archive_that_the_project_does_not_name(read: Reader) -> None:
    named = {
        str(value).removeprefix("internal://")
        for _, element in read.named
        for key, value in element.attrib.items()
        if key in ("plainTextPath", "richTextPath", "path")
    }
    assert {name.split("/", 1)[-1] for name in read.members} == {*named, "project.qde"}


def test_memos_stand_at_what_they_are_about(read: Reader, project: Project) -> None:
    notes = {guid: each for guid, (name, each) in read.by_guid.items() if name == "Note"}
    said = {str(each.findtext(f"{SPACE}PlainTextContent")) for each in notes.values()}
    assert {"Over project 😀", "Over source 😀", "Over code 😀", "Over family 😀"} <= said
    name = project.codes.get("thema").name
    code = next(each for each in read.root.iter(f"{SPACE}Code") if each.get("name") == name)
    (reference,) = code.findall(f"{SPACE}NoteRef")
    assert notes[str(reference.get("targetGUID"))].findtext(f"{SPACE}PlainTextContent") == "Over code 😀"


def test_the_codebook_alone_holds_to_its_schema(project: Project, tmp_path: Path) -> None:
    project.exchange.export(tmp_path / "boek.qdc")
    root = etree.parse(tmp_path / "boek.qdc").getroot()
    schema("Codebook.xsd").assertValid(root)
    assert [each.get("name") for each in root.iter("{*}Code")] == [code.name for code in project.codes.book()]
