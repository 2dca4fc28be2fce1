"""A file outside the project that is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from verhalen.errors import CannotWrite, why_not_written


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in the place of what stood there; where that fails, the old file is as it was. Raises CannotWrite."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise CannotWrite(file=path.name, reason=why_not_written(error)) from error
    finally:
        with contextlib.suppress(OSError):  # where nothing may be written, nothing may be cleared away either
            draft.unlink(missing_ok=True)
