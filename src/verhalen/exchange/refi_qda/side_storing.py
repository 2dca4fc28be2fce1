"""Families and speakers as a file of ours beside the archive has them."""

from __future__ import annotations

from verhalen.exchange.refi_qda.case_xml import MUNICIPALITY
from verhalen.exchange.refi_qda.cases import CaseStore, Placed
from verhalen.exchange.refi_qda.guids import keep_guids
from verhalen.exchange.refi_qda.sidecar_reading import Sidecar, SideText
from verhalen.exchange.refi_qda.text_storing import Coders
from verhalen.store import declared, foreign, sources, speakers
from verhalen.store.project import Writing


def put_families(writing: Writing, sidecar: Sidecar, cases: CaseStore) -> None:
    """All families with their persons and attributes; what is here already and differs stays."""
    known = {each.name for each in declared.attribute_kinds(writing.project)}
    for kind in sidecar.attribute_kinds:
        if kind.name not in known:
            declared.put_attribute_kind(writing, kind)
    for each in sidecar.families:
        if cases.is_withdrawn(each.key):
            continue
        family_id = cases.family(each.key)
        cases.placed[each.guid] = Placed(family_id)
        for name, value in ((MUNICIPALITY, each.municipality), *each.attributes):
            if value:
                cases.attribute(family_id, name, value)
        for guid, person in each.persons:
            cases.placed[guid] = Placed(family_id, cases.person(family_id, person))


def put_speakers(writing: Writing, source_id: int, side: SideText, cases: CaseStore, coders: Coders) -> None:
    """Who speaks in a new text, which turn has which GUID, and which pieces are about whom."""
    there = {each.name: each.id for each in sources.speakers_of(writing.project, source_id)}
    for name, role, person in side.speakers:
        number = there.get(name) or speakers.add_speaker(writing, source_id, name)
        placed = cases.placed.get(person)
        if role or placed:
            sources.link_speaker(writing, number, person_id=placed.person_id if placed else None, role=role)
    turns = sources.turns_of(writing.project, source_id)
    keep_guids(writing, "turn", {turn.id: guid for turn, guid in zip(turns, side.turn_guids, strict=True) if guid})
    for start, stop, family, coder, guid in side.mentions:
        placed = cases.placed.get(family)
        if placed is None:
            continue
        made = foreign.put_mention(
            writing, source_id, start=start, stop=stop, family_id=placed.family_id, coder_id=coders.of(coder)
        )
        if made is not None and guid:
            keep_guids(writing, "mention", {made: guid})
