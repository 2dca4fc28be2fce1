"""The key of a project: real names and what stands for them, in a file of its own; and whether a name leaked."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.codes import no_family
from verhalen.model.masking import NameKind
from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from verhalen.privacy.leaks import Leak
    from verhalen.privacy.pseudonyms import Key

_FRESH_SECONDS = 2.0


class Privacy:
    """`project.privacy`. The privacy rooms are loaded at first use: most openings need no key."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file
        self._nicknames: Mapping[str, str] = {}
        self._looked = float("-inf")

    @property
    def key_path(self) -> Path:
        """Where the key lies, or would lie."""
        from verhalen.privacy.keyring import key_path

        return key_path(self._file)

    def key(self) -> Key:
        """The key of this project. Raises NoKey, also where it never had one; WrongKey, BadKey."""
        from verhalen.privacy.keyring import open_key

        key = open_key(self._file)
        if key is None:
            raise errors.NoKey(path=self.key_path)
        return key

    def new_key(self, path: Path | None = None, *, lost: bool = False) -> Key:
        """Begin a key, at `path` or among the user's own data; numbers that were given before are never given again.

        A project that has a key already gets another only when that one is `lost`. Raises FileExists, Irreversible.
        """
        from verhalen.privacy.keyring import new_key

        if self._file.setting("key_id") and not lost:
            raise errors.Irreversible
        where = (path or self.key_path).resolve()
        self._refuse_inside(where)
        return new_key(self._file, where)

    def use_key(self, path: Path) -> Key:
        """Take the key at another place from now on. Raises NoKey, WrongKey, BadKey."""
        from verhalen.privacy.keyring import use_key

        self._refuse_inside(path.resolve())
        return use_key(self._file, path.resolve())

    def _refuse_inside(self, where: Path) -> None:
        """A key beside the texts that it hides would be copied and sent with them."""
        if where.is_relative_to(self._file.path.parent.resolve()):
            raise errors.BadInput(reason=t("the key may not lie in the folder of the project; choose another place"))

    @contextmanager
    def _reserving(self) -> Iterator[Key]:
        """The key, begun here where the project never had one, held while names are put in it."""
        from verhalen.privacy.keyring import need_key, remember

        with need_key(self._file).reserving() as key:
            yield key
        remember(self._file, key)

    def add_name(self, name: str, kind: NameKind, *, replacement: str = "") -> str:
        """Put one name in the key; give what stands for it. Raises BadInput for a replacement that will not do."""
        with self._reserving() as key:
            if replacement:
                key.set_replacement(name, replacement, kind=kind)
            return key.replacement_for(name, kind)

    def set_nickname(self, code: str, nickname: str) -> None:
        """Show a nickname beside a family's code here; it is kept in the key alone. Raises UnknownFamily."""
        if not self._file.number("select count(*) from family where key = ?", (code,)):
            raise no_family(code)
        with self._reserving() as key:
            key.set_nickname(code, nickname)
        self.look_again()

    def carry_nickname(self, code: str, new: str) -> None:
        """A family has another code: its nickname goes along, where the key is here. It stays under the old one for an undo."""
        nickname = self.nicknames().get(code)
        if nickname:
            self.set_nickname(new, nickname)

    def look_again(self) -> None:
        """Read the nicknames anew at the next question: this window, through another door, changed one."""
        self._looked = float("-inf")

    def import_names(self, path: Path, kind: NameKind) -> tuple[int, int]:
        """Put a list of names in the key, one on a line or with its kind beside it; give how many were new, and all."""
        from verhalen.privacy.name_lists import read_names

        names = read_names(path, kind)
        with self._reserving() as key:
            before = len(key.entries)
            # Fuller names first: a first name then finds the one it belongs to.
            for name, own in sorted(names, key=lambda each: " " not in each[0]):
                key.replacement_for(name, own)
            new = len(key.entries) - before
        return new, len(key.entries)

    def leaks(self, *, key: Path | None = None, further: Iterable[Path] = ()) -> list[Leak]:
        """Files in which a name of the key stands: in the workspace, and in `further` files and folders."""
        from verhalen.privacy.leaks import find_leaks
        from verhalen.privacy.pseudonyms import Key

        return find_leaks(self._file, Key.load(key) if key else self.key(), further=further)

    def nicknames(self) -> Mapping[str, str]:
        """Code of a family to its nickname; empty where the key is not here. For screens only: never store or report it."""
        from verhalen.privacy.keyring import present_key

        # A list asks for each of its lines: the file is read again only after a moment.
        if time.monotonic() > self._looked + _FRESH_SECONDS:
            key = present_key(self._file)
            self._nicknames = key.nicknames() if key else {}
            self._looked = time.monotonic()
        return self._nicknames

    def family_label(self, code: str) -> str:
        """A family's code as a screen shows it: with the nickname where the key is here."""
        nickname = self.nicknames().get(code)
        return f"{code} ({nickname})" if nickname else code
