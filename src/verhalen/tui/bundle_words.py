"""In plain words: what a package holds, what comes in from a colleague, what is left to choose, and what went wrong.

Coaches read this: no bundle, no replica, no merge.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.model.merging import Came, OpenDecision, Sent, Side, Taken, to_look_at
from verhalen.tui.page import BAD, BLANK, HEADING, MUTED, TITLE, Line, heading
from verhalen.tui.paths import plain_name, short_path
from verhalen.tui.words import capital, time_text

_SHOWN = 12
"""Questions of which the words are shown before taking in; all stand on their own screen afterwards."""
_SHORT = 60
"""Characters of a side on one line."""


def counted(what: Sent | Taken | Came) -> str:
    """What is in it, most told first: 3 stories, 12 codings, 2 snapshots."""
    parts = [
        tn("{n} story", "{n} stories", what.stories) if what.stories else "",
        tn("{n} coding", "{n} codings", what.codings) if what.codings else "",
        tn("{n} snapshot", "{n} snapshots", what.snapshots) if what.snapshots else "",
    ]
    if isinstance(what, Sent | Taken) and what.sources:
        parts.append(tn("{n} text", "{n} texts", what.sources))
    if isinstance(what, Taken) and what.others:
        parts.append(tn("{n} other thing", "{n} other things", what.others))
    return ", ".join(filter(None, parts))


# -- out ---------------------------------------------------------------------------------------------------------------


def sent_page(sent: Sent, path: Path, partner: str) -> Iterator[Line]:
    """Where the package lies, what is in it, and what to do now."""
    yield Line(t("Your work is in a locked package."), TITLE)
    yield BLANK
    yield Line(plain_name(path.name), HEADING)
    yield Line(t("It lies in {folder}", folder=short_path(path.parent)))
    yield BLANK
    yield Line(t("In it: {what}.", what=counted(sent) or tn("{n} change", "{n} changes", sent.changes)))
    yield Line(_since(sent, partner), MUTED)
    yield from heading(t("What now?"))
    yield Line(t("1. Give your colleague this file: by mail, on a stick, or in a shared folder."), indent=2)
    yield Line(t("2. Tell the password another way: by phone or face to face, never beside the file."), indent=2)
    yield Line(
        t("3. Your colleague presses O on the first screen, and sees what is in it before anything is stored."),
        indent=2,
    )
    yield BLANK
    yield Line(
        t("Without the password nobody can open it, you neither. You may then simply pass it on once more."), MUTED
    )


def _since(sent: Sent, partner: str) -> str:
    if sent.since:
        return t("What is new for {name} since {time}.", name=partner, time=time_text(sent.since))
    if partner:
        return t("Nothing came in from {name} yet, so it holds everything.", name=partner)
    return t("It holds everything, for whoever has the password.")


# -- in ----------------------------------------------------------------------------------------------------------------


def is_nothing(taken: Taken) -> bool:
    """Whether all of it is here already."""
    return not (taken.changes or taken.withdrawn or taken.decisions)


def coming_page(taken: Taken, name: str) -> Iterator[Line]:
    """What would come in; nothing is stored yet."""
    if is_nothing(taken):
        yield Line(t("There is nothing new in {file}.", file=name), TITLE)
        yield Line(t("Everything in it is here already. You need not do anything."))
        return
    yield Line(t("This comes in from {file}", file=name), TITLE)
    yield Line(t("Nothing is stored yet."), MUTED)
    yield from _body(taken)
    yield from _gone(taken, will=True)
    if taken.decisions:
        count = len(taken.decisions)
        yield from heading(tn("Then {n} question is left to answer", "Then {n} questions are left to answer", count))
        yield Line(t("Until somebody chooses, what was there first stays. Nothing is lost."), indent=2)
        for each in taken.decisions[:_SHOWN]:
            yield Line(f"· {question(each)}", indent=2)
            yield from (Line(_short(each, side), MUTED, indent=4) for side in each.sides)
        if count > _SHOWN:
            yield Line(tn("and {n} more", "and {n} more", count - _SHOWN), MUTED, indent=2)
    yield from _same_names(taken)
    yield BLANK
    undo = t("Ctrl+s takes it in. Ctrl+z afterwards takes it out again, as long as nobody worked on.")
    yield Line(undo, HEADING)


def came_page(taken: Taken, name: str, *, is_copy: bool = False) -> Iterator[Line]:
    """What came in; `is_copy` where it was a second copy that lies beside one's own file."""
    yield Line(t("Taken in from {file}", file=name), TITLE)
    if is_nothing(taken):
        yield Line(t("Everything in it was here already."))
    yield from _body(taken)
    yield from _gone(taken, will=False)
    if not taken.clean:
        sentence = t("Close the other windows of this program too: only then the last traces of it are gone.")
        yield Line(sentence, BAD, indent=2)
    yield from _same_names(taken)
    if taken.decisions:
        count = len(taken.decisions)
        yield from heading(tn("{n} question is left to answer", "{n} questions are left to answer", count))
        yield Line(t("You see them when you close this window. They also wait on the first screen."), indent=2)
    if is_copy:
        yield BLANK
        yield Line(t("The file {file} is still in the folder. When all is well here you may throw it away.", file=name))


def came_sentence(taken: Taken, name: str) -> str:
    """The same in one sentence, where somebody went on meanwhile."""
    what = counted(taken) or tn("{n} change", "{n} changes", taken.changes)
    return t("Taken in from {file}: {what}.", file=name, what=what)


