"""A lease with a heartbeat for project files in shared places: the second machine opens for reading only."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from verhalen.settings import write_json
from verhalen.store.replica import machine

FRESH_SECONDS = 180
"""A heartbeat older than this is a machine that went away."""


class Lease:
    """The right to write a project file that lies in a sync folder or on a share."""

    def __init__(self, project: Path) -> None:
        self.path = project.with_name(f".{project.name}.lease")

    def holder(self) -> str | None:
        """The other machine that holds a fresh lease; None when the way is free."""
        try:
            found = json.loads(self.path.read_text("utf-8"))
            other, beat = str(found["machine"]), float(found["time"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if other == machine() or time.time() - beat > FRESH_SECONDS:
            return None
        return other

    def beat(self) -> None:
        """Take the lease, or say that it is still ours."""
        write_json(self.path, {"machine": machine(), "pid": os.getpid(), "time": time.time()})

    def release(self) -> None:
        """Give it back, if it is ours."""
        if self.holder() is None:
            self.path.unlink(missing_ok=True)
