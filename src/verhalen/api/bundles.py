"""Bundles: the work of one copy of a project to another, and back."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from verhalen import errors
from verhalen.api.history import WHAT
from verhalen.exchange import merging
from verhalen.i18n import mark, t
from verhalen.model.act import Act
from verhalen.model.merging import Came, OpenDecision, Partner, Sent, Side, Taken
from verhalen.store import deciding, labels
from verhalen.store.clashes import clash_rows
from verhalen.store.merge_entries import Outcome
from verhalen.store.project import ProjectFile
from verhalen.store.unique_keys import ONE

_FIELDS = {
    "key": mark("key"),
    "name": mark("name"),
    "definition": mark("definition"),
    "include": mark("when to use it"),
    "exclude": mark("when not to use it"),
    "parent_id": mark("place in the tree"),
    "deprecated": mark("out of use"),
    "value": mark("value"),
    "body": mark("words"),
    "memo": mark("memo"),
    "valence": mark("valence"),
    "title": mark("title"),
    "municipality": mark("municipality"),
    "role": mark("role"),
    "answer": mark("answer"),
    "note": mark("note"),
    ":place": mark("borders"),
    ":key": mark("code"),
}
_COUNTED = ("source", "coding", "story", "snapshot")


class Bundles:
    """`project.bundles`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def out(self, path: Path, *, passphrase: str, partner: str = "") -> Sent:
        """Write what another copy may lack, encrypted: for a partner by name what came about since his or her last bundle.

        Without a partner, and for one of whom nothing came yet, everything. Raises WeakPassphrase, FileExists, CannotWrite, DiskFull.
        """
        since, time = deciding.held_by(self._file, partner) if partner else ({}, None)
        package = merging.send(self._file, path, passphrase=passphrase, since=since)
        counts = {table: package.count(table) for table in ("change", *_COUNTED)}
        return Sent(
            path.name, counts["change"], counts["source"], counts["coding"], counts["story"], counts["snapshot"], time
        )

    def preview(self, path: Path, *, passphrase: str = "") -> Taken:
        """What `take_in` would do; nothing is kept. Raises what it raises."""
        return self._taken(merging.rehearse(self._file, path, passphrase=passphrase))

    def take_in(self, path: Path, *, passphrase: str = "") -> Taken:
        """Take in a bundle, or another project file with the same origin.

        Raises NotABundle, BrokenBundle, NewerBundle, OtherProjectBundle, WrongBundlePassphrase, OwnBundle, SplitHistory,
        MissingChanges, and for a project file NotOurs, NewerProject, NeedsPassphrase, WrongPassphrase.
        """
        if self._file.read_only_reason:
            raise errors.ReadOnlyProject(reason=self._file.read_only_reason)
        return self._taken(merging.take_in(self._file, path, passphrase=passphrase))

    def _taken(self, result: merging.Result) -> Taken:
        new = result.outcome.new
        people = [
            Came(name, counts["change"], counts["coding"], counts["story"], counts["snapshot"])
            for name, counts in self._by_name(result.outcome).items()
        ]
        return Taken(
            changes=len([each for each in result.outcome.entries if each.act != Act.MERGE]),
            sources=new["source"],
            codings=new["coding"],
            stories=new["story"],
            snapshots=new["snapshot"],
            others=sum(new.values()) - sum(new[table] for table in _COUNTED) + result.outcome.changed.total(),
            withdrawn=result.withdrawn,
            people=tuple(people),
            decisions=tuple(self._open(row, result.outcome.names) for row in result.clashes),
            ended=result.outcome.ended,
            same_names=result.outcome.same_names,
            dropped=result.dropped,
            twice=deciding.texts_that_are_here_twice(self._file) if result.outcome.new["source"] else (),
            left=result.left,
            clean=result.clean,
        )

    def _by_name(self, outcome: Outcome) -> dict[str, Counter[str]]:
        names = deciding.coder_names(self._file)
        found: dict[str, Counter[str]] = {}
        for coder, counts in outcome.by_coder.items():
            found.setdefault(outcome.names.get(coder) or names.get(coder, "?"), Counter()).update(counts)
        return found

    def decisions(self) -> list[OpenDecision]:
        """What people must still decide, oldest first."""
        return [self._open(row) for row in clash_rows(self._file)]

    def decide(self, key: str, side: int) -> None:
        """Choose a side, in one change; other words for a text are a correction of their own before it.

        Raises BadInput where there is no such open decision or side, or it cannot be done yet.
        """
        row = next((each for each in clash_rows(self._file) if each["key"] == key), None)
        if row is None or not 0 <= side < len(row["sides"]):
            raise errors.BadInput(reason=t("there is no such open decision, or it has no such side"))
        today = dt.datetime.now(dt.UTC).astimezone().date()
        if row["kind"] == "text" and side > 0:
            self._correct(row, side)
        with self._file.change(Act.DECIDE, row["row_id"]) as writing:
            deciding.decide(writing, row, side, day=today)

    def _correct(self, row: dict[str, Any], side: int) -> None:
        """Put the words of the other side where those that hold stand now."""
        from verhalen.coding.correcting import correct

        span = deciding.place_now(self._file, row["row_id"], row["sides"][0])
        if span is None:
            raise errors.BadInput(
                reason=t("the words were changed since; correct them in the text and choose the first side")
            )
        correct(self._file, row["row_id"], start=span[0], stop=span[1], replacement=row["sides"][side]["value"])

    def partners(self) -> list[Partner]:
        """Other copies of which something came in, newest first."""
        return [Partner(*row) for row in deciding.partners(self._file)]

    def _open(self, row: dict[str, Any], coming: Mapping[int, str] | None = None) -> OpenDecision:
        names = {**deciding.coder_names(self._file), **(coming or {})}
        column = row["field"]
        sides = tuple(
            Side(names.get(each["who"], ""), each["time"], _said(self._file, column, each["value"]))
            for each in row["sides"]
        )
        what = self._what(row["tbl"], row["row_id"])
        if row["kind"] == "same_key":
            what = t("family {name}", name=row["sides"][0]["value"])
        field = "" if column == "*" else t("words") if column.startswith(":text") else t(_FIELDS.get(column, column))
        return OpenDecision(row["key"], row["kind"], what, field, sides)

    def _what(self, table: str, row: int) -> str:
        """A row in finished words: its own name, or what it is and of what."""
        names = labels.names_of(self._file, [row])
        if names:
            return t("code {what}", what=names[0]) if table == "code" else names[0]
        own = deciding.described(self._file, table, row) or t(WHAT.get(table, mark("parts")))
        whose = labels.names_of(self._file, deciding.parents(self._file, table, row))
        return f"{own} ({', '.join(whose)})" if whose else own


