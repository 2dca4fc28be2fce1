"""What goes back to tellers, and signals: barriers with where they were seen."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from verhalen.model.following import Feedback, Signal, SignalPlace
from verhalen.store.around import day_of, day_text, put_row
from verhalen.store.project import ProjectFile, Writing


def feedback(project: ProjectFile) -> list[Feedback]:
    """What was and is to be told, oldest first; what is still to be done at the end."""
    sql = """
        select whom, body, feedback.day, feedback.how, reaction, coalesce(story.key, ''), coalesce(selection_round.key, ''), feedback.id
        from feedback left join story on story.id = story_id left join selection_round on selection_round.id = round_id
        order by feedback.day is null, feedback.day, feedback.id"""
    return [
        Feedback(whom, body, day_of(day), how, reaction, story, round_, number)
        for whom, body, day, how, reaction, story, round_, number in project.rows(sql)
    ]


def put_feedback(writing: Writing, wanted: Feedback, *, coder_id: int) -> int:
    """Write down what was told, new where its id is 0; give the id."""
    values = {
        "story_id": _id_of(writing, "story", wanted.story),
        "round_id": _id_of(writing, "selection_round", wanted.round),
        "whom": wanted.whom,
        "day": day_text(wanted.day),
        "how": wanted.how,
        "body": wanted.body,
        "reaction": wanted.reaction,
    }
    return put_row(writing, "feedback", wanted.id, values, {"coder_id": coder_id})


def remove_feedback(writing: Writing, number: int) -> None:
    """Take a line of the feedback log away."""
    writing.execute("delete from feedback where id = ?", (number,))


def signals(project: ProjectFile) -> list[Signal]:
    """All signals with their places, by the day on which they were noted."""
    places: dict[int, list[SignalPlace]] = defaultdict(list)
    for signal, number, family, story, snapshot in project.rows(_PLACES):
        places[signal].append(SignalPlace(family, story, snapshot, id=number))
    for signal, number, family, source, start, stop in project.rows(_SPANS):
        places[signal].append(SignalPlace(family, source_id=source, start=start, stop=stop, id=number))
    sql = """
        select id, key, barrier, service, domain, noted, whom, told, answer, answered, result, resulted
        from signal order by noted, id"""
    return [
        Signal(
            key=key,
            barrier=barrier,
            noted=dt.date.fromisoformat(noted),
            service=service,
            domain=domain,
            whom=whom,
            told=day_of(told),
            answer=answer,
            answered=day_of(answered),
            result=result,
            resulted=day_of(resulted),
            places=tuple(places[number]),
            id=number,
        )
        for number, key, barrier, service, domain, noted, whom, told, answer, answered, result, resulted in project.rows(
            sql
        )
    ]


_PLACES = """
select signal_id, signal_place.id, coalesce(own.key, teller.key, looked.key, ''), coalesce(story.key, ''), snapshot_id
from signal_place left join family own on own.id = signal_place.family_id
left join story on story.id = story_id left join family teller on teller.id = story.family_id
left join snapshot on snapshot.id = snapshot_id left join family looked on looked.id = snapshot.family_id
order by signal_place.id"""
_SPANS = """
select signal_id, signal_span.id, coalesce(family.key, ''), source_id, start, stop
from signal_span left join family on family.id = family_id order by signal_span.id"""


def put_signal(writing: Writing, wanted: Signal, *, coder_id: int) -> int:
    """Store a signal's own fields, new where its id is 0; give the id. Its places are stored apart."""
    values = {
        "key": wanted.key,
        "barrier": wanted.barrier,
        "service": wanted.service,
        "domain": wanted.domain,
        "noted": wanted.noted.isoformat(),
        "whom": wanted.whom,
        "told": day_text(wanted.told),
        "answer": wanted.answer,
        "answered": day_text(wanted.answered),
        "result": wanted.result,
        "resulted": day_text(wanted.resulted),
    }
    return put_row(writing, "signal", wanted.id, values, {"coder_id": coder_id})


def add_place(writing: Writing, signal_id: int, place: SignalPlace) -> int:
    """Say where a signal was seen; give the id of the place."""
    family = _id_of(writing, "family", place.family)
    if place.source_id is not None:
        values = {"source_id": place.source_id, "start": place.start, "stop": place.stop, "family_id": family}
        return put_row(writing, "signal_span", 0, values, {"signal_id": signal_id})
    story = _id_of(writing, "story", place.story)
    values = {"family_id": family, "story_id": story, "snapshot_id": place.snapshot_id}
    return put_row(writing, "signal_place", 0, values, {"signal_id": signal_id})


def remove_place(writing: Writing, place: SignalPlace) -> None:
    """Take a place away."""
    table = "signal_place" if place.source_id is None else "signal_span"
    writing.execute(f"delete from {table} where id = ?", (place.id,))


def remove_signal(writing: Writing, signal_id: int) -> None:
    """Take a signal away with its places."""
    for table in ("signal_place", "signal_span"):
        writing.execute(f"delete from {table} where signal_id = ?", (signal_id,))
    writing.execute("delete from signal where id = ?", (signal_id,))


def family_of_span(project: ProjectFile, source_id: int, start: int, stop: int) -> str:
    """Key of the family whose words a fragment is: of its speaker, else of its source; empty where there is none."""
    sql = """
        select coalesce(spoken.key, whole.key, '') from source
        left join family whole on whole.id = source.family_id
        left join turn on turn.source_id = source.id and turn.start < ?3 and ?2 < turn.stop
        left join speaker on speaker.id = turn.speaker_id left join person on person.id = speaker.person_id
        left join family spoken on spoken.id = person.family_id
        where source.id = ?1 order by spoken.key is null, turn.start limit 1"""
    row = project.row(sql, (source_id, start, stop))
    return str(row[0]) if row else ""


def _id_of(writing: Writing, table: str, key: str) -> int | None:
    """Raises KeyError where the key is unknown: who calls has looked."""
    if not key:
        return None
    found = writing.rows(f"select id from {table} where key = ?", (key,))
    if not found:
        raise KeyError(key)
    number: int = found[0][0]
    return number