def _body(taken: Taken) -> Iterator[Line]:
    whole = counted(taken)
    if whole:
        yield from heading(t("What it is"))
        yield Line(whole, indent=2)
    if taken.others:
        yield Line(t("Other things are codes, memos, families, scores and what was changed in them."), MUTED, indent=2)
    if taken.people:
        yield from heading(t("Of whom"))
    for each in taken.people:
        done = tn("{n} change", "{n} changes", each.changes)
        what = counted(each)
        yield Line(f"{each.name}: {done}{f' · {what}' if what else ''}", indent=2)


def _gone(taken: Taken, *, will: bool) -> Iterator[Line]:
    """What others withdrew or corrected away."""
    if taken.withdrawn:
        yield from heading(t("Withdrawn elsewhere"))
        said = (
            tn(
                "{n} thing that was withdrawn there goes here too, with all that hangs on it. That cannot be undone.",
                "{n} things that were withdrawn there go here too, with all that hangs on them. That cannot be undone.",
                taken.withdrawn,
            )
            if will
            else tn(
                "{n} thing that was withdrawn there went here too, with all that hung on it.",
                "{n} things that were withdrawn there went here too, with all that hung on them.",
                taken.withdrawn,
            )
        )
        yield Line(said, BAD if will else "", indent=2)
    if taken.left:
        sentence = t("These files beside your work still hold words of it. Look at them, and throw away what must go:")
        yield Line(sentence, BAD, indent=2)
        yield from (Line(plain_name(each), indent=4) for each in taken.left)
    if taken.ended:
        said = tn(
            "{n} coding ends: its words were corrected away elsewhere.",
            "{n} codings end: their words were corrected away elsewhere.",
            taken.ended,
        )
        yield from (BLANK, Line(said, indent=2))


def _same_names(taken: Taken) -> Iterator[Line]:
    if taken.same_names:
        yield from heading(t("The same name twice"))
    for name in taken.same_names:
        sentence = t("Two people are called {name}. They stay two; agree which name each of you uses.", name=name)
        yield Line(sentence, indent=2)
    yield from (Line(each, BAD, indent=2) for each in to_look_at(taken))


# -- questions ---------------------------------------------------------------------------------------------------------

_ASKED = {
    "removed": mark("{what}: one of you removed it, another still uses it"),
    "text": mark("{what}: the same words were corrected in two ways"),
    "same_key": mark("{what}: two families have one code"),
}


def question(each: OpenDecision) -> str:
    """What is asked, on one line."""
    if each.kind in _ASKED:
        return t(_ASKED[each.kind], what=each.what)
    return f"{each.what}: {each.field}" if each.field else each.what


def side_words(each: OpenDecision, side: Side) -> str:
    """What somebody made of it, in full."""
    words = side.value.strip() or (t("removed") if each.kind == "removed" else t("(left empty)"))
    return capital(words) if each.kind in ("removed", "same_key") else words  # our own words, not a person's


def who_line(side: Side) -> str:
    """Who said it, and when; a way out that nobody proposed says so."""
    return " · ".join(filter(None, (side.who or t("also possible"), side.time and time_text(side.time))))


def _short(each: OpenDecision, side: Side) -> str:
    words = " ".join(side_words(each, side).split())
    return f"{side.who or t('also possible')}: {words if len(words) <= _SHORT else words[: _SHORT - 1] + '…'}"


def sides_page(each: OpenDecision) -> Iterator[Line]:
    """Every side in full."""
    yield Line(question(each), TITLE)
    for number, side in enumerate(each.sides, 1):
        yield from heading(f"{number}  {who_line(side)}")
        yield Line(side_words(each, side), indent=3)


# -- what went wrong -----------------------------------------------------------------------------------------------------

_WRONG: tuple[tuple[type[errors.VerhalenError], str], ...] = (
    (
        errors.NotABundle,
        mark("{file} is not a package of this program. Choose the file that your colleague passed on."),
    ),
    (errors.NotOurs, mark("{file} is not a package of this program. Choose the file that your colleague passed on.")),
    (errors.NoProject, mark("{file} is not there any more. Choose another file.")),
    (
        errors.BrokenBundle,
        mark("{file} did not come over whole. Copy it again, or ask your colleague to pass it on once more."),
    ),
    (errors.NewerBundle, mark("{file} was made by a newer version of this program. Renew the program here first.")),
    (errors.NewerProject, mark("{file} was made by a newer version of this program. Renew the program here first.")),
    (errors.OtherProjectBundle, mark("{file} is about other work than what you have open here.")),
    (errors.OwnBundle, mark("You made {file} here yourself: everything in it is here already.")),
    (
        errors.MissingChanges,
        mark(
            "{file} follows on an earlier package. Take that one in first, or ask your colleague for one with everything."
        ),
    ),
    (
        errors.SplitHistory,
        mark(
            "{file} and what you have open here went on apart: one of both was put back from a safety copy. Show this to "
            "whoever helps you with the program; nothing was changed."
        ),
    ),
    (errors.WrongBundlePassphrase, mark("That password does not open it. Look at capitals and blanks, and try again.")),
    (errors.WrongPassphrase, mark("That password does not open it. Look at capitals and blanks, and try again.")),
)


def what_is_wrong(error: errors.VerhalenError, path: Path) -> str:
    """The sentence for people; what we do not know speaks for itself."""
    for kind, sentence in _WRONG:
        if isinstance(error, kind):
            return t(sentence, file=plain_name(path.name))
    return str(error)


def what_is_wrong_out(error: errors.VerhalenError) -> str:
    """The same for a package that was to be made."""
    if isinstance(error, errors.WeakPassphrase):
        return t("That password is too short: take at least {least} characters, best a few words.", **error.values)
    if isinstance(error, errors.FileExists):
        return t("There is another file of that name, which is no package. Choose another name.")
    if isinstance(error, errors.DiskFull):
        return t("There is no room there. Free some space, or choose another folder.")
    return str(error)
