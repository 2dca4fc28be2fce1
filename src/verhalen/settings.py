"""What belongs to the user and the machine, not to a project: language, coder, theme, keys, and where they are kept."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import platformdirs

from verhalen.i18n import DEFAULT_LANGUAGE, LANGUAGES

PROJECT_FILE = "project.verhalen"
FOLDERS = ("codebooks", "transcripts", "exports")


MOST_SNAPSHOT_DAYS = 3650
"""Ten years: the most days after which a family may wait for a snapshot; the least is one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices."""

    language: str = DEFAULT_LANGUAGE
    """`nl` or `en`."""
    coder: str = ""
    """Name of the coder; empty takes the user's name."""
    theme: str = ""
    """Name of the theme of the app; empty is the first."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command id to key, where the user changed it."""
    snapshot_days: int = 92
    """Days after which a family without a new snapshot is waiting for one; a quarter."""


def home() -> Path:
    """Where settings and machine data are kept. `VERHALEN_HOME` overrides the place that the system gives."""
    chosen = os.environ.get("VERHALEN_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("verhalen", appauthor=False))


def load_settings() -> Settings:
    """Read the settings; a missing or broken file gives the defaults."""
    try:
        found = json.loads((home() / "settings.json").read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    defaults = asdict(Settings())
    known = {name: found[name] for name in defaults if type(found.get(name)) is type(defaults[name])}
    return Settings(**known)


def save_settings(settings: Settings) -> None:
    """Keep the settings; a folder that cannot be written is no reason to stop."""
    write_json(home() / "settings.json", asdict(settings))


def keep_snapshot_days(days: int) -> Settings:
    """Keep after how many days a family waits for a new snapshot; what another window changed meanwhile stays."""
    settings = replace(load_settings(), snapshot_days=days)
    save_settings(settings)
    return settings


def write_json(path: Path, value: object) -> bool:
    """Write `value` whole or not at all; say whether it worked."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.tmp")
        draft.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
        draft.replace(path)
    except OSError:
        return False
    return True


def wanted_language(flag: str | None) -> str:
    """The language by flag, environment (`VERHALEN_LANG`) or settings, in that order."""
    for wish in (flag, os.environ.get("VERHALEN_LANG")):
        if wish in LANGUAGES:
            return str(wish)
    return load_settings().language


def coder_name(flag: str | None) -> str:
    """The coder by flag, settings, environment (`VERHALEN_CODER`) or the user's name."""
    return flag or load_settings().coder or os.environ.get("VERHALEN_CODER") or _user_name()


def _user_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "coder"


def coder_identity(name: str) -> str:
    """The identity that stands for `name` on this machine; made at first use, and then the same for all windows."""
    import uuid

    return made_once(identity_file(name), uuid.uuid4().hex)


def identity_file(name: str) -> Path:
    """Where the identity of a coder is kept; the name itself is not."""
    import hashlib

    return home() / "coders" / hashlib.sha256(name.encode()).hexdigest()[:32]


def made_once(path: Path, content: str) -> str:
    """Write `content` if the file is not there yet, and give what it holds: two programs at once agree on one content.

    Where nothing can be kept, `content` is given back: every opening then counts as another.
    """
    import uuid

    draft = path.with_name(f"{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(content, "utf-8")
            _put_in_place(draft, path)
        return path.read_text("utf-8")
    except OSError:
        return content
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _put_in_place(draft: Path, path: Path) -> None:
    """Give the draft its name, whole and never over another; a stick or an old share that knows no links takes a move."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        if not path.exists():
            draft.replace(path)


def find_workspace(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds a project file."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / PROJECT_FILE).is_file()), None)


def shipped_files(folder: str) -> Path:
    """The shipped `codebooks` or `transcripts`: package data in a wheel, the repository's own folders in an editable install."""
    package = Path(__file__).parent / "shipped" / folder
    return package if package.is_dir() else Path(__file__).parents[2] / folder
