"""Parts of life in use of which nobody said yet how numbers and words stand to each other."""

from __future__ import annotations

from verhalen.store import memos, scores
from verhalen.store.project import ProjectFile
from verhalen.store.used_domains import used_domains


def undecided_groups(file: ProjectFile) -> list[str]:
    """Keys of the groups of life domains with numbers or words and without a verdict, in the order of the list.

    A group counts as discussed when each of its life domains in use was discussed by itself.
    """
    said, used = set(memos.verdicts(file)), used_domains(file)
    domains = scores.domain_list(file)
    found = []
    for group in domains.groups:
        here = {each.key for each in domains.in_group(group.key)} & used
        if here and group.key not in said and not here <= said:
            found.append(group.key)
    return found
