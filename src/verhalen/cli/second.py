"""A second coder on the command line: texts to code blind, where two coders differ, and what they settle on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from verhalen.cli.output import Context, pass_context, table, tell
from verhalen.i18n import t, tn
from verhalen.model.ids import decode_id, encode_id
from verhalen.model.second_coder import same_coder

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.model.second_coder import Copied, Given, Judgement, Progress, Task

_OUTCOMES = ("first", "second", "both", "not")
_WORDS = 60
_CODER = click.option("--coder", "name", metavar="NAME", required=True, help=t("Who codes as the second."))
_CODERS = click.option(
    "--coders", default="", metavar="A,B", help=t("Which two; without it the first two of the text.")
)


@click.group("second", help=t("A second coder: give texts to code blind, see where coders differ, settle it."))
def second() -> None:
    """Group."""


# -- texts at a second coder -------------------------------------------------------------------------------------------


@second.command("give", help=t("Give texts to a colleague, who codes them without seeing the codes of others."))
@click.argument("sources", metavar="ID...", nargs=-1, required=True)
@_CODER
@pass_context
def give(state: Context, sources: tuple[str, ...], name: str) -> None:
    """Give texts."""
    with state.open() as project:
        _say_if_unknown(project, name)
        made = project.second_coding.give([project.sources.get(each).id for each in sources], name)
        rows = _tasks_json(project, made)
    none = t("{coder} has these texts already.", coder=name)
    said = tn("{coder} codes {n} text blind now.", "{coder} codes {n} texts blind now.", len(made), coder=name)
    state.emit(rows, lambda: [said if made else none])


@second.command("draw", help=t("Draw texts at random for a colleague to code blind; the seed is printed and kept."))
@click.option("--share", type=float, default=20, show_default=True, help=t("How many of the texts, in %."))
@click.option("--seed", type=int, help=t("Draws the same texts again; without it a new one is made."))
@click.option("--source", "among", multiple=True, metavar="ID", help=t("Only from this text and others named so."))
@_CODER
@pass_context
def draw(state: Context, share: float, seed: int | None, among: tuple[str, ...], name: str) -> None:
    """Draw texts."""
    with state.open() as project:
        _say_if_unknown(project, name)
        chosen = [project.sources.get(each).id for each in among]
        drawn = project.second_coding.draw(share, name, seed=seed, among=chosen)
        rows = _tasks_json(project, drawn.tasks)
    if drawn.unusual:
        tell(t("Usually 10 to 25 % of the texts is coded twice."))
    said = tn(
        "Drawn with seed {seed}: {n} text of {among}.",
        "Drawn with seed {seed}: {n} texts of {among}.",
        len(rows),
        seed=drawn.seed,
        among=drawn.among,
    )
    answer = {"seed": drawn.seed, "among": drawn.among, "unusual": drawn.unusual, "tasks": rows}
    state.emit(answer, lambda: [said, *(f"{row['number']:>4}  {row['title']}" for row in rows)])


@second.command("list", help=t("Texts at second coders, and how far each is."))
@click.option("--open", "only_open", is_flag=True, help=t("Only those that were not taken back."))
@pass_context
def listed(state: Context, *, only_open: bool) -> None:
    """List tasks."""
    with state.open() as project:
        found = project.second_coding.tasks(only_open=only_open)
        concluded = project.second_coding.concluded()
    state.emit(
        [_progress_json(each, concluded=each.task.source_id in concluded) for each in found],
        lambda: _task_lines(found, concluded),
    )


@second.command("back", help=t("Take texts back from a second coder: these, or all of one coder."))
@click.argument("sources", metavar="[ID]...", nargs=-1)
@click.option("--coder", "name", metavar="NAME", default="", help=t("From whom."))
@pass_context
def back(state: Context, sources: tuple[str, ...], name: str) -> None:
    """Take texts back."""
    with state.open() as project:
        numbers = [project.sources.get(each).id for each in sources]
        found = project.second_coding.take_back(sources=numbers, coder=name)
        rows = _tasks_json(project, found)
        still = {each.task.coder for each in project.second_coding.tasks(only_open=True)}
    done = tn("{n} text taken back.", "{n} texts taken back.", len(found))
    blind = [t("{coder} still codes blind.", coder=each) for each in sorted({each.coder for each in found} & still)]
    state.emit(rows, lambda: [done, *blind])


@second.command("drop", help=t("Forget that texts were given; what was coded stays."))
@click.argument("tasks", metavar="TASK...", nargs=-1, required=True)
@pass_context
def drop(state: Context, tasks: tuple[str, ...]) -> None:
    """Drop tasks."""
    numbers = [decode_id(each) or 0 for each in tasks]
    with state.open() as project:
        project.second_coding.drop(numbers)
    state.emit({"dropped": len(numbers)}, lambda: [t("Done. Undo with: verhalen undo")])


def _say_if_unknown(project: Project, name: str) -> None:
    """A typing mistake would make a task for nobody."""
    if all(same_coder(each.name) != same_coder(name) for each in project.codings.coders()):
        tell(
            t(
                "Nobody called {coder} has worked in this project yet. It must be the name that he or she works under.",
                coder=name,
            )
        )


def _task_json(task: Task) -> dict[str, object]:
    return {
        "task": encode_id(task.id),
        "source_id": encode_id(task.source_id),
        "coder": task.coder,
        "given": task.given,
        "back": task.back,
        "seed": task.seed,
        "drawn": task.drawn,
    }


def _tasks_json(project: Project, tasks: Iterable[Task]) -> list[dict[str, object]]:
    sources = {each.id: each for each in project.sources.all()}
    return [
        {**_task_json(each), "number": sources[each.source_id].number, "title": sources[each.source_id].title}
        for each in tasks
    ]


def _progress_json(each: Progress, *, concluded: bool) -> dict[str, object]:
    return {
        **_task_json(each.task),
        "number": each.number,
        "title": each.title,
        "turns": each.turns,
        "coded": each.coded,
        "coded_by_others": each.coded_by_others,
        "concluded": concluded,
    }


def _task_lines(found: Sequence[Progress], concluded: set[int]) -> Iterator[str]:
    if not found:
        yield t("No text was given to a second coder yet.")
        return
    header = (
        t("no."),
        t("title"),
        t("coder"),
        t("given"),
        t("taken back"),
        t("turns coded"),
        t("by others"),
        t("seed"),
        "",
    )
    yield from table(
        header,
        [
            (
                each.number,
                each.title,
                each.task.coder,
                each.task.given,
                each.task.back or t("open"),
                f"{each.coded}/{each.turns}",
                each.coded_by_others,
                "" if each.task.seed is None else f"{each.task.seed} ({each.task.drawn})",
                t("consensus counts") if each.task.source_id in concluded else "",
            )
            for each in found
        ],
    )


# -- where coders differ, and settling it ------------------------------------------------------------------------------


@second.command("differences", help=t("Where two coders of a text differ, turn by turn, and what was settled."))
@click.argument("source", metavar="ID")
@_CODERS
@click.option("--all", "everything", is_flag=True, help=t("Also where they agree."))
@pass_context
def differences(state: Context, source: str, coders: str, *, everything: bool) -> None:
    """List places."""
    with state.open() as project:
        found = project.second_coding.judgements(project.sources.get(source).id, coders=_pair(coders))
        text = project.sources.text(project.sources.get(source).id).text
    shown = [each for each in found if everything or each.differs]
    state.emit([_place_json(each, text) for each in shown], lambda: _place_lines(shown, text, everything=everything))


@second.command("tick", help=t("Say that the turn at START was talked over for a code."))
@click.argument("source", metavar="ID")
@click.argument("start", type=int)
@click.argument("code", metavar="KEY")
@click.option("--note", default="", metavar="TEXT", help=t("What was said."))
@_CODERS
@pass_context
def tick(state: Context, source: str, start: int, code: str, note: str, coders: str) -> None:
    """Tick a place."""
    with state.open() as project:
        place = _place(project, source, start, code, coders)
        project.second_coding.tick(place, note)
        rows = _now(project, place)
    state.emit(rows, lambda: [t("Talked over: {code}.", code=code)])


@second.command("settle", help=t("Choose what the consensus says of a code in the turn at START."))
@click.argument("source", metavar="ID")
@click.argument("start", type=int)
@click.argument("code", metavar="KEY")
@click.option(
    "--as",
    "outcome",
    type=click.Choice(_OUTCOMES),
    required=True,
    help=t("As the first or second coder has it, all that either marked, or not."),
)
@click.option("--note", default="", metavar="TEXT", help=t("What was said."))
@_CODERS
@pass_context
def settle(state: Context, source: str, start: int, code: str, outcome: str, note: str, coders: str) -> None:
    """Settle a place."""
    with state.open() as project:
        place = _place(project, source, start, code, coders)
        project.second_coding.settle(place, outcome, note)
        rows = _now(project, place)
    state.emit(rows, lambda: [t("Settled: {code}.", code=code)])


@second.command("reopen", help=t("Take ticking or settling of a code in the turn at START back."))
@click.argument("source", metavar="ID")
@click.argument("start", type=int)
@click.argument("code", metavar="KEY")
@_CODERS
@pass_context
def reopen(state: Context, source: str, start: int, code: str, coders: str) -> None:
    """Open a place again."""
    with state.open() as project:
        place = _place(project, source, start, code, coders)
        project.second_coding.reopen(place)
        rows = _now(project, place)
    state.emit(rows, lambda: [t("Open again: {code}.", code=code)])


_BORDERS = click.option(
    "--borders",
    type=click.Choice(_OUTCOMES[:3]),
    default="first",
    show_default=True,
    help=t("Whose borders count where both gave a code."),
)


@second.command("agreed", help=t("Copy what both coders of a text gave to the consensus."))
@click.argument("source", metavar="ID")
@_BORDERS
@_CODERS
@pass_context
def agreed(state: Context, source: str, borders: str, coders: str) -> None:
    """Settle what is agreed."""
    with state.open() as project:
        number = project.sources.get(source).id
        done = project.second_coding.settle_agreed(number, coders=_pair(coders), borders=borders)
    state.emit(_copied_json(done), lambda: [_copied(done)])


@second.command("conclude", help=t("Say that in a text the consensus counts, in tables and reports."))
@click.argument("source", metavar="ID")
@_BORDERS
@_CODERS
@click.option("--off", is_flag=True, help=t("No longer: the codings of the people count again."))
@pass_context
def conclude(state: Context, source: str, borders: str, coders: str, *, off: bool) -> None:
    """Let the consensus count."""
    with state.open() as project:
        number = project.sources.get(source).id
        if off:
            project.second_coding.open_again(number)
            state.emit({"concluded": False}, lambda: [t("The codings of the people count again in this text.")])
            return
        done = project.second_coding.conclude(number, coders=_pair(coders), borders=borders)
    said = t("In this text the consensus counts now, in tables and reports.")
    state.emit({"concluded": True, **_copied_json(done)}, lambda: [_copied(done), said])


def _pair(coders: str) -> list[str]:
    return [each.strip() for each in coders.split(",") if each.strip()]


def _place(project: Project, source: str, start: int, code: str, coders: str) -> Judgement:
    """The code in the turn that holds a character. Raises UnknownCode, BadInput."""
    from verhalen import errors

    key = project.codes.get(code).key
    found = project.second_coding.judgements(project.sources.get(source).id, coders=_pair(coders))
    here = [each for each in found if each.code == key and each.start <= start < each.stop]
    if not here:
        raise errors.BadInput(reason=t("neither coder gave {code} in the turn at {place}", code=key, place=start))
    return here[0]


def _now(project: Project, place: Judgement) -> dict[str, object]:
    """The same place as it stands now."""
    names = [each.identity for each in place.coders]
    found = project.second_coding.judgements(place.source_id, coders=names)
    text = project.sources.text(place.source_id).text
    same = next(each for each in found if (each.start, each.code_id) == (place.start, place.code_id))
    return _place_json(same, text)


def _place_json(each: Judgement, text: str) -> dict[str, object]:
    return {
        "source_id": encode_id(each.source_id),
        "start": each.start,
        "stop": each.stop,
        "text": text[each.start : each.stop],
        "code": each.code,
        "coders": [coder.name for coder in each.coders],
        "given": [[_given_json(one) for one in side] for side in each.given],
        "differs": each.differs,
        "other_valence": each.other_valence,
        "state": each.state.value,
        "note": each.note,
        "by": each.by,
        "day": each.day,
        "consensus": [_given_json(one) for one in each.consensus],
    }


def _given_json(each: Given) -> dict[str, object]:
    return {
        "coding_id": encode_id(each.coding_id),
        "start": each.start,
        "stop": each.stop,
        "whole": [each.whole.start, each.whole.stop],
        "valence": each.valence.value,
        "memo": each.memo,
    }


def _place_lines(shown: Sequence[Judgement], text: str, *, everything: bool) -> Iterator[str]:
    if not shown:
        yield t("Neither gave a code.") if everything else t("They agree everywhere.")
        return
    header = (t("place"), t("code"), *(each.name for each in shown[0].coders), t("state"), t("words"))
    yield from table(
        header,
        [
            (
                f"{each.start}-{each.stop}",
                each.code,
                *(" ".join(one.valence.sign.strip() or "x" for one in side) for side in each.given),
                t(each.state.label),
                " ".join(text[each.start : each.stop].split())[:_WORDS],
            )
            for each in shown
        ],
    )
    done = sum(each.state.value == "settled" for each in shown)
    yield tn("{done} of {n} settled.", "{done} of {n} settled.", len(shown), done=done)


def _copied_json(done: Copied) -> dict[str, object]:
    return {"settled": done.judgements, "existed": done.existed}


def _copied(done: Copied) -> str:
    return tn(
        "In the consensus now, as both gave it: {n} place. Settled before: {existed}.",
        "In the consensus now, as both gave it: {n} places. Settled before: {existed}.",
        done.judgements,
        existed=done.existed,
    )


COMMANDS = (second,)
