"""How somebody last looked at codes in numbers, so that the table comes back as it was left. Never a question that was typed."""

from __future__ import annotations

import json
from dataclasses import replace

from verhalen.analysis.grid import Look, Order, Paint
from verhalen.model.cooccurrence import Gap, How
from verhalen.model.crosstable import Measure, Rows, Unit, Whose
from verhalen.tui.matrix_asked import Asked

_LONGEST = 2_000
"""Characters that are read back; what is longer is not ours."""


def kept(asked: Asked, look: Look) -> str:
    """What is kept. A question may hold words of a family, so it stays out."""
    return json.dumps(
        {
            "by": asked.by,
            "rows": asked.rows,
            "unit": asked.unit,
            "whose": asked.whose or "",
            "instrument": asked.instrument,
            "target": asked.target,
            "change": asked.change,
            "how": asked.how or "",
            "gap": asked.gap,
            "distance": asked.distance,
            "below": asked.below,
            "measure": look.measure,
            "paint": look.paint,
            "order": look.order,
            "hides_empty": look.hides_empty,
        }
    )


def remembered(text: str) -> tuple[Asked, Look]:
    """What was kept; where it cannot be read, as one begins."""
    try:
        found = json.loads(text[:_LONGEST])
        distance = found["distance"]
        asked = Asked(
            by=str(found["by"]),
            rows=Rows(found["rows"]),
            unit=Unit(found["unit"]),
            whose=Whose(found["whose"]) if found["whose"] else None,
            instrument=str(found["instrument"]),
            target=str(found["target"]),
            change=str(found["change"]),
            how=How(found["how"]) if found["how"] else None,
            gap=Gap(found["gap"]),
            distance=int(distance) if distance is not None else None,
            below=bool(found["below"]),
        )
        look = Look(Measure(found["measure"]), Paint(found["paint"]), Order(found["order"]), bool(found["hides_empty"]))
    except (ValueError, KeyError, TypeError):
        return Asked(), Look()
    return asked, look


def begun_again(asked: Asked) -> Asked:
    """The same, with the first columns there are and without an instrument: what was chosen may be gone."""
    return replace(asked, by="", instrument="", target="", change="")
