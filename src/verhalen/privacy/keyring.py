"""Which key file belongs to which project, on this machine. The project knows the id of its key and no name, no path."""

from __future__ import annotations

import json
from pathlib import Path

from verhalen import errors
from verhalen.i18n import t
from verhalen.privacy.pseudonyms import Key
from verhalen.settings import home, write_json
from verhalen.store.project import ProjectFile

_ID, _NUMBERS = "key_id", "key_numbers"
"""Settings of the project: the id of its key, and the highest numbers that were given, so that none is given twice."""


def key_path(project: ProjectFile) -> Path:
    """Where the key of this project lies, or would lie: where the user put it, else beside the settings.

    Somebody who puts the file back beside the settings need not say so.
    """
    number = project.setting("project_id")
    chosen, own = _places().get(number), home() / "keys" / f"{number}.csv"
    return Path(chosen) if chosen and (Path(chosen).exists() or not own.exists()) else own


def open_key(project: ProjectFile) -> Key | None:
    """The key of this project; None where it never had one. Raises NoKey, WrongKey, BadKey."""
    wanted = project.setting(_ID)
    path = key_path(project)
    if not wanted and not path.exists():
        return None
    return Key.load(path, id=wanted, reserved=_numbers(project))


def present_key(project: ProjectFile) -> Key | None:
    """The key where its file can be read now; None where it cannot, which is no error to somebody who only looks."""
    try:
        return open_key(project)
    except errors.VerhalenError:
        return None


def need_key(project: ProjectFile) -> Key:
    """The key of this project; the first time a new one is begun. Raises NoKey where its file is elsewhere."""
    return open_key(project) or new_key(project, key_path(project))


def new_key(project: ProjectFile, path: Path) -> Key:
    """Begin an empty key. Numbers that an older key gave are not given again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key = Key.new(path, reserved=_numbers(project))
    _belong(project, key)
    return key


def use_key(project: ProjectFile, path: Path) -> Key:
    """Say where the key lies now. Raises WrongKey where it is the key of another project."""
    key = Key.load(path, id=project.setting(_ID), reserved=_numbers(project))
    _belong(project, key)
    return key


def remember(project: ProjectFile, key: Key) -> None:
    """Keep in the project which key it has and the highest numbers; call it after names were reserved."""
    if project.setting(_ID) == key.id and _highest(project, key) == _numbers(project):
        return
    with project.note() as writing:
        # Under the lock once more: another window may have gone further meanwhile, and a number never goes back.
        kept = json.dumps(_highest(project, key), ensure_ascii=False, sort_keys=True)
        writing.executemany("insert or replace into setting values (?, ?)", [(_ID, key.id), (_NUMBERS, kept)])


def _highest(project: ProjectFile, key: Key) -> dict[str, int]:
    numbers = _numbers(project)
    return numbers | {stem: max(number, numbers.get(stem, 0)) for stem, number in key.numbers().items()}


def _belong(project: ProjectFile, key: Key) -> None:
    remember(project, key)
    places = {**_places(), project.setting("project_id"): str(key.path.absolute())}
    if not write_json(home() / "keys.json", places):
        raise errors.CannotWrite(file="keys.json", reason=t("the disk reports an error"))


def _numbers(project: ProjectFile) -> dict[str, int]:
    try:
        found = json.loads(project.setting(_NUMBERS) or "{}")
    except ValueError:
        return {}
    return (
        {stem: number for stem, number in found.items() if isinstance(number, int)} if isinstance(found, dict) else {}
    )


def _places() -> dict[str, str]:
    try:
        found = json.loads((home() / "keys.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: path for key, path in found.items() if isinstance(path, str)} if isinstance(found, dict) else {}
