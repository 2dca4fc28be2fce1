"""The gate: nobody outside privacy/ makes a cleared value."""

import ast
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

import verhalen
from verhalen.privacy.clearance import Audience, Cleared, _Seal
from verhalen.privacy.disclosure import clear_count

SOURCES = Path(verhalen.__file__).parent


def test_a_value_cannot_be_cleared_with_a_seal_of_ones_own() -> None:
    with pytest.raises(TypeError, match="clears a value"):
        Cleared(3, _Seal())


def test_a_cleared_value_cannot_be_changed_afterwards() -> None:
    cleared = clear_count(12, Audience.PUBLIC)
    (field,) = fields(cleared)
    with pytest.raises(FrozenInstanceError):
        setattr(cleared, field.name, 2)
    assert cleared.value == 12


def test_the_repr_of_a_cleared_value_keeps_it_out_of_logs() -> None:
    assert repr(clear_count(12, Audience.PUBLIC)) == "Cleared()"


def test_no_module_outside_privacy_touches_the_seal() -> None:
    users = {
        path.relative_to(SOURCES).parts[0]
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.alias) and node.name in {"_SEAL", "_Seal"})
        or (isinstance(node, ast.Name) and node.id in {"_SEAL", "_Seal"})
        or (isinstance(node, ast.Attribute) and node.attr in {"_SEAL", "_Seal"})
    }
    assert users == {"privacy"}


def test_each_audience_has_its_thresholds() -> None:
    assert [each.threshold() for each in Audience] == [1, 3, 5]
    assert [each.threshold(sensitive=True) for each in Audience] == [1, 5, 10]


def test_audiences_are_named_as_on_the_command_line() -> None:
    assert [each.value for each in Audience] == ["internal", "council", "public"]
    assert [each.label for each in Audience] == ["the team", "the city council", "everybody"]
