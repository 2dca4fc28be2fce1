"""Withdrawing a consent, or everything of somebody: first said, then done, with what stays outside our reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.consent import Answer, Asked, Consent, Consented, Purpose
from verhalen.privacy.remnants import Kind, Remnant, holds, remnants, without_rows
from verhalen.privacy.withdrawal import KINDS, Plan, carry_out, plan, split_kind
from verhalen.store import consents as store
from verhalen.store.around import put_consent
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.whole_file import write_whole

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal takes away, and what it cannot reach."""

    what: str
    """In finished words: `story V07`."""
    removed: dict[str, int]
    """Table to number of rows."""
    left: tuple[Remnant, ...]
    """Files beside the project that still hold words of it, or may hold them."""
    clean: bool
    """False where another window must close before the last traces are gone."""
    texts: tuple[int, ...] = ()
    """Numbers of conversations and notes that go whole."""
    blanked: tuple[int, ...] = ()
    """Numbers of conversations that stay for others who speak there; only these words go."""
    about: tuple[int, ...] = ()
    """Numbers of texts of others in which the family is spoken of: a person must look."""
    deleted: tuple[str, ...] = ()
    """Files that were deleted because that was asked."""
    cut: tuple[str, ...] = ()
    """Tables from which the rows were taken because that was asked."""
    names_in_key: int = 0
    """Names that the key still holds for this family or person, where the key is here."""

    @property
    def stays(self) -> tuple[str, ...]:
        """Those files by path from the workspace."""
        return tuple(each.file for each in self.left)


def withdraw(
    file: ProjectFile, key: str, *, really: bool, keep_scores: bool = False, files: bool = False
) -> Withdrawal:
    """Forget a family, person, story, voice, attachment or text everywhere, or (not `really`) say what would go.

    `keep_scores` leaves a family or person with its scores, which may stand on another ground than consent. `files` also
    deletes the files beside the project that may be deleted: what was read in, reports, copies of before an update.
    """
    made = plan(file, key, keep_scores=keep_scores)
    left, names = _remnants(file, made), _names_in_key(file, key) if made.kind in ("family", "person") else 0
    if not really:
        return _withdrawal(made, key, left, clean=True, names=names)
    if keep_scores and made.belongings.persons:
        _end_consents(file, made)
    if made.kind == "family":
        _forget_nickname(file, key)
    clean = carry_out(file, made)
    done = [each for each in left if files and each.may_go and _take_away(file, each, made.texts)]
    stays = [each for each in left if each not in done]
    return _withdrawal(made, key, stays, clean=clean, done=done, names=names)


def _withdrawal(
    made: Plan, key: str, left: Iterable[Remnant], *, clean: bool, done: Sequence[Remnant] = (), names: int = 0
) -> Withdrawal:
    return Withdrawal(
        what=t(KINDS[made.kind], key=split_kind(key)[1]),
        removed={table: len(rows) for table, rows in made.going.rows.items()},
        left=tuple(left),
        clean=clean,
        texts=made.numbers,
        blanked=tuple(blank.number for blank in made.belongings.blanks),
        about=made.belongings.about,
        deleted=tuple(each.file for each in done if each.kind is not Kind.TABLE),
        cut=tuple(each.file for each in done if each.kind is Kind.TABLE),
        names_in_key=names,
    )


def _names_in_key(file: ProjectFile, key: str) -> int:
    """How many names stand in the key for somebody of a family: their replacement carries its code, as in `[moeder G012]`."""
    from verhalen.privacy.keyring import present_key

    family, _, member = key.partition(".")
    found = present_key(file)
    wanted = f"[{member} {family}]" if member else f" {family}]"
    return sum(entry.replacement.endswith(wanted) for entry in found.entries) if found else 0


def _remnants(file: ProjectFile, made: Plan) -> list[Remnant]:
    return remnants(file.path.parent, made.texts, originals=made.originals)


def _take_away(file: ProjectFile, remnant: Remnant, texts: Sequence[str]) -> bool:
    """Delete a file, or of a table the rows; say whether nothing of it is left."""
    path = file.path.parent / remnant.file
    try:
        if remnant.kind is not Kind.TABLE:
            path.unlink()
            return True
        data = path.read_bytes()
        code = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
        kept = without_rows(data.decode(code), texts)
        write_whole(path, kept.encode(code))
    except (OSError, UnicodeDecodeError, errors.CannotWrite):
        return False
    return not holds(path, texts)


def _end_consents(file: ProjectFile, made: Plan) -> None:
    """Somebody who stays with scores alone has withdrawn every consent."""
    with file.change(Act.CONSENT, *sorted(made.belongings.persons)) as writing:
        for each in store.consented(file):
            if each.kind is Asked.PERSON and each.id in made.belongings.persons:
                for purpose in each.purposes:
                    _withdraw_one(writing, each, purpose, file.coder)


def _forget_nickname(file: ProjectFile, family: str) -> None:
    from verhalen.privacy.keyring import present_key

    key = present_key(file)
    if key is not None and family in key.nicknames():
        with key.reserving():
            key.set_nickname(family, "")


# -- one purpose -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PurposeWithdrawn:
    """A purpose for which nothing of somebody may be used any more."""

    purpose: Purpose
    keys: tuple[str, ...]
    """What it was or would be set for."""
    left: tuple[Remnant, ...]
    """Documents in `exports/` in which words of it stand."""


def withdraw_purpose(file: ProjectFile, key: str, purpose: Purpose, *, really: bool) -> PurposeWithdrawn:
    """Set one purpose to withdrawn for everything that a key names, or say for what it would be."""
    made = plan(file, key, keep_scores=True)
    found = [each for each in _concerned(file, made, key) if purpose in each.purposes]
    changing = [each for each in found if each.answer(purpose) is not Answer.WITHDRAWN]
    if really and changing:
        with file.change(Act.CONSENT, *(each.id for each in changing[:1])) as writing:
            for each in changing:
                _withdraw_one(writing, each, purpose, file.coder)
    exports = file.path.parent / "exports"
    left = tuple(each for each in _remnants(file, made) if (file.path.parent / each.file).is_relative_to(exports))
    return PurposeWithdrawn(purpose, tuple(each.key for each in changing), left)


def _concerned(file: ProjectFile, made: Plan, key: str) -> list[Consented]:
    """Of a story its teller and attachments, of a person or family everything that is theirs."""
    rows = made.going.rows
    ids = {
        Asked.STORY: rows.get("story", set()),
        Asked.VOICE: set() if made.kind == "story" else rows.get("voice", set()),
        Asked.ATTACHMENT: rows.get("attachment", set()),
        Asked.PERSON: set(made.belongings.persons),
    }
    return [each for each in store.consented(file) if each.id in ids[each.kind]]


def _withdraw_one(writing: Writing, each: Consented, purpose: Purpose, coder: str) -> None:
    put_consent(writing, store.COLUMN[each.kind], each.id, Consent(purpose, Answer.WITHDRAWN, _today(), coder))


def _today() -> dt.date:
    from verhalen.exchange.columns import today

    return today()
