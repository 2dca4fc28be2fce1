"""Names for ids: what a change was about, also when the row is gone; `[withdrawn]` where it was forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterable

from verhalen.i18n import mark, t
from verhalen.model.ids import encode_id
from verhalen.model.verdict import family_of
from verhalen.store import scores
from verhalen.store.project import ProjectFile

_NAMED = {
    "source": ("number", mark("source {name}")),
    "code": ("key", mark("'{name}'")),
    "family": ("key", mark("family {name}")),
    "story": ("key", mark("story {name}")),
    "selection_round": ("key", mark("round {name}")),
    "signal": ("key", mark("signal {name}")),
    "person": ("key", mark("{name}")),
    "verdict": ("target", mark("{name}")),
    "release": ("report", mark("report {name}")),
    "instrument": ("key", mark("{name}")),
    "column_mapping": ("name", mark("{name}")),
}


def names_of(project: ProjectFile, ids: Iterable[int]) -> list[str]:
    """A short name for each id that has one, in order; ids of codings and the like have none of their own."""
    names = []
    for number in ids:
        if not number:
            names.append(t("the project"))
            continue
        for table, (column, sentence) in _NAMED.items():
            found = _name(project, table, column, number)
            if found is not None:
                names.append(t(sentence, name=_target(project, found) if table == "verdict" else found))
                break
        else:
            if project.number("select count(*) from tombstone where row_id = ?", (number,)):
                names.append(t("[withdrawn]"))
    return names


def _target(project: ProjectFile, target: str) -> str:
    """What a verdict is about: the name of a life domain or group, or the code of a family."""
    domains = scores.domain_list(project)
    known = {each.key: each.name for each in domains.groups} | {each.key: each.name for each in domains.domains}
    family, domain = family_of(target)
    if family:
        whose = t("family {name}", name=family)
        return f"{whose}, {known.get(domain, domain)}" if domain else whose
    key, _, part = target.partition(".")
    name = known.get(key, key)
    return f"{name} ({part})" if part else name


def _name(project: ProjectFile, table: str, column: str, number: int) -> str | None:
    row = project.row(f"select {column} from {table} where id = ?", (number,))
    if row:
        return str(row[0])
    row = project.row(
        "select image from change_row where row_id = ? and tbl = ? and image is not null order by id desc limit 1",
        (number, table),
    )
    return str(json.loads(row[0])[column]) if row else None


def outside(number: int) -> str:
    """The id as other programs see it."""
    return encode_id(number)
