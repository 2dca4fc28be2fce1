"""Which files are projects of other programs: by their names alone, nothing is opened but the list of an archive."""

from __future__ import annotations

import zipfile
from pathlib import Path

SUFFIXES = (".qda", ".rqda")
"""QualCoder (a folder, its database, or an archive of the folder) and RQDA."""


def is_project(path: Path) -> bool:
    """Whether a file or folder is a project of QualCoder or RQDA, as far as its name says."""
    if path.suffix.lower() in SUFFIXES:
        return True
    if path.is_dir():
        return (path / "data.qda").is_file()
    return path.suffix.lower() == ".zip" and _holds_project(path)


def _holds_project(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = (each.replace("\\", "/").rpartition("/")[2] for each in archive.namelist())
            return any(name.casefold() == "data.qda" for name in names)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
