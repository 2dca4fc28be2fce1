"""Joint displays as JSON: the shapes of docs/cli.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.model.ids import encode_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from verhalen.analysis.joint import JointRow
    from verhalen.analysis.joint_cases import Case, CaseLine, CoachNote
    from verhalen.analysis.joint_crosswalk import Crosswalk
    from verhalen.analysis.joint_factors import FactorCell, Factors
    from verhalen.analysis.joint_families import FamilyApart
    from verhalen.analysis.joint_themes import ChangeClass, ThemeCell, ThemeTable
    from verhalen.analysis.perspectives import Perspective
    from verhalen.analysis.tally import AnswerCount, ValenceCount
    from verhalen.analysis.theory import TheoryLine
    from verhalen.model.verdict import Verdict

Json = dict[str, object]


def side_json(row: JointRow) -> Json:
    """One row of J1."""
    change, quote = row.change, row.quote
    up, neither, down = row.voices
    return {
        "key": row.key,
        "name": row.name,
        "n": change.n if change else 0,
        "up": change.up if change else 0,
        "same": change.same if change else 0,
        "down": change.down if change else 0,
        "dominance": change.dominance.value if change else None,
        "stories": _answers(row.stories),
        "about_stories": _answers(row.stories_about),
        "own": _valences(row.own),
        "about": _valences(row.about),
        "families_telling": list(row.families_telling),
        "voices": {"up": up, "neither": neither, "down": down},
        "numbers": row.numbers,
        "words": row.words,
        "suggestion": row.suggestion.value,
        "in_use": row.in_use,
        "quote": {
            "coding_id": encode_id(quote.coding_id),
            "text": quote.text,
            "family": quote.family,
            "families": quote.families,
            "of": quote.of,
        }
        if quote
        else None,
        "verdict": row.verdict.relation.value if row.verdict else None,
        "sentence": row.verdict.sentence if row.verdict else None,
        "who": row.verdict.coder if row.verdict else None,
        "day": row.verdict.day if row.verdict else None,
        "since": list(row.since),
        "history": [verdict_json(each) for each in row.history],
    }


def _answers(told: AnswerCount) -> dict[str, int]:
    return {"positive": told.positive, "negative": told.negative, "none": told.none, "open": told.open}


def _valences(count: ValenceCount) -> dict[str, int]:
    return {"positive": count.positive, "negative": count.negative, "mixed": count.mixed, "none": count.none}


def verdict_json(each: Verdict) -> Json:
    """One verdict."""
    return {"relation": each.relation.value, "sentence": each.sentence, "who": each.coder, "day": each.day}


def themes_json(found: ThemeTable) -> Json:
    """J2."""

    def cells(of: Mapping[ChangeClass, ThemeCell]) -> Json:
        return {name: {"fragments": cell.fragments, "families": list(cell.families)} for name, cell in of.items()}

    return {
        "classes": {
            each: {"n": len(families), "telling": len(found.telling[each])} for each, families in found.classes.items()
        },
        "rows": [
            {
                "code": row.code,
                "name": row.name,
                "evidence": list(row.evidence),
                "own": cells(row.own),
                "about": cells(row.about),
            }
            for row in found.rows
        ],
    }


def case_json(case: Case) -> Json:
    """One family of J3."""
    return {
        "family": case.family,
        "coach": case.coach,
        "not_agreed": list(case.disagreeing),
        "notes": [_note(each) for each in case.notes],
        "history": [verdict_json(each) for each in case.history],
        "since": list(case.since),
        "lines": [_line(each) for each in case.lines],
    }


def _line(line: CaseLine) -> Json:
    return {
        "domain": line.domain,
        "name": line.name,
        "numbers": line.numbers,
        "words": line.words,
        "paths": [
            {
                "instrument": path.instrument,
                "assessor": path.assessor.value,
                "way": path.way,
                "days": list(path.days),
                "course": list(path.course),
                "items": [
                    {"item": each.item, "person": each.person, "values": list(each.values)} for each in path.items
                ],
            }
            for path in line.paths
        ],
        "voices": [
            {
                "who": each.who,
                "person": each.person,
                "own": each.is_own,
                "way": each.way,
                "stories": [{"story": key, "answer": answer.value} for key, answer in each.stories],
                "fragments": _valences(each.fragments),
                "codings": [encode_id(number) for number in each.codings],
            }
            for each in line.tellings
        ],
        "notes": [_note(each) for each in line.notes],
        "history": [verdict_json(each) for each in line.history],
        "not_agreed": list(line.differ),
    }


def _note(each: CoachNote) -> Json:
    return {
        "day": each.day,
        "assessor": each.assessor.value,
        "item": each.item,
        "reasons": [reason.value for reason in each.reasons],
        "note": each.note,
    }


def crosswalk_json(found: Crosswalk) -> Json:
    """J4."""
    return {
        "items": [
            {
                "instrument": row.instrument,
                "item": row.item.key,
                "name": row.item.name,
                "question": row.item.question,
                "domain": row.item.domain,
                "codes": list(row.codes),
                "fragments": row.fragments,
                "stories": row.stories,
                "lines": [line.line for line in row.lines],
            }
            for row in found.rows
        ],
        "lines": [
            {
                **_theory_line(row.line),
                "items": [":".join(each) for each in row.items],
                "codes": list(row.codes),
                "stories": row.stories,
                "measured": row.is_measured,
                "told": row.is_told,
            }
            for row in found.lines
        ],
        "without_question": [f"{row.instrument}:{row.item.key}" for row in found.without_question],
        "untold": [f"{row.instrument}:{row.item.key}" for row in found.untold],
        "bare_lines": [row.line.line for row in found.bare],
        "unasked": list(found.unasked),
        "theory": found.theory.file if found.theory else None,
    }


def _theory_line(line: TheoryLine) -> Json:
    return {"line": line.line, "depth": line.depth, "title": line.title}


def factors_json(found: Factors) -> Json:
    """J5."""
    return {
        "speaking": {
            each: {"sources": heard.sources, "families": heard.families} for each, heard in found.speaking.items()
        },
        "rows": [
            {
                "code": row.code,
                "name": row.name,
                "by": _by(row.by),
                "told_with": {domain: _by(by) for domain, by in row.told_with.items()},
                "never": list(row.never),
            }
            for row in found.rows
        ],
        "unnamed": [key for key, _ in found.unnamed],
    }


def _by(of: Mapping[Perspective, FactorCell]) -> Json:
    return {
        each: {"fragments": cell.fragments, "sources": len(cell.sources), "families": sorted(cell.families)}
        for each, cell in of.items()
    }


def apart_json(found: Sequence[FamilyApart]) -> list[Json]:
    """Families whose words and numbers go apart."""
    return [
        {
            "family": each.family,
            "apart": each.apart.value,
            "numbers": each.numbers,
            "words": each.words,
            "open": each.is_open,
            "since": list(each.since),
            "history": [verdict_json(verdict) for verdict in each.history],
            "domains": [
                {
                    "domain": side.domain,
                    "numbers": side.numbers,
                    "words": side.words,
                    "apart": side.is_apart,
                    "stories": list(side.stories),
                    "codings": [encode_id(number) for number in side.codings],
                }
                for side in each.sides
            ],
        }
        for each in found
    ]
