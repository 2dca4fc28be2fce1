"""A house template: opened, cleared of what does not belong in a report, its styles found, the missing ones made in its own look."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import ParagraphStyle
from lxml import etree

from verhalen.errors import BadTemplate
from verhalen.i18n import mark, t
from verhalen.model.text import Notice
from verhalen.report import docx_style as style
from verhalen.report.docx_lists import ensure_list
from verhalen.report.docx_xml import clean, element
from verhalen.report.template_sound import in_one_column, misplaced, renumber, sound
from verhalen.report.template_styles import Found, find_styles

PLACE = re.compile(r"\{\{\s*(?:verslag|rapport|report)\s*\}\}", re.IGNORECASE)
"""Where the report comes in a template; what stands above and below stays (a cover, a colophon)."""
_FIELDS = re.compile(r"\{\{\s*(titel|title|ondertitel|subtitle|datum|date)\s*\}\}", re.IGNORECASE)
_MACROS, _TEMPLATE, _DOCUMENT = (
    b"macroEnabled",
    b"wordprocessingml.template.main+xml",
    b"wordprocessingml.document.main+xml",
)
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKS = ("w:documentProtection", "w:writeProtection")
_NOT_OURS = ("w:attachedTemplate", "w:mailMerge", "w:trackRevisions", "w:docVars", "w:saveThroughXslt")
"""Settings of a template that lead back to somebody's computer, or that would mark all our words as changes."""
_PEOPLE = "http://schemas.microsoft.com/office/2011/relationships/people"
_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_CUSTOM_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_LEFT_OUT = (
    RELATIONSHIP_TYPE.COMMENTS,
    _PEOPLE,
    _CUSTOM_XML,
    "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds",
    "http://schemas.microsoft.com/office/2018/08/relationships/commentsExtensible",
)
_BODY_ONLY = (
    RELATIONSHIP_TYPE.IMAGE,
    RELATIONSHIP_TYPE.CHART,
    RELATIONSHIP_TYPE.HYPERLINK,
    RELATIONSHIP_TYPE.OLE_OBJECT,
    RELATIONSHIP_TYPE.PACKAGE,
)


@dataclass(slots=True)
class Dressed:
    """An empty document in a house's look."""

    document: Document
    names: Mapping[str, str] = field(default_factory=dict)
    """Our name of a style -> its name in the document, where these differ."""
    notices: tuple[Notice, ...] = ()
    """What the template lacks and how that was solved."""
    below: tuple[BaseOxmlElement, ...] = ()
    """What stands below the place of the report."""
    has_title: bool = False
    """Whether the template says the title itself."""
    accent: str = style.ACCENT

    def named(self, role: str) -> str:
        """The name of a style in this document."""
        return self.names.get(role, role)

    def finish(self) -> None:
        """Put what stands below the report under it."""
        last = self.document.element.body.find(qn("w:sectPr"))
        for each in self.below:
            if last is not None:
                last.addprevious(each)


def plain(language: str) -> Dressed:
    """An empty document in our own style."""
    document = docx.Document()
    style.apply_house_style(document)
    _empty(document, 0)
    style.add_own_styles(document)
    style.set_language(document, language)
    return Dressed(document)


def dressed(path: Path, *, language: str) -> Dressed:
    """An empty document in the style of a template (.docx or .dotx), headers and footers included. Raises BadTemplate."""
    document = _open(path)
    sound(document)
    if not any(each.type == WD_STYLE_TYPE.PARAGRAPH for each in document.styles):
        raise BadTemplate(
            file=path.name, problem=t("it holds no styles. Save it again in Word, from a document with text")
        )
    found = find_styles(document)
    notices = [*_without_locks(document), *missing(found), *misplaced(document, PLACE), *in_one_column(document)]
    names = {each.role: each.style for each in found if each.style and each.style != each.role}
    accent = _accent(document, names)
    for each in found:
        if not each.style:
            style.make_style(document, each.role, base=names.get("Normal", "Normal"), accent=accent)
    _make_headings(document, names)
    for role, ordered in (("List Bullet", False), ("List Number", True)):
        ensure_list(document, names.get(role, role), ordered=ordered)
    below = _empty(document, _place(document))
    style.add_own_styles(document, names=names, accent=accent)
    style.set_language(document, language)
    return Dressed(document, names, tuple(notices), below, accent=accent)


