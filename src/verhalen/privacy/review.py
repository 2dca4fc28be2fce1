"""What a person decides about the names that were found, before anything is masked. Nothing here writes to the project.

Every place starts accepted, guesses too: whoever stops reading half way has masked a word too many, which can be seen,
and not let a name through, which cannot. A person must still read, for no list finds everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.masking import NameKind
from verhalen.model.text import Span
from verhalen.privacy.matching import NameIndex, fold
from verhalen.privacy.places import Context, Counts, Named, Part, Piece, Place, context_of, longest, placeholders
from verhalen.privacy.pseudonyms import Key, bad_replacement
from verhalen.privacy.swaps import Swap, SwapMap, apply_swaps, whole_letters

LONGEST_NAME = 300
"""Characters that somebody may select as one name; a longer one is a slip of the mouse."""


class Review:
    """The names of one text with its title and the name of its file, and every decision about them."""

    def __init__(
        self,
        key: Key,
        pieces: Mapping[Part, Piece],
        *,
        people: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        """`people` links a name to a family's code and a role, which make its replacement."""
        self._key = key
        self._pieces = dict(pieces)
        self._people = {fold(name): link for name, link in (people or {}).items()}
        self._shut = {part: placeholders(piece.text, key) for part, piece in self._pieces.items()}
        self._places: tuple[Place, ...] = ()
        self._names: dict[str, Named] = {}
        self._before: list[tuple[tuple[Place, ...], dict[str, Named]]] = []
        found = [
            self._take(part, each.span, each.kind, sure=each.sure)
            for part, piece in self._pieces.items()
            for each in piece.findings
        ]
        self._places = longest((), found, shut=self._shut)
        self._take_again({place.name for place in self._places})
        self._propose()

    # -- reading -------------------------------------------------------------------------------------------------------

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place: those of the text first, then title and name of the file, each in reading order."""
        return self._places

    @property
    def names(self) -> Mapping[str, Named]:
        """Folded name to the name and its replacement."""
        return dict(self._names)

    def text(self, part: Part) -> str:
        """The text of a part, unmasked."""
        return self._pieces[part].text

    def context(self, place: Place) -> Context:
        """The place with some forty characters on both sides, cut between words."""
        return context_of(self.text(place.part), place.span)

    def counts(self) -> Counts:
        """How many places and names, and how many are accepted."""
        accepted = [place for place in self._places if place.accepted]
        guesses = sum(not place.sure for place in self._places)
        return Counts(len(self._places), len(accepted), guesses, len(self._names))

    # -- deciding ------------------------------------------------------------------------------------------------------

    def decide(self, number: int, *, accepted: bool) -> None:
        """Accept or reject one place, by its number in `places`."""
        chosen = self._places[number]
        self._decide(lambda place: place is chosen, accepted=accepted)

    def decide_name(self, name: str, *, accepted: bool) -> None:
        """Accept or reject all places of a name (folded, as in `names`)."""
        self._decide(lambda place: place.name == name, accepted=accepted)

    def decide_all(self, *, accepted: bool) -> None:
        """Accept or reject everything."""
        self._decide(lambda place: True, accepted=accepted)

    def _decide(self, fits: Callable[[Place], bool], *, accepted: bool) -> None:
        self._remember()
        self._places = tuple(replace(place, accepted=accepted) if fits(place) else place for place in self._places)

    def add(self, span: Span, *, part: Part = "text", kind: NameKind = NameKind.PERSON) -> int:
        """Mask what was missed, wherever it stands; give how many places came. Raises BadInput for a span without a name."""
        name = fold(self.text(part)[span.start : span.stop], kind)
        if not any(each.isalnum() for each in name) or any(span.overlaps(each) for each in self._shut[part]):
            raise errors.BadInput(reason=t("there is no name in what you selected"))
        if len(span) > LONGEST_NAME:
            raise errors.BadInput(reason=t("that is too long for a name; select the name alone"))
        self._remember()
        before = set(self._places)
        # What somebody selects wins from what was found.
        self._places = tuple(each for each in self._places if each.part != part or not each.span.overlaps(span))
        added = self._take(part, span, kind, sure=True)
        self._places = longest(self._places, [added], shut=self._shut)
        self._take_again({added.name})
        self._propose()
        return len(set(self._places) - before)

    def set_replacement(self, name: str, replacement: str) -> None:
        """Another replacement for a name (folded). Raises BadInput when it will not do."""
        named = self._names[name]
        replacement = " ".join(replacement.split())
        known = [*self._key.names(), *(each.name for each in self._names.values())]
        if problem := bad_replacement(replacement, known):
            raise errors.BadInput(reason=problem)
        if self._key.is_kept(named.name, named.kind) and replacement != named.replacement:
            raise errors.BadInput(
                reason=t("this name is {replacement} in other texts already", replacement=named.replacement)
            )
        self._remember()
        self._names[name] = replace(named, replacement=replacement, typed=True)
        self._propose()

    def set_kind(self, name: str, kind: NameKind) -> None:
        """Another kind for a name (folded); a replacement that other texts hold stays."""
        self._remember()
        self._names[name] = replace(self._names[name], kind=kind, replacement="", typed=False)
        self._propose()

    @property
    def is_changed(self) -> bool:
        """Whether somebody decided anything."""
        return bool(self._before)

    def take_over(self, before: Review) -> None:
        """What was decided in an earlier review of the same text counts here too; other speakers ask for a new one."""
        was = {(place.part, place.span): place for place in before._places}
        for place in before._places:
            if place.part == "text" and place.accepted and place.name not in self._names:
                with suppress(errors.BadInput):
                    self.add(place.span, kind=before._names[place.name].kind)
        self._remember()
        self._places = tuple(
            replace(place, accepted=old.accepted) if (old := was.get((place.part, place.span))) else place
            for place in self._places
        )
        for name, named in before._names.items():
            if named.typed and name in self._names:
                self._names[name] = replace(self._names[name], replacement=named.replacement, typed=True)
            if name in self._names and self._names[name].kind is not named.kind:
                self._names[name] = replace(self._names[name], kind=named.kind, replacement="", typed=False)
        self._propose()

    def undo(self) -> bool:
        """Take the last decision back; False when there is none."""
        if not self._before:
            return False
        self._places, self._names = self._before.pop()
        return True

    def _remember(self) -> None:
        self._before.append((self._places, dict(self._names)))

    # -- what comes of it ----------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Reserve a replacement for every accepted name and save the key: from here on `swaps` are final.

        Raises what saving a key raises. Names with no accepted place leave no trace in the key.
        """
        accepted = {place.name for place in self._places if place.accepted}
        with self._key.reserving() as key:
            for name in self._in_turn(accepted):
                self._reserve(key, name)
        self._before.clear()

    def swaps(self, part: Part = "text") -> list[Swap]:
        """Accepted places with their replacement, in order, none overlapping."""
        return [
            (place.span, self._names[place.name].replacement)
            for place in self._places
            if place.part == part and place.accepted
        ]

    def masked(self, part: Part = "text") -> str:
        """A part with every accepted place replaced."""
        return apply_swaps(self.text(part), self.swaps(part))

    def map(self) -> SwapMap:
        """Where places of the text lie afterwards."""
        return SwapMap.of(self.swaps())

    def mask_label(self, label: str) -> str:
        """A speaker's name as it may be stored: every accepted name in it replaced."""
        return self.label_mask()(label)

    def label_mask(self) -> Callable[[str], str]:
        """What `mask_label` does as things are decided now, for many labels: the names are put in order once."""
        accepted = {place.name for place in self._places if place.accepted}
        by_name = {self._names[each].name: self._names[each].replacement for each in accepted}
        index = NameIndex(by_name)

        @cache
        def mask(label: str) -> str:
            return apply_swaps(label, [(Span(hit.start, hit.stop), by_name[hit.name]) for hit in index.find(label)])

        return mask

    # -- places and proposals ------------------------------------------------------------------------------------------

    def _take(self, part: Part, span: Span, kind: NameKind, *, sure: bool) -> Place:
        """A place, and its name if that is new. A name that the key holds is of the kind that the key says."""
        span = whole_letters(self.text(part), span)
        written = " ".join(self.text(part)[span.start : span.stop].split())
        name = fold(written, kind)
        self._names.setdefault(name, Named(written, self._key.kind_of(written, kind) or kind))
        return Place(part, span, name, sure)

    def _take_again(self, names: Iterable[str]) -> None:
        """All other places of these names, in every part: what is masked once may stand nowhere.

        A name inside a longer one shows only when the longer one is taken, so it takes a few rounds.
        """
        names = set(names)
        while found := self._elsewhere(names):
            before = self._places
            self._places = longest(before, found, shut=self._shut)
            if self._places == before:
                return

    def _elsewhere(self, names: set[str]) -> list[Place]:
        """Further places of these names outside those that are taken.

        A guess that is written with a capital is looked for with a capital only: else a "Roos" that is no person would
        take every rose along.
        """
        sure = {place.name for place in self._places if place.sure}
        by_name = {self._names[name].name: name for name in names}
        index = NameIndex(by_name)
        found = []
        for part in self._pieces:
            text = self._open_text(part)
            for hit in index.find(text):
                name, span = by_name[hit.name], whole_letters(text, Span(hit.start, hit.stop))
                if name in sure or part == "file" or text[hit.start].isupper() or not hit.name[:1].isupper():
                    found.append(Place(part, span, name, name in sure))
        return found

    def _open_text(self, part: Part) -> str:
        """The text with a blank for every letter that is taken or stands in a placeholder."""
        taken = sorted([*(place.span for place in self._places if place.part == part), *self._shut[part]])
        return apply_swaps(self.text(part), [(span, "\0" * len(span)) for span in taken])

    def _tidy(self) -> None:
        """Drop names that have no place any more."""
        left = {place.name for place in self._places}
        self._names = {name: named for name, named in self._names.items() if name in left}

    def _in_turn(self, names: Iterable[str]) -> list[str]:
        """What has a replacement keeps it; then fuller names first, so that a first name finds the one or two it fits."""
        wanted = set(names)
        new = {name for name, named in self._names.items() if not named.replacement}
        return sorted((name for name in self._names if name in wanted), key=lambda name: (name in new, " " not in name))

    def _propose(self) -> None:
        self._tidy()
        scratch = self._key.scratch()
        for name in self._in_turn(self._names):
            self._reserve(scratch, name)

    def _reserve(self, key: Key, name: str) -> None:
        named = self._names[name]
        if named.typed and not key.is_kept(named.name, named.kind):
            # A name that was added later may stand in what was typed before.
            with suppress(errors.BadInput):
                key.set_replacement(named.name, named.replacement, kind=named.kind)
                return
            named = replace(named, replacement="", typed=False)
        if key.kind_of(named.name, named.kind) not in (None, named.kind):
            key.set_kind(named.name, named.kind)
        family, role = self._people.get(name, ("", ""))
        given = key.replacement_for(named.name, named.kind, family=family, role=role, wish=named.replacement)
        self._names[name] = replace(named, replacement=given)
