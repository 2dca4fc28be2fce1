"""Fields of Word: `begin`, instruction, `separate`, result, `end`. The result is text, the instruction is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verhalen.readers.docx_package import attribute, child, is_on, short

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(slots=True)
class Fields:
    """The fields that are open, from the outside in."""

    results: list[bool] = field(default_factory=list)
    """For each whether we are in its result."""
    outer_codes: int = 0
    """How many fields around the innermost one are still in their instruction."""

    @property
    def swallows(self) -> bool:
        """Whether words here are the result of a field that only feeds the instruction of another.

        Words in the instruction of a single field are kept: a missing end mark may not swallow a document.
        """
        return self.outer_codes > 0

    def meet(self, kind: str, element: _Element) -> str:
        """Pass a `w:fldChar`; gives what a form field shows by itself, without words in the text."""
        if kind == "begin":
            self.outer_codes += bool(self.results) and not self.results[-1]
            self.results.append(False)
            return _form_field(child(element, "w:ffData"))
        if self.results and kind == "separate":
            self.results[-1] = True
        elif self.results and kind == "end":
            self.results.pop()
            self.outer_codes -= bool(self.results) and not self.results[-1]
        return ""


def _form_field(data: _Element | None) -> str:
    box, choice = child(data, "w:checkBox"), child(data, "w:ddList")
    if box is not None:
        checked = is_on(child(box, "w:checked"))
        return "☒" if (is_on(child(box, "w:default")) if checked is None else checked) else "☐"
    if choice is not None:
        entries = [attribute(one, "val") for one in choice if short(str(one.tag)) == "w:listEntry"]
        chosen = child(choice, "w:result")
        index = attribute(chosen, "val") if chosen is not None else "0"
        return entries[int(index)] if index.isdecimal() and int(index) < len(entries) else ""
    return ""
