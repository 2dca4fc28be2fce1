"""The words of score tables: names of columns, states, who judged and reasons, in Dutch and English."""

from __future__ import annotations

from verhalen.model.snapshot import Assessor, Reason, State

SYNONYMS = {
    "family": "gezin", "gezinscode": "gezin", "person": "lid", "member": "lid", "role": "rol", "date": "datum",
    "value": "waarde", "score": "waarde", "assessor": "beoordelaar", "note": "toelichting", "moment": "datum",
    "reason": "reden", "reasons": "reden", "redenen": "reden", "version": "versie", "revised_on": "herzien_op",
    "snapshot": "momentopname",
}  # fmt: skip
STATES = {
    "gescoord": State.SCORED, "scored": State.SCORED,
    "bevestigd": State.CONFIRMED, "bevestigd_ongewijzigd": State.CONFIRMED, "confirmed": State.CONFIRMED,
    "bevestigd ongewijzigd": State.CONFIRMED, "ongewijzigd": State.CONFIRMED,
    "bevestigd_in_blok": State.CONFIRMED_IN_BULK, "in_blok_bevestigd": State.CONFIRMED_IN_BULK,
    "confirmed_in_bulk": State.CONFIRMED_IN_BULK, "bevestigd in blok": State.CONFIRMED_IN_BULK,
    "nvt": State.NOT_APPLICABLE, "n.v.t.": State.NOT_APPLICABLE, "na": State.NOT_APPLICABLE,
    "n/a": State.NOT_APPLICABLE, "not_applicable": State.NOT_APPLICABLE,
    "niet van toepassing": State.NOT_APPLICABLE, "not applicable": State.NOT_APPLICABLE,
    "niet_gekend": State.UNKNOWN, "niet gekend": State.UNKNOWN, "unknown": State.UNKNOWN,
    "weet niet": State.UNKNOWN, "onbekend": State.UNKNOWN, "geen zicht op": State.UNKNOWN,
}  # fmt: skip
SIGNS = STATES | {"?": State.UNKNOWN, "=": State.CONFIRMED, "==": State.CONFIRMED_IN_BULK}
SIGN_OF = {State.CONFIRMED: "=", State.CONFIRMED_IN_BULK: "==", State.NOT_APPLICABLE: "nvt", State.UNKNOWN: "?"}
"""How we write a state in the place of a value."""
ASSESSORS = {each.value: each.value for each in Assessor} | {
    "together": "samen", "parent": "ouder", "child": "kind", "service": "dienst",
    "met het gezin": "samen", "samen met het gezin": "samen", "andere dienst": "dienst",
}  # fmt: skip
REASONS = {each.value: each for each in Reason} | {
    "incomplete_baseline": Reason.INCOMPLETE_BASELINE, "came_to_light": Reason.CAME_TO_LIGHT,
    "late_diagnosis": Reason.LATE_DIAGNOSIS, "event": Reason.EVENT, "fluctuating": Reason.FLUCTUATING,
    "support_ended": Reason.SUPPORT_ENDED, "waiting": Reason.WAITING, "composition": Reason.COMPOSITION,
    "other": Reason.OTHER,
}  # fmt: skip
HEAD = ("gezin", "lid", "rol", "datum", "instrument", "beoordelaar", "versie")
"""Columns that say about whom, when and by what."""
ANSWER = ("item", "waarde", "status", "toelichting", "reden", "herzien_op")
"""Columns of a long table that say what was seen."""
FOR_READING = ("itemnaam", "label", "levensdomein")
"""Columns that an export adds for people; an import passes them over."""
CODEBOOK = (
    *("instrument", "versie", "wording", "item", "itemnaam", "over", "levensdomein", "waarde", "label", "nvt"),
    *("richting", "duiding", "niet_meer_gevraagd"),
)
"""Columns of the codebook beside exported scores."""
NOTE_OF, REASON_OF = "toelichting.", "reden."
"""What stands before the key of an item in the columns of a wide table that hold its note and its reasons."""
SNAPSHOT = "momentopname"
"""In place of an item: the snapshot as such, with its note. It may hold no answer at all. A column of a wide table."""
REVISED = ("herzien", "revised")
"""In place of a state: not what was answered, but what the first snapshot would have said."""
WHOLE_FAMILY = ("gezin", "huishouden", "family")


def item_of(column: str) -> str:
    """The item of a column of a wide table, be it for the answer, the note or the reasons."""
    return column.removeprefix(NOTE_OF).removeprefix(REASON_OF)
