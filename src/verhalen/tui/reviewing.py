"""Begin a review of names, with the way out where the key lies elsewhere; and mask a text that is stored already."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from verhalen import errors
from verhalen.api.masking import Masked
from verhalen.api.project import Project
from verhalen.i18n import t, tn
from verhalen.model.text import Source
from verhalen.privacy.review import Review
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.dialogs import AskLine, Choose, yes_or_no
from verhalen.tui.mask_screen import MaskScreen
from verhalen.tui.paths import path_of

T = TypeVar("T")
AnyScreen = CommandScreen[Any]


class Without(Enum):
    """Why there is no review."""

    PLAIN = "plain"
    """Somebody chooses to go on without masking."""
    BACK = "back"
    """Somebody goes back."""


async def stored(screen: AnyScreen, act: Callable[[Project], T]) -> T:
    """Do an act by the writer, and wait for it. Call it from a worker."""
    future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    screen.write(act, future.set_result, future.set_exception)
    return await future


async def begin_review(screen: AnyScreen, make: Callable[[Project], Review], *, may_go_on: bool) -> Review | Without:
    """Make a review; where the key is not here, ask where it lies. `may_go_on` offers to go on without masking."""

    def beside() -> Review:
        # On a thread with a door of its own: finding names may take long, and the writer must not wait for it.
        with screen.project.sibling() as own:
            return make(own)

    while True:
        try:
            return await asyncio.to_thread(beside)
        except (errors.NoKey, errors.WrongKey, errors.BadKey) as error:
            answer = await screen.app.push_screen_wait(_key_question(screen, error, may_go_on=may_go_on))
        match answer:
            case "find":
                await _find_key(screen)
            case "new":
                await _begin_key(screen)
            case _:
                return Without.PLAIN if answer == "plain" else Without.BACK


async def _find_key(screen: AnyScreen) -> None:
    typed = await screen.app.push_screen_wait(AskLine(t("Where does the key lie? Type the path of the file.")))
    path = path_of(typed or "")
    if path is None:
        return
    try:
        await stored(screen, lambda project: project.privacy.use_key(path))
    except errors.NoKey:
        said = t("There is no such file: {path}. The name of a key ends in .csv.", path=path)
        screen.frame.say(said, severity="warning")
    except errors.VerhalenError as error:
        screen.frame.say_error(error)


async def _begin_key(screen: AnyScreen) -> None:
    question = t(
        "Is the old key lost for good? With a new one nobody can say any more who is who in the texts of before, and a "
        "name that comes back gets another replacement."
    )
    if await screen.app.push_screen_wait(yes_or_no(question, yes=t("Yes, begin a new key"))) == "yes":
        try:
            await stored(screen, lambda project: project.privacy.new_key(lost=True))
        except errors.VerhalenError as error:
            screen.frame.say_error(error)


async def ask_for_copy(screen: AnyScreen) -> bool | None:
    """Whether the masked text is kept as original; the file itself never is. None where somebody goes back."""
    answer = await screen.app.push_screen_wait(
        Choose(
            t("The file itself holds the names, so the project does not keep it. What may it keep?"),
            [
                ("none", t("Nothing: only the text with its names replaced")),
                ("copy", t("A copy of the text with its names replaced, as the original")),
            ],
        )
    )
    return None if answer is None else answer == "copy"


async def mask_source(screen: AnyScreen, source: Source) -> None:
    """Review the names of a stored text and mask them for good. Call it from a worker."""
    try:
        review = await begin_review(screen, lambda project: project.masking.review(source), may_go_on=False)
        if not isinstance(review, Review):
            return
        keeps_copy = await _decided(screen, review, source)
        if keeps_copy is None:
            return
        done = await stored(screen, lambda project: project.masking.mask(source, review, keeps_copy=keeps_copy))
    except errors.VerhalenError as error:
        screen.frame.say_error(error)
        return
    _say_masked(screen, done)


async def _decided(screen: AnyScreen, review: Review, source: Source) -> bool | None:
    """Decide about the names until somebody is sure; give whether a copy is kept, or None where nothing is to be done."""
    while await screen.app.push_screen_wait(MaskScreen(review, source.title)):
        count = review.counts().accepted
        if not count:
            await _say_read(screen, source)
            return None
        if await screen.app.push_screen_wait(_sure_question(count)) == "yes":
            keeps_copy = await ask_for_copy(screen)
            if keeps_copy is not None:
                return keeps_copy
    return None


async def _say_read(screen: AnyScreen, source: Source) -> None:
    """Somebody looked through the names and had none replaced."""
    if source.unread:
        await stored(screen, lambda project: project.masking.mark_read(source))
        screen.frame.say(t("Noted: you read this text through, and no name is left to replace."))
    else:
        screen.frame.say(t("Nothing was chosen, so nothing was replaced."))


def _say_masked(screen: AnyScreen, done: Masked) -> None:
    screen.frame.say(tn("{n} place was replaced for good.", "{n} places were replaced for good.", done.places))
    if not done.clean:
        screen.frame.say(t("Close all other windows of this project: then the last traces go too."), severity="warning")
    if done.stays:
        files = ", ".join(done.stays)
        screen.frame.say(
            t("The names still stand in: {files}. Look at these files yourself.", files=files), severity="warning"
        )


def _sure_question(count: int) -> Choose:
    question = tn(
        "{n} place will be replaced for good, in older versions and in the history as well. "
        "This cannot be undone, and corrections of before can no longer be taken back.",
        "{n} places will be replaced for good, in older versions and in the history as well. "
        "This cannot be undone, and corrections of before can no longer be taken back.",
        count,
    )
    return yes_or_no(question, yes=t("Yes, replace them for good"))


def _key_question(screen: AnyScreen, error: errors.VerhalenError, *, may_go_on: bool) -> Choose:
    question = str(error)
    if isinstance(error, errors.NoKey):
        question = t(
            "The key of this project is not in its place. Without it a name cannot get the same replacement as in the "
            "other texts. Ask whoever keeps it for the file. It was last seen here:\n{path}",
            path=screen.project.privacy.key_path,
        )
    answers = [("find", t("Say where the key lies"))]
    if may_go_on:
        answers.append(("plain", t("Store this text without replacing names")))
    if isinstance(error, errors.NoKey):
        answers.append(("new", t("The key is lost: begin a new one")))
    return Choose(question, answers)