def missing(found: tuple[Found, ...]) -> list[Notice]:
    """What a template lacks, by name."""
    lacking = [each.role for each in found if not each.style]
    if not lacking:
        return []
    message = mark("your template has no style for: {styles}. I made them from its plain text")
    return [Notice(None, message, {"styles": ", ".join(t(ROLE_NAMES[role]) for role in lacking)})]


ROLE_NAMES = {
    "Normal": mark("plain text"),
    "Title": mark("title"),
    "Subtitle": mark("subtitle"),
    "Heading 1": mark("heading 1"),
    "Heading 2": mark("heading 2"),
    "Heading 3": mark("heading 3"),
    "List Bullet": mark("list with bullets"),
    "List Number": mark("numbered list"),
    "Quote": mark("quote"),
    "Caption": mark("caption"),
    "Callout": mark("box"),
    "Report Table": mark("table"),
}
"""What each style is for, marked."""


def styles_of(path: Path) -> tuple[Found, ...]:
    """Which style of a template stands for what, for a look before building. Raises BadTemplate."""
    document = _open(path)
    sound(document)
    return find_styles(document)


def _open(path: Path) -> Document:
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = t("it is not there") if isinstance(error, FileNotFoundError) else t("the computer does not let me")
        raise BadTemplate(file=path.name, problem=reason) from error
    _refuse_other_kinds(path, content)
    try:
        return docx.Document(io.BytesIO(_as_document(path, content)))
    except (ValueError, KeyError, zipfile.BadZipFile, PackageNotFoundError, etree.XMLSyntaxError, EOFError) as error:
        raise BadTemplate(file=path.name, problem=t("it is not a Word document (.docx or .dotx)")) from error


def _refuse_other_kinds(path: Path, content: bytes) -> None:
    if not content.startswith(_OLE):
        return
    if "EncryptedPackage".encode("utf-16-le") in content:
        problem = t("it is locked with a password. Open it in Word, take the password off and save it")
    else:
        problem = t("it is in Word's old format. Open it in Word and save it as .docx")
    raise BadTemplate(file=path.name, problem=problem)


def _as_document(path: Path, content: bytes) -> bytes:
    """A template file (.dotx) as a document: they differ in one content type, and python-docx opens documents only."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "[Content_Types].xml":
                if _MACROS in data:
                    problem = t("it holds macros. Open it in Word and save it as .docx or .dotx, without macros")
                    raise BadTemplate(file=path.name, problem=problem)
                data = data.replace(_TEMPLATE, _DOCUMENT)
            new.writestr(member, data)
    return made.getvalue()


def _without_locks(document: Document) -> Iterator[Notice]:
    """Take off what would keep the coordinator from changing her own report, and traces of the template's maker."""
    settings = document.settings.element
    for name in _NOT_OURS:
        for each in settings.findall(qn(name)):
            settings.remove(each)
    locks = [each for name in _LOCKS for each in settings.findall(qn(name))]
    for each in locks:
        settings.remove(each)
    if locks:
        yield Notice(None, mark("your template is protected against changes; the report made from it is not"))


def _accent(document: Document, names: Mapping[str, str]) -> str:
    """The colour of the house's own headings, where letters in it can be read; ink where they cannot."""
    for role in ("Heading 1", "Heading 2", "Title"):
        name = names.get(role, role)
        found = document.styles[name] if name in {each.name for each in document.styles} else None
        while isinstance(found, ParagraphStyle):
            colour = found.font.color.rgb if found.font.color is not None else None
            if colour is not None:
                if all(style.contrast(str(colour), paper) >= 4.5 for paper in ("FFFFFF", style.TINT, style.WARM)):
                    return str(colour)
                return style.INK
            base = found.base_style
            found = base if isinstance(base, ParagraphStyle) else None
    return style.INK


