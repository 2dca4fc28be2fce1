"""The schemas of the standard, where they lie beside the repository: they are not part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree


def schema(name: str) -> etree.XMLSchema:
    """`Codebook.xsd` or `Project.xsd`; skips the test where it is not at hand."""
    for above in Path(__file__).resolve().parents:
        found = above / "shared" / "schemas" / name
        if found.is_file():
            return etree.XMLSchema(etree.parse(found))
    pytest.skip(f"{name} is not here: put the standard's schemas in shared/schemas beside the repository")
