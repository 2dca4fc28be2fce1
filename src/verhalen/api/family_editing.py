"""Make, change and end what is known of a family: each act is one change, checked before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.codes import is_mistyped, next_code, no_family, no_person
from verhalen.model.family import ROLES, AttributeKind, Contact, Family, Person, Trajectory, TrajectoryEnd, ValueKind
from verhalen.model.family_rules import NO_NAME, key_problem, member_problem, overlapping, written_otherwise
from verhalen.privacy.identifying import is_telling_key, telling_kind
from verhalen.store import declared
from verhalen.store import families as store
from verhalen.store.family_removing import former_codes
from verhalen.store.project import ProjectFile


class FamilyEditing:
    """The part of `project.families` that writes."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def get(self, key: str) -> Family:
        """One family, without reading the others; raises UnknownFamily."""
        found = store.family_of(self._file, key)
        if found is None:
            now = former_codes(self._file).get(key)
            raise errors.RenamedFamily(key=key, now=now) if now else no_family(key)
        return found

    # -- families --------------------------------------------------------------------------------------------------

    def add(self, key: str = "", *, municipality: str = "", attributes: Mapping[str, str] | None = None) -> Family:
        """A new family, by its code; without one it takes the next. Raises FamilyExists, WrongCheckLetter, BadInput."""
        values = self._attributes(attributes or {})
        with self._file.change(Act.ADD_FAMILY) as writing:
            known = store.family_ids(self._file)
            key = key or next_code([*known, *former_codes(self._file)])
            self._refuse_code(key)
            number = store.add_family(writing, key, municipality=municipality)
            for name, value in values.items():
                store.set_attribute(writing, number, name, value)
            writing.targets.append(number)
        return self.get(key)

    def edit(self, key: str, *, municipality: str | None = None, attributes: Mapping[str, str] | None = None) -> Family:
        """Change where a family lives, and attributes; an empty value takes one away. Raises UnknownFamily, BadInput."""
        values = self._attributes(attributes or {})
        family = self.get(key)
        with self._file.change(Act.EDIT_FAMILY, family.id) as writing:
            if municipality is not None:
                store.set_municipality(writing, family.id, municipality)
            for name, value in values.items():
                store.set_attribute(writing, family.id, name, value)
        return self.get(key)

    def _refuse_code(self, key: str, *, of: str = "") -> None:
        """Refuse a code that a new family cannot have, nor a family that has the code `of`, which may take one of its own back."""
        known = store.family_ids(self._file)
        if not key:
            raise errors.BadInput(reason=t("write a code, as in G012"))
        if key in known:
            raise errors.FamilyExists(key=key)
        now = former_codes(self._file).get(key, of)
        if now != of:
            raise errors.BadInput(
                reason=t("{key} is what family {now} was called before; take another code", key=key, now=now)
            )
        if other := written_otherwise(key, known.keys() - {of}):
            raise errors.BadInput(reason=t("there is a family {key}, the same but for capitals", key=other))
        if is_mistyped(key, known):
            raise errors.WrongCheckLetter
        problem = key_problem(key) or (NO_NAME if is_telling_key(key) else "")
        if problem:
            raise errors.BadInput(reason=t(problem))

    def _attributes(self, given: Mapping[str, str]) -> dict[str, str]:
        """By the names under which a table would bring them, in the form that their kinds want."""
        from verhalen.exchange.attribute_values import attribute_name, fitting, wanted

        kinds = {each.name: each for each in self.attribute_kinds()}
        found = {}
        for written, value in given.items():
            name = attribute_name(written)
            kind = kinds.get(name, AttributeKind(name))
            fits = fitting(kind, value.strip())
            if fits is None:
                raise errors.BadInput(reason=t("{name} does not fit; wanted: {wanted}", name=name, wanted=wanted(kind)))
            found[name] = fits
        return found

    # -- what attributes are ---------------------------------------------------------------------------------------

    def attribute_kinds(self) -> list[AttributeKind]:
        """What is said of attributes; one that is not among them holds free text."""
        return declared.attribute_kinds(self._file)

    def set_attribute_kind(self, name: str, kind: ValueKind, *, choices: tuple[str, ...] = ()) -> AttributeKind:
        """Say what the values of an attribute are. Raises BadInput where values that are there do not fit."""
        from verhalen.exchange.attribute_values import attribute_name, fitting, wanted

        said = AttributeKind(attribute_name(name), kind, tuple(each.strip() for each in choices if each.strip()))
        if (kind is ValueKind.CHOICE) != bool(said.choices):
            raise errors.BadInput(reason=t("a list to choose from needs its words, and nothing else has any"))
        there = {family.key: family.attribute(said.name) for family in store.families(self._file)}
        values = {key: fitting(said, value) for key, value in there.items()}
        wrong = [key for key, value in values.items() if value is None]
        if wrong:
            raise errors.BadInput(
                reason=t(
                    "{name} of family {key} does not fit; wanted: {wanted}",
                    name=said.name,
                    key=wrong[0],
                    wanted=wanted(said),
                )
            )
        with self._file.change(Act.ATTRIBUTE_KIND) as writing:
            declared.put_attribute_kind(writing, said)
            for key, number in store.family_ids(self._file).items():
                store.set_attribute(writing, number, said.name, values.get(key) or "")
        return next(each for each in self.attribute_kinds() if each.name == said.name)

    # -- people ----------------------------------------------------------------------------------------------------

    def add_person(
        self, family: str, member: str, *, role: str, age_group: str = "", joined: dt.date | None = None
    ) -> Person:
        """Somebody joins a family, or was always there. Raises UnknownFamily, BadInput."""
        there = self.get(family)
        member = member.removeprefix(f"{family}.")
        if problem := member_problem(member):
            raise errors.BadInput(reason=t(problem))
        self._refuse_second_family(family, member)
        key = f"{family}.{member}"
        if any(person.key == key for person in there.persons):
            raise errors.BadInput(
                reason=t("{key} is there already; give the new one another name, as in kind2", key=key)
            )
        return self._put_person(there, Person(key, role, age_group, joined), Act.ADD_PERSON)

    def _refuse_second_family(self, family: str, member: str) -> None:
        """A code of its own, as P0171, is one person, and a person belongs to one family."""
        owner = store.personal_codes(self._file).get(member, family)
        if owner != family:
            reason = t(
                "{key} stands under family {family} already; a person belongs to one family", key=member, family=owner
            )
            raise errors.BadInput(reason=reason)

    def edit_person(self, key: str, **changes: Any) -> Person:
        """Change `role`, `age_group`, `joined` or `left` of a person. Raises UnknownPerson, BadInput."""
        family = store.family_of(self._file, key.partition(".")[0])
        old = next((each for each in family.persons if each.key == key), None) if family else None
        if family is None or old is None:
            raise no_person(key)
        return self._put_person(family, replace(old, **changes), Act.EDIT_PERSON)

    def _put_person(self, family: Family, person: Person, act: Act) -> Person:
        if person.role not in ROLES:
            raise errors.BadInput(reason=t("a role is one of: {words}", words=", ".join(ROLES)))
        if person.joined and person.left and person.left < person.joined:
            raise errors.BadInput(reason=t("the end lies before the beginning"))
        with self._file.change(act) as writing:
            number = store.put_person(writing, family.id, person)
            writing.targets.append(number)
        return replace(person, id=number)

    # -- support ---------------------------------------------------------------------------------------------------

    def start_trajectory(self, family: str, start: dt.date, **known: Any) -> Trajectory:
        """Support begins; further fields of a trajectory by name. Raises UnknownFamily, BadInput."""
        there = self.get(family)
        ordinal = max((each.ordinal for each in there.trajectories), default=0) + 1
        return self._put_trajectory(there, Trajectory(ordinal, start, **known), Act.START_TRAJECTORY)

    def end_trajectory(
        self, family: str, end: dt.date, *, reason: str, ordinal: int | None = None, referred_on: str = ""
    ) -> Trajectory:
        """Support ends: the one that runs, or the one of that number. Raises UnknownFamily, BadInput."""
        there = self.get(family)
        running = [each for each in there.trajectories if each.end is None]
        if ordinal is None and not running:
            raise errors.BadInput(reason=t("no support is running for family {key}", key=family))
        chosen = ordinal if ordinal is not None else running[-1].ordinal
        return self.edit_trajectory(family, chosen, end=end, reason=reason, referred_on=referred_on)

    def edit_trajectory(self, family: str, ordinal: int, **changes: Any) -> Trajectory:
        """Change fields of a trajectory by name. Raises UnknownFamily, BadInput."""
        there = self.get(family)
        return self._put_trajectory(there, replace(self._trajectory(there, ordinal), **changes), Act.EDIT_TRAJECTORY)

    @staticmethod
    def _trajectory(family: Family, ordinal: int) -> Trajectory:
        found = next((each for each in family.trajectories if each.ordinal == ordinal), None)
        if found is None:
            raise errors.BadInput(reason=t("family {key} has no trajectory {n}", key=family.key, n=ordinal))
        return found

    def _put_trajectory(self, family: Family, new: Trajectory, act: Act) -> Trajectory:
        if new.end is not None and new.end < new.start:
            raise errors.BadInput(reason=t("the end lies before the beginning"))
        if new.reason and new.end is None:
            raise errors.BadInput(reason=t("there is a reason why support ended, and no day on which it did"))
        if new.reason and new.reason not in set(TrajectoryEnd):
            raise errors.BadInput(reason=t("a reason is one of: {words}", words=", ".join(TrajectoryEnd)))
        pair = overlapping([new, *(each for each in family.trajectories if each.ordinal != new.ordinal)])
        if pair is not None:
            other = next(each for each in pair if each.ordinal != new.ordinal) if new in pair else pair[0]
            raise errors.BadInput(
                reason=t("this overlaps trajectory {n} of the family; end that one first", n=other.ordinal)
            )
        with self._file.change(act, family.id) as writing:
            number = store.put_trajectory(writing, family.id, new)
        return replace(new, id=number, family_id=family.id)

    # -- contacts --------------------------------------------------------------------------------------------------

    def add_contact(self, family: str, contact: Contact, *, today: dt.date) -> bool:
        """Note a contact; False where the very same one is there already. Raises UnknownFamily, BadInput."""
        there = self.get(family)
        if contact.day > today:
            raise errors.BadInput(reason=t("{day} lies in the future", day=contact.day.isoformat()))
        with self._file.change(Act.CONTACT, there.id) as writing:
            return store.add_contacts(writing, there.id, [contact]) > 0

    def telling(self, *values: str, key: str = "") -> list[str]:
        """What of these values, or of the key of a person, would identify somebody: finished words, none of the values."""
        kinds = [kind for value in values if (kind := telling_kind(value)) is not None]
        found = [t(kind.label) for kind in kinds]
        return list(dict.fromkeys(([t("name")] if key and is_telling_key(key) else []) + found))
