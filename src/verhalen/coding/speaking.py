"""Who speaks in a stored text: the rules of renaming, merging, dropping and linking speakers, and of moving turns.

Each act is one change. The text itself never changes, so every coding stays where it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.coding.editing import text_now
from verhalen.i18n import t
from verhalen.model import turns as rules
from verhalen.model.act import Act
from verhalen.model.text import Source, Speaker, Turn, normal_text
from verhalen.store import families, sources
from verhalen.store import speakers as store
from verhalen.store.project import ProjectFile, Writing


@dataclass(frozen=True, slots=True)
class Link:
    """Who a speaker is: a person of a family, or somebody with a professional role."""

    person_id: int | None
    role: str


def rename_speaker(project: ProjectFile, source: Source, old: str, new: str) -> None:
    """Call a speaker otherwise; a name that another speaker has is refused, since that would be a merge."""
    name = clean_name(new)
    with project.change(Act.RENAME_SPEAKER, source.id) as writing:
        known = _speakers(project, source)
        speaker = _speaker(known, old, source)
        if name != old and name in known:
            raise errors.SpeakerExists(name=name, old=old)
        store.rename_speaker(writing, speaker.id, name)


def clean_name(name: str) -> str:
    """A name on one line, in normal form. Raises BadInput where nothing is left."""
    found = " ".join(normal_text(name).split())
    if not found:
        raise errors.BadInput(reason=t("a speaker needs a name"))
    return found


def merge_speakers(project: ProjectFile, source: Source, names: Mapping[str, str]) -> None:
    """Make speakers one: `{"M.": "Mieke"}`. Their links become one too; raises SpeakersDiffer where they disagree."""
    goals = _goals(names)
    with project.change(Act.MERGE_SPEAKERS, source.id) as writing:
        known = _speakers(project, source)
        for name in (*goals, *goals.values()):
            _speaker(known, name, source)
        for goal in dict.fromkeys(goals.values()):
            group = [known[goal], *(known[name] for name, other in goals.items() if other == goal)]
            _relink(writing, known[goal], _joined_link(project, group))
        before = sources.turns_of(project, source.id)
        ids = {name: speaker.id for name, speaker in known.items()}
        store.put_turns(writing, source.id, before, rules.merge_names(before, goals), speakers=ids)
        store.remove_speakers(writing, [known[name].id for name in goals])


def _goals(names: Mapping[str, str]) -> dict[str, str]:
    """Each name to the one that stays in the end: with a = b and b = c, a is c as well."""
    ends = {name: _end(names, name) for name in names}
    return {name: goal for name, goal in ends.items() if name != goal}


def _end(names: Mapping[str, str], name: str) -> str:
    seen = set()
    while names.get(name, name) != name:
        if name in seen:
            raise errors.BadInput(reason=t("these speakers would take each other's place; say which name stays"))
        seen.add(name)
        name = names[name]
    return name


def _joined_link(project: ProjectFile, group: Sequence[Speaker]) -> Link:
    """The link of several speakers that become one. Raises SpeakersDiffer."""
    found, whose = Link(None, ""), group[0]
    for speaker in group:
        link = Link(speaker.person_id, speaker.role)
        if _disagree(found, link):
            one, other = _told(project, found), _told(project, link)
            raise errors.SpeakersDiffer(first=whose.name, one=one, second=speaker.name, other=other)
        if link != Link(None, ""):
            found, whose = Link(found.person_id or link.person_id, found.role or link.role), speaker
    return found


def _disagree(one: Link, other: Link) -> bool:
    people = one.person_id is not None and other.person_id is not None and one.person_id != other.person_id
    return people or bool(one.role and other.role and one.role != other.role)


def _told(project: ProjectFile, link: Link) -> str:
    keys = {number: key for key, number in families.person_ids(project).items()}
    return keys.get(link.person_id or 0) or link.role


def drop_speakers(project: ProjectFile, source: Source, names: Collection[str]) -> None:
    """Say that labels were nobody's name: their turns go on with the turn before, and the labels are words again."""
    with project.change(Act.DROP_SPEAKERS, source.id) as writing:
        known = _speakers(project, source)
        gone = [_speaker(known, name, source) for name in dict.fromkeys(names)]
        before = sources.turns_of(project, source.id)
        after = rules.drop_names(text_now(project, source.id), before, {each.name for each in gone})
        ids = {name: speaker.id for name, speaker in known.items()}
        store.put_turns(writing, source.id, before, after, speakers=ids)
        store.remove_speakers(writing, [each.id for each in gone])


def link_speaker(project: ProjectFile, source: Source, name: str, link: Link) -> None:
    """Say who a speaker is; an empty link takes back what was said."""
    act = Act.UNLINK_SPEAKER if link == Link(None, "") else Act.LINK_SPEAKER
    with project.change(act, source.id) as writing:
        _relink(writing, _speaker(_speakers(project, source), name, source), link)


def _relink(writing: Writing, speaker: Speaker, link: Link) -> None:
    if (speaker.person_id, speaker.role) != (link.person_id, link.role):
        sources.link_speaker(writing, speaker.id, person_id=link.person_id, role=link.role)


def join_turn(project: ProjectFile, source: Source, turn_id: int) -> None:
    """Let a turn go on with the one before."""
    with project.change(Act.JOIN_TURNS, source.id) as writing:
        before = sources.turns_of(project, source.id)
        _put(writing, source, before, rules.join_with_previous(before, _index(before, turn_id)))


def split_turn(
    project: ProjectFile, source: Source, turn_id: int, *, at: int, speaker: str | None, version: int | None = None
) -> None:
    """Cut a turn in two; `speaker`, known or new, says the second part. `version` guards `at` against a correction."""
    name = None if speaker is None else clean_name(speaker)
    with project.change(Act.SPLIT_TURN, source.id) as writing:
        text = text_now(project, source.id)
        now = sources.source_by_id(project, source.id)
        if version is not None and now is not None and version != now.version:
            raise errors.StaleText
        before = sources.turns_of(project, source.id)
        _put(writing, source, before, rules.split_turn(text, before, _index(before, turn_id), at, speaker=name))


def give_turn(project: ProjectFile, source: Source, turn_id: int, speaker: str | None) -> None:
    """Say that somebody else, known or new, speaks in a turn; None: nobody in particular."""
    name = None if speaker is None else clean_name(speaker)
    with project.change(Act.GIVE_TURN, source.id) as writing:
        before = sources.turns_of(project, source.id)
        _put(writing, source, before, rules.reassign(before, _index(before, turn_id), name))


def _put(writing: Writing, source: Source, before: Sequence[Turn], after: Sequence[Turn]) -> None:
    ids = {name: speaker.id for name, speaker in _speakers(writing.project, source).items()}
    for name in dict.fromkeys(turn.speaker for turn in after if turn.speaker is not None):
        if name not in ids:
            ids[name] = store.add_speaker(writing, source.id, name)
    store.put_turns(writing, source.id, before, after, speakers=ids)


def _index(turns: Sequence[Turn], turn_id: int) -> int:
    """Where a turn stands. Raises BadTurn when it is gone."""
    found = next((index for index, turn in enumerate(turns) if turn.id == turn_id), None)
    if found is None:
        raise errors.BadTurn(number=len(turns) + 1)
    return found


def _speakers(project: ProjectFile, source: Source) -> dict[str, Speaker]:
    return {speaker.name: speaker for speaker in sources.speakers_of(project, source.id)}


def _speaker(known: Mapping[str, Speaker], name: str, source: Source) -> Speaker:
    if name not in known:
        raise errors.UnknownSpeaker(key=name, number=source.number)
    return known[name]
