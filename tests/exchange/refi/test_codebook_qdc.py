"""Codebooks of REFI-QDA: ours are valid and come back; those of other programs are read whatever their habits."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tests.exchange.refi.schemas import schema

from verhalen import errors
from verhalen.api.project import Project, new_project
from verhalen.exchange.refi_qda.colours import as_hex
from verhalen.model.codebook import Code

FOREIGN = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:0:4" origin="Some program">
 <Codes>
  <Code guid="{0F1B5C5E-9C2B-4B7E-8C62-0A7C1B1D0001}" name="Zoë's Café" isCodable="false" color="rgb(255, 0, 10)">
   <Description>Über alles</Description>
   <Code guid="0f1b5c5e-9c2b-4b7e-8c62-0a7c1b1d0002" name="مدرسة" isCodable="true" color="#FF102030"/>
   <Code guid="0f1b5c5e-9c2b-4b7e-8c62-0a7c1b1d0002" name="Twin" isCodable="true" color="teal"/>
  </Code>
  <Code guid="none" name="" isCodable="true" color="rgb(nonsense)"/>
 </Codes>
 <Sets><Set guid="0f1b5c5e-9c2b-4b7e-8c62-0a7c1b1d0009" name="Group">
  <MemberCode guid="0f1b5c5e-9c2b-4b7e-8c62-0a7c1b1d0002"/></Set></Sets>
</CodeBook>"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = new_project(tmp_path / "w", coder="Hanne", empty=True)
    made.codes.add(
        Code("rol", "Rol & <taak>", definition="Wat iemand doet.", include="Altijd.", colour="#2f6f9f"), last=True
    )
    made.codes.add(Code("rol.troost", "Troost", parent="rol", evidence=("WON",), touches=("PSY",)), last=True)
    made.codes.add(Code("los", "Los", exclude="Nooit."), last=True)
    return made


def told(project: Project) -> list[tuple[object, ...]]:
    return [
        (each.name, each.definition, each.include, each.exclude, each.evidence, each.touches, each.colour)
        for each in project.codes.book()
    ]


def test_ours_is_valid_and_the_same_each_time(project: Project, tmp_path: Path) -> None:
    for name in ("a.qdc", "b.qdc"):
        project.codes.export_file(tmp_path / name)
    assert (tmp_path / "a.qdc").read_bytes() == (tmp_path / "b.qdc").read_bytes()
    schema("Codebook.xsd").assertValid(etree.parse(tmp_path / "a.qdc"))


def test_ours_comes_back_into_another_project_and_keeps_its_guids(project: Project, tmp_path: Path) -> None:
    project.codes.export_file(tmp_path / "a.qdc")
    with new_project(tmp_path / "other", coder="Hanne", empty=True) as other:
        assert other.codes.import_file(tmp_path / "a.qdc") == (3, 0, [])
        assert told(other) == told(project)
        other.codes.export_file(tmp_path / "b.qdc")
        assert other.codes.import_file(tmp_path / "a.qdc") == (0, 0, [])
    guids = [[each.get("guid") for each in etree.parse(tmp_path / name).iter("{*}Code")] for name in ("a.qdc", "b.qdc")]
    assert guids[0] == guids[1]


def test_a_code_renamed_elsewhere_is_the_same_code(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.qdc"
    project.codes.export_file(path)
    path.write_text(path.read_text("utf-8").replace('name="Troost"', 'name="Steun"'), "utf-8")
    assert project.codes.import_file(path)[:2] == (0, 1)
    assert project.codes.get("rol.troost").name == "Steun"


def test_a_foreign_codebook_is_read_whatever_its_habits(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "foreign.qdc"
    path.write_text(FOREIGN, "utf-8")
    new, changed, notices = project.codes.import_file(path)
    assert (new, changed, len(notices)) == (4, 0, 2)
    found = {each.key: (each.name, each.definition, each.colour, each.parent) for each in project.codes.book()}
    assert found["zoe_s_cafe"] == ("Zoë's Café", "Über alles", "#ff000a", None)
    assert found["zoe_s_cafe.code"] == ("مدرسة", "", "#102030", "zoe_s_cafe")
    assert found["zoe_s_cafe.twin"] == ("Twin", "", "#008080", "zoe_s_cafe")
    assert len(found) == 7
    project.codes.export_file(tmp_path / "back.qdc")
    back = etree.parse(tmp_path / "back.qdc")
    schema("Codebook.xsd").assertValid(back)
    guids = [each.get("guid") for each in back.iter("{*}Code")]
    assert len(set(guids)) == 7
    assert "0F1B5C5E-9C2B-4B7E-8C62-0A7C1B1D0002" in guids


@pytest.mark.parametrize(
    "text", ["", "<a", "<CodeBook/>", "<CodeBook><Codes/></CodeBook>", '<!DOCTYPE a [<!ENTITY b "c">]><CodeBook/>']
)
def test_what_is_no_codebook_is_refused_and_nothing_changes(project: Project, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.qdc"
    path.write_text(text, "utf-8")
    before = told(project)
    with pytest.raises((errors.UnreadableFile, errors.BadCodebook)):
        project.codes.import_file(path)
    assert told(project) == before


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("#AbC", "#aabbcc"), ("#80112233", "#112233"), ("112233", "#112233"), ("rgba(1,2,3,.5)", "#010203"),
        ("rgb(100% 0% 0%)", "#ff0000"), ("Red", "#ff0000"), ("rgb(300,-4,1)", "#ff0001"), ("#12", ""), ("", ""),
    ],
)  # fmt: skip
def test_colours_of_every_habit(written: str, colour: str) -> None:
    assert as_hex(written) == colour
