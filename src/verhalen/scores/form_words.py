"""The words of an instrument on a form, per language: its own, and the translations that its file holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verhalen.i18n import t
from verhalen.model.instrument import Instrument, Item
from verhalen.scores.yaml_nodes import Node

OWN = "nl"
"""Language of the instrument files themselves."""
NOT_KNOWN = "Weet ik niet, of past niet bij ons"


@dataclass(frozen=True, slots=True)
class FormWords:
    """What stands on a form in one language."""

    language: str
    """Two letters, such as `fr`."""
    checked: bool
    """Whether somebody who speaks it read the translation; a form says so where nobody did."""
    labels: tuple[str, ...]
    """One per value, lowest first; empty for a scale without labels."""
    not_known: str
    """The answer that is no number: not applicable, or no idea."""
    modules: Mapping[str, str]
    """Heading of each module by its key."""
    questions: Mapping[str, str]
    """By the key of the item."""


def module_of(item: Item) -> str:
    """Key of the module to which an item belongs: its section in small letters, as in `school`."""
    return (item.section or item.name).casefold()


def own_words(instrument: Instrument) -> FormWords:
    """The words of the instrument itself; an item without a question is asked by its name."""
    asked = instrument.asked
    return FormWords(
        language=OWN,
        checked=True,
        labels=next((item.labels for item in asked if item.labels), ()),
        not_known=NOT_KNOWN,
        modules={module_of(item): item.section or item.name for item in asked},
        questions={item.key: item.question or item.name for item in asked},
    )


def read_translations(root: Node, instrument: Instrument) -> dict[str, FormWords]:
    """The translations under `vertalingen` by language. Each needs every question and every label; errors name their line."""
    found: dict[str, FormWords] = {}
    for node in root.members("vertalingen"):
        language = node.need("taal")
        if language.text in found or language.text == OWN:
            raise language.bad(t("{key} stands in this file twice", key=language.text))
        found[language.text] = _translation(node, instrument)
    return found


def _translation(node: Node, instrument: Instrument) -> FormWords:
    own = own_words(instrument)
    labels = tuple(each.text for each in node.members("labels"))
    if len(labels) != len(own.labels):
        wanted = t("a scale of {steps} values needs as many labels; here are {n}", n=len(labels), steps=len(own.labels))
        raise node.bad(wanted)
    return FormWords(
        language=node.need("taal").text,
        checked=node.flag_of("nagelezen"),
        labels=labels,
        not_known=node.need("nvt").text,
        modules=_texts(node.need("domeinen"), own.modules),
        questions=_texts(node.need("vragen"), own.questions),
    )


def _texts(node: Node, keys: Mapping[str, str]) -> dict[str, str]:
    return {key: node.need(key).text for key in keys}
