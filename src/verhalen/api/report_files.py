"""Word files around reports, without a project: house templates, and whether everybody can read a document."""

from __future__ import annotations

from pathlib import Path

from verhalen.i18n import t
from verhalen.model.text import Notice
from verhalen.report.accessibility import check_file
from verhalen.report.docx_template import ROLE_NAMES, styles_of
from verhalen.report.template_styles import Found


def template_styles(path: Path) -> tuple[Found, ...]:
    """Which style of a template stands for which of ours; an empty one is made. Raises BadTemplate."""
    return styles_of(path)


def style_words(role: str) -> str:
    """What a style is for, in the reader's language."""
    return t(ROLE_NAMES[role])


def accessibility(path: Path) -> list[Notice]:
    """What keeps somebody from reading a Word document, by the points of accessibility.belgium.be. Raises UnreadableFile."""
    return check_file(path)
