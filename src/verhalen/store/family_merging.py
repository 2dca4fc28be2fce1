"""Two families that turn out to be one: everything of the one goes to the other, and nothing of what was written is lost."""

from __future__ import annotations

from verhalen.i18n import t
from verhalen.model.consent import Answer
from verhalen.model.verdict import FAMILY
from verhalen.store.memos import add_memo
from verhalen.store.project import Writing

_STRICT = [Answer.WITHDRAWN, Answer.NO, Answer.YES, Answer.NOT_ASKED]
"""Of two answers about one purpose the first of these counts."""
_OF_FAMILY = ("contact", "snapshot", "story", "source", "mention", "signal_place", "signal_span")
_OF_PERSON = ("observation", "revised_baseline", "speaker")


def unite(writing: Writing, kept: int, gone: int) -> None:
    """Give everything of the family `gone` to `kept`, inside a change.

    People with one role word are one person; of two values of one attribute that of `kept` stays and the other goes into
    a memo; periods of support are counted on; of two answers about consent the stricter one counts.
    """
    keys: dict[int, str] = dict(writing.rows("select id, key from family where id in (?, ?)", (kept, gone)))
    _people(writing, kept, gone, keys)
    _attributes(writing, kept, gone)
    _trajectories(writing, kept, gone)
    for table in _OF_FAMILY:
        writing.execute(f"update {table} set family_id = ? where family_id = ?", (kept, gone))
    writing.execute("update memo set target_id = ? where target = 'family' and target_id = ?", (kept, gone))
    for row, target in writing.rows("select id, target from verdict"):
        name, colon, rest = target.removeprefix(FAMILY).partition(":")
        if target.startswith(FAMILY) and name == keys[gone]:
            writing.execute("update verdict set target = ? where id = ?", (f"{FAMILY}{keys[kept]}{colon}{rest}", row))
    writing.execute("delete from family where id = ?", (gone,))


def _people(writing: Writing, kept: int, gone: int, keys: dict[int, str]) -> None:
    sql = "select id, key from person where family_id = ?"
    there = {key.removeprefix(keys[kept]): number for number, key in writing.rows(sql, (kept,))}
    for number, key in writing.rows(sql, (gone,)):
        member = key.removeprefix(keys[gone])
        if member not in there:
            writing.execute(
                "update person set family_id = ?, key = ? where id = ?", (kept, keys[kept] + member, number)
            )
            continue
        for table in _OF_PERSON:
            writing.execute(f"update {table} set person_id = ? where person_id = ?", (there[member], number))
        _consents(writing, there[member], number)
        writing.execute("delete from person where id = ?", (number,))


def _consents(writing: Writing, kept: int, gone: int) -> None:
    sql = "select purpose, id, answer from consent where person_id = ? and story_id is null"
    there = {purpose: (number, answer) for purpose, number, answer in writing.rows(sql, (kept,))}
    for purpose, number, answer in writing.rows(sql, (gone,)):
        if purpose in there:
            held = there[purpose]
            weaker = number if _STRICT.index(Answer(answer)) >= _STRICT.index(Answer(held[1])) else held[0]
            writing.execute("delete from consent where id = ?", (weaker,))
    writing.execute("update consent set person_id = ? where person_id = ?", (kept, gone))


def _attributes(writing: Writing, kept: int, gone: int) -> None:
    sql = "select name, value, id from attribute where family_id = ?"
    there = {name: value for name, value, _ in writing.rows(sql, (kept,))}
    other = []
    for name, value, number in writing.rows(sql, (gone,)):
        if name not in there:
            writing.execute("update attribute set family_id = ? where id = ?", (kept, number))
            continue
        writing.execute("delete from attribute where id = ?", (number,))
        if value != there[name]:
            other.append(f"{name}: {value}")
    if other:
        add_memo(writing, "family", kept, t("In the other copy stood: {what}", what="; ".join(other)))


def _trajectories(writing: Writing, kept: int, gone: int) -> None:
    last = int(writing.rows("select coalesce(max(ordinal), 0) from trajectory where family_id = ?", (kept,))[0][0])
    writing.execute(
        "update trajectory set family_id = ?, ordinal = ordinal + ? where family_id = ?", (kept, last, gone)
    )
    writing.execute("update story set trajectory = trajectory + ? where family_id = ?", (last, gone))
