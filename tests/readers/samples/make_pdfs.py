"""Make the sample PDFs of the talks beside this file, each in another layout. Needs LibreOffice; CI does not run it."""

from __future__ import annotations

import html
import re
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
LABEL = re.compile(r"([A-Z][\w. ]{2,24}:)( )")
SOFT = (("gezinscoaching", "gezins\u00adcoaching"), ("verantwoordelijk", "verant\u00adwoorde\u00adlijk"),
        ("afbetalingsplan", "afbetalings\u00adplan"), ("zorgcoördinator", "zorg\u00adcoördi\u00adnator"),
        ("boterhammen", "boter\u00adhammen"), ("doorstroomwoning", "doorstroom\u00adwoning"),
        ("vragenlijst", "vragen\u00adlijst"), ("begeleiding", "bege\u00adleiding"), ("ruziemaken", "ruzie\u00admaken"))  # fmt: skip


def escaped(words: str) -> str:
    for whole, soft in SOFT:
        words = words.replace(whole, soft)
    return html.escape(words, quote=False)


def paragraph(words: str, *, bold: bool, style: str = "P") -> str:
    label = LABEL.match(words) if bold and style == "P" else None
    head = f'<text:span text:style-name="B">{escaped(label[1])}</text:span> ' if label else ""
    return f'<text:p text:style-name="{style}">{head}{escaped(words[label.end() :] if label else words)}</text:p>'


def table(pairs: list[tuple[str, str]]) -> str:
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{paragraph(words, bold=False)}</table:table-cell>" for words in pair)
        + "</table:table-row>"
        for pair in pairs
    )
    columns = '<table:table-column table:style-name="C1"/><table:table-column table:style-name="C2"/>'
    return f"<table:table>{columns}{cells}</table:table>"


def document(
    body: str, *, space: str = "0.3cm", font: str = "Liberation Serif", size: str = "12pt", head: str = "", foot: str = "",
    columns: int = 1, indent: str = "0cm", align: str = "start", line: str = "100%",
) -> str:  # fmt: skip
    number = '<text:page-number text:select-page="current">1</text:page-number>'
    edges = "".join(
        f"<style:{tag}><text:p>{html.escape(words).replace('#', number)}</text:p></style:{tag}>"
        for tag, words in (("header", head), ("footer", foot))
        if words
    )
    room = "".join(
        f'<style:{tag}-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-{side}="0.5cm"/></style:{tag}-style>'
        for tag, words, side in (("header", head, "bottom"), ("footer", foot, "top"))
        if words
    )
    column = f'<style:columns fo:column-count="{columns}" fo:column-gap="1cm"/>' if columns > 1 else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMESPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'{font}'"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties style:font-name="F" fo:font-size="{size}"
 fo:language="nl" fo:country="BE"/></style:default-style>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="{space}"
 fo:text-indent="{indent}" fo:text-align="{align}" fo:line-height="{line}"/></style:style>
<style:style style:name="K" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.5cm"/>
<style:text-properties fo:font-size="18pt" fo:font-weight="bold"/></style:style>
</office:styles>
<office:automatic-styles>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="C1" style:family="table-column"><style:table-column-properties style:column-width="3cm"/></style:style>
<style:style style:name="C2" style:family="table-column"><style:table-column-properties style:column-width="14cm"/></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm">
{column}</style:page-layout-properties>{room}</style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">{edges}</style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""


def body(name: str, *, bold: bool = True) -> str:
    title, *rest = (HERE / name).read_text(encoding="utf-8").strip().split("\n\n")
    lines = [paragraph(line, bold=bold) for part in rest for line in part.split("\n")]
    return "".join([paragraph(title, bold=False, style="K"), *lines])


def table_body(name: str) -> str:
    title, *rest = (HERE / name).read_text(encoding="utf-8").strip().split("\n\n")
    pairs = [(part.split("\n")[0], part.split("\n")[1]) for part in rest]
    return paragraph(title, bold=False, style="K") + table(pairs)


def samples() -> dict[str, str]:
    """Name and flat OpenDocument text of each."""
    return {
        "wit": document(body("gesprek.txt"), head="Gesprek 3 – gezinscoaching", foot="Pagina #"),
        "dicht": document(body("gesprek.txt", bold=False), space="0cm", foot="#", line="150%"),
        "inspringen": document(
            body("gesprek.txt"), space="0cm", indent="0.6cm", align="justify", size="10pt", foot="– # –"
        ),
        "kolommen": document(
            body("gesprek.txt"), columns=2, align="justify", font="Liberation Sans", size="10pt", foot="#"
        ),
        "emoji": document(body("emoji.txt"), space="0.2cm"),  # with Noto Color Emoji installed
        "namen": document(body("namen.txt"), space="0.2cm"),
        "tabel": document(table_body("namen.txt"), space="0.1cm"),
    }


def main() -> None:
    """Write the PDFs."""
    with tempfile.TemporaryDirectory() as folder:
        for name, xml in samples().items():
            (Path(folder) / f"{name}.fodt").write_text(xml, encoding="utf-8")
        files = [str(path) for path in Path(folder).glob("*.fodt")]
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(HERE), *files]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
