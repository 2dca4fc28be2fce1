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
