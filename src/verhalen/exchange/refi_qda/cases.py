"""Cases of another program as families and persons of ours: only where their names are codes, never where they may be names.

What a case is called in another program is often somebody's name. So only a name that is a code (`G012`, `G012.moeder`)
makes a family or person; `new` gives the others a fresh code, and their names stay outside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from verhalen.exchange.family_names import IDENTIFYING, ROLES
from verhalen.exchange.refi_qda.case_xml import AGE_GROUP, MUNICIPALITY, ROLE
from verhalen.exchange.refi_qda.code_keys import slug
from verhalen.exchange.refi_qda.records import Case
from verhalen.model.codes import is_mistyped, next_code
from verhalen.model.family import Person
from verhalen.store import families, foreign, forget
from verhalen.store.project import Writing

MODES = ("families", "new", "none")
_CODE = re.compile(r"[A-Z]{1,3}-?[0-9]{1,9}[A-Z]?")
_MEMBER = re.compile(
    r"(moeder|vader|ouder|partner|plus(moeder|vader)|stief(moeder|vader)|pleeg(moeder|vader|ouder|kind)|grootouder|oma|opa"
    r"|grootmoeder|grootvader|kind|baby|zoon|dochter|broer|zus|tante|nonkel|oom|andere|volwassene)[0-9]{0,2}"
    r"|[A-Z]{1,3}-?[0-9]{2,9}[A-Z]?"
)
_SAME = {"municipality": MUNICIPALITY, "role": ROLE, "age_group": AGE_GROUP}


@dataclass(frozen=True, slots=True)
class Placed:
    """What a case became."""

    family_id: int
    person_id: int | None = None


def parted(name: str, families: Collection[str], persons: Collection[str]) -> tuple[str, str]:
    """Family and member that a name stands for; empty where it may be somebody's name."""
    family, _, member = name.partition(".")
    known = family in families or _CODE.fullmatch(family) is not None
    if not known or (member and name not in persons and not _MEMBER.fullmatch(member)):
        return "", ""
    return family, member


def is_code_of_ours(name: str, families: Collection[str], persons: Collection[str]) -> bool:
    """Whether a case is called by a code, and so says nothing of who it is."""
    return parted(name, families, persons) != ("", "")


class CaseStore:
    """Cases while they are stored."""

    def __init__(
        self,
        writing: Writing,
        *,
        mode: str,
        variables: Mapping[str, str],
        withdrawn: Collection[str],
        dropped: Counter[str],
    ) -> None:
        self._writing = writing
        self._mode = mode
        self._variables = variables
        self._withdrawn = withdrawn
        self._dropped = dropped
        self.families = families.family_ids(writing.project)
        self.persons = families.person_ids(writing.project)
        self.new_families = self.new_persons = 0
        self.new: set[int] = set()
        """Ids of families and persons that were not here."""
        self.placed: dict[str, Placed] = {}
        """Plain GUID of a case -> what it became."""

    def put(self, case: Case) -> None:
        """Store one case, or count why not."""
        family, member = self._codes(case.name)
        if self._mode == "none" or (not family and self._mode != "new"):
            self._dropped["case"] += 1
            return
        if family and is_mistyped(family, self.families):
            self._dropped["case_check_letter"] += 1
            return
        if not family:
            family = self._fresh()
        if family in self._withdrawn:
            self._dropped["withdrawn"] += 1
            return
        family_id = self.family(family)
        person_id = self.person(family_id, Person(f"{family}.{member}", "")) if member else None
        self.placed[case.guid] = Placed(family_id, person_id)
        self._dropped["case_code"] += case.codes
        self._values(case, family_id, f"{family}.{member}" if member else "")

    def _fresh(self) -> str:
        """A code that nobody has or had: one that was withdrawn here may not come back either."""
        taken = [*self.families, *self._withdrawn]
        while forget.forgotten_families(self._writing.project, [code := next_code(taken)]):
            taken.append(code)
        return code

    def is_code(self, name: str) -> bool:
        """Whether a case is called by a code, and so says nothing of who it is."""
        return self._codes(name) != ("", "")

    def _codes(self, name: str) -> tuple[str, str]:
        return parted(name, self.families, self.persons)

    def is_withdrawn(self, family: str) -> bool:
        """Whether a family was withdrawn here and may not come back."""
        return family in self._withdrawn

    def family(self, key: str, municipality: str = "") -> int:
        """The family with this code; made where there is none."""
        if key not in self.families:
            self.families[key] = families.add_family(self._writing, key, municipality=municipality)
            self.new.add(self.families[key])
            self.new_families += 1
        return self.families[key]

    def person(self, family_id: int, person: Person) -> int:
        """The person with this key; made where there is none, and left alone where there is."""
        if person.key not in self.persons:
            self.persons[person.key] = families.put_person(self._writing, family_id, person)
            self.new.add(self.persons[person.key])
            self.new_persons += 1
        return self.persons[person.key]

    def _values(self, case: Case, family_id: int, person: str) -> None:
        said: dict[str, str] = {}
        for guid, value in case.values:
            name = " ".join(self._variables.get(guid, "").split())
            if not value.strip() or not name:
                continue
            if slug(name) in IDENTIFYING:
                self._dropped["identifying"] += 1
                continue
            said[_SAME.get(slug(name), slug(name) if slug(name) in _SAME.values() else name)] = value.strip()
        if person:
            self._describe(family_id, person, said)
            return
        for name, value in said.items():
            self._attribute(family_id, name, value)

    def _describe(self, family_id: int, key: str, said: dict[str, str]) -> None:
        if not foreign.is_described(self._writing, key):
            role = ROLES.get(said.get(ROLE, "").casefold(), "")
            families.put_person(self._writing, family_id, Person(key, role, said.get(AGE_GROUP, "")))
        self._dropped["person_value"] += sum(name not in (ROLE, AGE_GROUP) for name in said)

    def _attribute(self, family_id: int, name: str, value: str) -> None:
        """Fill in what is empty; what is there already and differs stays, and is counted."""
        before = foreign.value_of(self._writing, family_id, "" if name == MUNICIPALITY else name)
        if before and before != value:
            self._dropped["value_differs"] += 1
        elif name == MUNICIPALITY:
            families.set_municipality(self._writing, family_id, value)
        else:
            families.set_attribute(self._writing, family_id, name, value)

    def attribute(self, family_id: int, name: str, value: str) -> None:
        """One value from a file of ours."""
        self._attribute(family_id, name, value)
