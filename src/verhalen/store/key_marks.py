"""What a project remembers of its key: which one it is and how far it counted, and never a name."""

from __future__ import annotations

import json
from collections.abc import Mapping

from verhalen.store.project import ProjectFile

_ID, _NUMBERS = "key_id", "key_numbers"


def key_id(project: ProjectFile) -> str:
    """Id of the project's key; empty where it never had one."""
    return project.setting(_ID)


def key_numbers(project: ProjectFile) -> dict[str, int]:
    """The highest number that was given behind each word, as in `persoon`: 12."""
    said = project.setting(_NUMBERS)
    return {str(word): int(number) for word, number in json.loads(said).items()} if said else {}


def remember_key(project: ProjectFile, identity: str, numbers: Mapping[str, int]) -> None:
    """Keep id and numbers; a number never goes back, whatever another window wrote meanwhile."""
    if key_id(project) == identity and all(key_numbers(project).get(word, 0) >= each for word, each in numbers.items()):
        return
    with project.note() as writing:
        known = key_numbers(project)
        highest = {word: max(number, known.get(word, 0)) for word, number in {**known, **numbers}.items()}
        for name, value in ((_ID, identity), (_NUMBERS, json.dumps(highest, sort_keys=True))):
            writing.execute("insert or replace into setting values (?, ?)", (name, value))
