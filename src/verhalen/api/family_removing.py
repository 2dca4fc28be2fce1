"""Take away what was noted of a family by mistake, and give a family another code: each act is one change, and can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from verhalen import errors
from verhalen.api.family_editing import FamilyEditing
from verhalen.i18n import t, tn
from verhalen.model.act import Act
from verhalen.model.codes import no_person
from verhalen.model.family import Contact, Family, Person, Trajectory
from verhalen.store import families as store
from verhalen.store import family_removing as removing


class FamilyRemoving(FamilyEditing):
    """The part of `project.families` that takes away."""

    def rename(self, key: str, new: str) -> Family:
        """Another code: the keys of its people follow, everything else belongs to the family and stays.

        Raises UnknownFamily, FamilyExists, WrongCheckLetter, and BadInput for a code that looks like a name.
        """
        with self._file.change(Act.RENAME_FAMILY) as writing:
            family = self.get(key)
            self._refuse_code(new, of=key)
            removing.rename_family(writing, family, new)
            writing.targets.append(family.id)
        return self.get(new)

    def remove_person(self, key: str) -> Person:
        """Somebody who was written down by mistake; gives who it was. Raises UnknownPerson, and BadInput where something hangs on it."""
        with self._file.change(Act.REMOVE_PERSON) as writing:
            family = store.family_of(self._file, key.partition(".")[0])
            person = next((each for each in family.persons if each.key == key), None) if family else None
            if family is None or person is None:
                raise no_person(key)
            hanging = removing.hanging_on_person(self._file, family, person)
            if hanging:
                reason = t(
                    "{key} cannot be taken away: {what} hang on it. Did the person leave? Then note since when",
                    key=key,
                    what=_counted(hanging),
                )
                raise errors.BadInput(reason=reason)
            removing.remove_row(writing, "person", person.id)
            writing.targets.append(person.id)
        return person

    def remove_trajectory(self, family: str, ordinal: int) -> Trajectory:
        """A period of support that was noted by mistake. Raises UnknownFamily, and BadInput where something hangs on it."""
        with self._file.change(Act.REMOVE_TRAJECTORY) as writing:
            there = self.get(family)
            found = self._trajectory(there, ordinal)
            hanging = removing.hanging_on_trajectory(self._file, found)
            if hanging:
                reason = t(
                    "support {n} of family {key} cannot be taken away: {what} hang on it. Did it end? Then note when",
                    n=ordinal,
                    key=family,
                    what=_counted(hanging),
                )
                raise errors.BadInput(reason=reason)
            removing.remove_row(writing, "trajectory", found.id)
            writing.targets.append(there.id)
        return found

    def remove_contact(
        self, family: str, day: dt.date, *, kind: str | None = None, with_whom: str | None = None
    ) -> Contact:
        """The contact of a day; where there are several, of a kind and with somebody. Raises UnknownFamily, BadInput."""
        with self._file.change(Act.REMOVE_CONTACT) as writing:
            there = self.get(family)
            found = [
                each
                for each in store.contacts_of(self._file, there.id)
                if each.day == day and kind in (None, each.kind) and with_whom in (None, each.with_whom)
            ]
            if not found:
                raise errors.BadInput(
                    reason=t("family {key} has no such contact on {day}", key=family, day=day.isoformat())
                )
            if len(found) > 1:
                words = ", ".join(f"{each.kind} ({each.with_whom})" if each.with_whom else each.kind for each in found)
                reason = t("there are several contacts on {day}: {words}; say which", day=day.isoformat(), words=words)
                raise errors.BadInput(reason=reason)
            removing.remove_row(writing, "contact", found[0].id)
            writing.targets.append(there.id)
        return found[0]

    def rename_attribute(self, name: str, new: str) -> int:
        """Another name, in all families at once; gives how many have it. Raises BadInput for a name that is taken or unknown."""
        from verhalen.exchange.attribute_values import attribute_name

        wanted = attribute_name(new)
        with self._file.change(Act.RENAME_ATTRIBUTE) as writing:
            old = self._known_attribute(name)
            if wanted in self.attribute_names():
                raise errors.BadInput(reason=t("there is an attribute {name} already", name=wanted))
            return removing.rename_attribute(writing, old, wanted)

    def remove_attribute(self, name: str) -> int:
        """Take an attribute away from all families, with what is said of it; gives how many had it. Raises BadInput."""
        with self._file.change(Act.REMOVE_ATTRIBUTE) as writing:
            return removing.remove_attribute(writing, self._known_attribute(name))

    def attribute_names(self) -> list[str]:
        """Attributes of which something is said, in their order, then the others that families have."""
        said = [each.name for each in self.attribute_kinds()]
        return list(
            dict.fromkeys([*said, *(name for each in store.families(self._file) for name, _ in each.attributes)])
        )

    def _known_attribute(self, written: str) -> str:
        from verhalen.exchange.attribute_values import attribute_name

        name = attribute_name(written)
        if name not in self.attribute_names():
            raise errors.BadInput(reason=t("no family has an attribute {name}", name=name))
        return name


def _counted(hanging: Mapping[str, int]) -> str:
    """As in `12 scores, 1 story`."""
    words = {
        "observation": lambda n: tn("{n} score", "{n} scores", n),
        "revised_baseline": lambda n: tn("{n} revised baseline", "{n} revised baselines", n),
        "speaker": lambda n: tn("{n} speaker", "{n} speakers", n),
        "consent": lambda n: tn("{n} answer about consent", "{n} answers about consent", n),
        "story": lambda n: tn("{n} story", "{n} stories", n),
        "snapshot": lambda n: tn("{n} snapshot", "{n} snapshots", n),
    }
    return ", ".join(words[table](count) for table, count in hanging.items())
