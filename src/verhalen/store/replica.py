"""The replica identity: which copy of a project this is. It lives outside the file, so that a copied file is a new replica."""

from __future__ import annotations

import hashlib
import json
import platform
import secrets
import uuid
from pathlib import Path

from verhalen.settings import home, write_json

REPLICA_BITS = 16
"""The low bits of every id come from the replica, so that two copies never mint the same id."""


def machine() -> str:
    """A stable name for this machine that tells nothing about it."""
    return hashlib.sha256(f"{platform.node()}:{uuid.getnode()}".encode()).hexdigest()[:16]


def replica_of(project: str, path: Path) -> int:
    """The 62-bit identity of this copy; minted anew when machine or path differ from those kept.

    Where nothing can be kept (a locked-down home), every opening is a replica of its own: safe, only less tidy.
    """
    store = home() / "replicas.json"
    place = f"{project}|{machine()}|{path.resolve()}"
    try:
        known = json.loads(store.read_text("utf-8"))
    except (OSError, ValueError):
        known = {}
    if not isinstance(known, dict):
        known = {}
    if not isinstance(known.get(place), int):
        known[place] = secrets.randbits(62)
        write_json(store, known)
    return int(known[place])


def keep_sent(project: str, path: Path, newest: tuple[int, int]) -> None:
    """Remember, outside the file, the newest change (sequence, id) of this copy that others may have now."""
    write_json(_sent_file(project, path), list(newest))


def sent(project: str, path: Path) -> tuple[int, int] | None:
    """What `keep_sent` remembers; None where nothing ever went out."""
    try:
        sequence, change = json.loads(_sent_file(project, path).read_text("utf-8"))
        return int(sequence), int(change)
    except (OSError, ValueError, TypeError):
        return None


def mint_anew(project: str, path: Path) -> int:
    """Another identity for this file: it was put back from a backup, and would give out names that others know already."""
    store = home() / "replicas.json"
    try:
        known = json.loads(store.read_text("utf-8"))
    except (OSError, ValueError):
        known = {}
    place = f"{project}|{machine()}|{path.resolve()}"
    known[place] = secrets.randbits(62)
    write_json(store, known)
    _sent_file(project, path).unlink(missing_ok=True)
    return int(known[place])


def _sent_file(project: str, path: Path) -> Path:
    named = hashlib.sha256(f"{project}|{machine()}|{path.resolve()}".encode()).hexdigest()[:32]
    return home() / "sent" / f"{named}.json"