def _said(file: ProjectFile, column: str, value: object) -> str:
    if value is None:
        return ""
    if column.endswith("_id") and isinstance(value, int):
        names = labels.names_of(file, [value]) or [deciding.described(file, column.removesuffix("_id"), value)]
        return ", ".join(names)
    if column == ":key":
        return t("both are one family") if value == ONE else t("two families; this one has code {key}", key=value)
    if column == "*":
        return t("stays") if value else t("removed")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def new_from_bundle(folder: Path, path: Path, *, passphrase: str, coder: str) -> Taken:
    """Make the project of a bundle in a folder that has none, and take everything in; nothing is left behind when it fails.

    Where the sender's project has a passphrase, the new one gets that of the bundle.

    Raises WorkspaceExists, MissingChanges where the bundle does not hold everything, and what `take_in` raises.
    """
    from verhalen.api.workspace import make_folders
    from verhalen.settings import FOLDERS, PROJECT_FILE

    wanted = [folder, *(folder / name for name in FOLDERS)]
    new = [each for each in wanted if not each.exists()]
    if (folder / PROJECT_FILE).exists():
        raise errors.WorkspaceExists(path=folder)
    named, secret, is_encrypted = merging.origin(path, passphrase=passphrase)
    make_folders(folder)
    file = ProjectFile.create(
        folder, coder=coder, passphrase=passphrase if is_encrypted else None, origin=(named, secret)
    )
    try:
        return Bundles(file).take_in(path, passphrase=passphrase)
    except BaseException:
        file.close()
        for name in (PROJECT_FILE, f"{PROJECT_FILE}-wal", f"{PROJECT_FILE}-shm"):
            (folder / name).unlink(missing_ok=True)
        for each in reversed(new):
            with suppress(OSError):  # somebody put something there meanwhile
                each.rmdir()
        raise
    finally:
        file.close()