def _make_headings(document: Document, names: Mapping[str, str]) -> None:
    """A heading that a house named itself is one for Word's navigation and for a screen reader, too."""
    for level in (1, 2, 3):
        name = names.get(f"Heading {level}")
        if name is None:
            continue
        own = document.styles[name]
        if isinstance(own, ParagraphStyle) and own.paragraph_format.keep_with_next is None:
            own.paragraph_format.keep_with_next = True  # else it may stand alone at the foot of a page
        properties = own.element.get_or_add_pPr()
        if properties.find(qn("w:outlineLvl")) is None:
            properties.insert_element_before(element("w:outlineLvl", {"w:val": level - 1}), "w:divId", "w:cnfStyle")


# -- the body of the template ------------------------------------------------------------------------------------------


def _place(document: Document) -> int | None:
    """At which child of the body the report comes; None: the template does not say, so nothing of its body stays."""
    for at, child in enumerate(document.element.body):
        if child.tag == qn("w:p") and PLACE.fullmatch(_said(child).strip()):
            return at
    return None


def _said(paragraph: BaseOxmlElement) -> str:
    return "".join(each.text or "" for each in paragraph.iter(qn("w:t")))


def _empty(document: Document, place: int | None) -> tuple[BaseOxmlElement, ...]:
    """Remove the words and pictures of a template's body, but those around the report's place; give those below it."""
    body = document.element.body
    children = [child for child in body if child.tag != qn("w:sectPr")]
    below: tuple[BaseOxmlElement, ...] = ()
    if place is None or not children:
        gone = children
    else:
        gone, below = [children[place]], tuple(children[place + 1 :])
    for child in (*gone, *below):
        body.remove(child)
    kept = set(body.xpath(".//@r:id | .//@r:embed | .//@r:link"))
    for each in below:
        kept |= set(each.xpath(".//@r:id | .//@r:embed | .//@r:link"))
    relations = document.part.rels
    for key, relation in list(relations.items()):
        if relation.reltype in _LEFT_OUT or (relation.reltype in _BODY_ONLY and key not in kept):
            del relations[key]
    renumber(document, below)
    _forget_the_package(document)
    return below


def _forget_the_package(document: Document) -> None:
    """Without a picture of the first page, and without properties that name who made or owns the template."""
    package = document.part.package
    if package is None:
        return
    for key, relation in list(package.rels.items()):
        if relation.reltype in (RELATIONSHIP_TYPE.THUMBNAIL, _CUSTOM_PROPERTIES):
            del package.rels[key]
        elif relation.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES and not relation.is_external:
            part = relation.target_part
            part._blob = re.sub(rb"<(Manager|Template|HyperlinkBase)>[^<]*</\1>", b"", part.blob)


def fill_fields(made: Dressed, *, title: str, subtitle: str, day: str) -> None:
    """Put title, subtitle and day where the template asks for them: on its cover, in its headers and footers."""
    values = {"titel": title, "title": title, "ondertitel": subtitle, "subtitle": subtitle, "datum": day, "date": day}
    in_body = [*made.document.element.body.iter(qn("w:p")), *(p for each in made.below for p in each.iter(qn("w:p")))]
    around = [p for part in _headers(made.document) for p in part.iter(qn("w:p"))]
    for paragraph in (*in_body, *around):
        names = {name.casefold() for name in _FIELDS.findall(_said(paragraph))}
        if not names:
            continue
        _fill(paragraph, values)
        made.has_title |= paragraph in in_body and bool(names & {"titel", "title"})


def _headers(document: Document) -> Iterator[BaseOxmlElement]:
    for relation in document.part.rels.values():
        if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            yield relation.target_part.element


def _fill(paragraph: BaseOxmlElement, values: Mapping[str, str]) -> None:
    """Word cuts what somebody typed into runs as it likes: the first of them takes all the words."""
    pieces = list(paragraph.iter(qn("w:t")))
    whole = "".join(each.text or "" for each in pieces)
    said = _FIELDS.sub(lambda match: values[match.group(1).casefold()], whole)
    for piece in pieces[1:]:
        piece.text = ""
    pieces[0].text = clean(said)
    pieces[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
