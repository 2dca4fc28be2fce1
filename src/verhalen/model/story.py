"""Most Significant Change stories: one change, told by one or more voices (methods.md A2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark
from verhalen.model.consent import Answer, Consent, Purpose, answer_for


class StoryAnswer(StrEnum):
    """What kind of change the story tells. `geen` is an answer, not a gap."""

    POSITIVE = "positief"
    NEGATIVE = "negatief"
    NONE = "geen"
    OPEN = "open"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "positief": mark("positive"),
            "negatief": mark("negative"),
            "geen": mark("no change"),
            "open": mark("open"),
        }[self]


class Moment(StrEnum):
    """When in the trajectory the story was told."""

    START = "start"
    HALFWAY = "halfweg"
    CLOSING = "afronding"
    FOLLOW_UP = "opvolging"
    LONG_AFTER = "lang_na"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "start": mark("at the start"),
            "halfweg": mark("halfway"),
            "afronding": mark("at the end"),
            "opvolging": mark("follow-up"),
            "lang_na": mark("long after"),
        }[self]


VOICE_ROLES = (
    *("ouder", "kind", "partner", "grootouder", "naaste", "coach", "vrijwilliger"),
    *("ervaringsdeskundige", "partnerdienst", "tolk"),
)
"""Who may tell of a change (methods.md A2)."""
TELLING_FORMS = ("getypt", "gedicteerd", "audio", "beeld", "door_verteller_geschreven")
SHARES = ("wij", "andere dienst", "familie of buren", "eigen kracht", "gebeurtenis", "weet niet")
"""Who or what else had a part in the change; more than one may be ticked."""
NOT_ASKED_REASONS = ("crisis", "taal", "niet gepast", "vergeten", "gezin wilde niet", "andere")
CHILD = "kind"


@dataclass(frozen=True, slots=True)
class Voice:
    """One teller of the story. The text of every voice is a source and can be coded."""

    role: str
    member: str = ""
    """Key part of the person, `moeder`; empty for somebody outside the family."""
    language: str = "nl"
    """In which it was told."""
    form: str = "getypt"
    text: str = ""
    """What is worked with and quoted; of the first voice it is the text of the story, and empty here."""
    own_words: str = ""
    """What was said in the language of the teller, beside the text, which is then a translation; not coded."""
    translated_by: str = ""
    told: dt.date | None = None
    recorder: str = ""
    consents: tuple[Consent, ...] = ()
    """Of a further voice; those of the first are the story's."""
    position: int = 0
    """From 2 on for further voices: `V07.2` is the second voice of `V07`."""
    id: int = 0
    source_id: int = 0

    @property
    def is_child(self) -> bool:
        """Whether a parent must agree too."""
        return self.role == CHILD

    def consent(self, purpose: Purpose) -> Answer:
        """The answer that counts for a further voice."""
        return answer_for(self.consents, purpose, child=self.is_child)


class AttachmentKind(StrEnum):
    """What a teller gave along with a story."""

    PHOTO = "foto"
    DRAWING = "tekening"
    SOUND = "geluid"
    OTHER = "andere"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "foto": mark("photo"),
            "tekening": mark("drawing"),
            "geluid": mark("sound"),
            "andere": mark("other file"),
        }[self]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the teller beside a story: kept in the project, leaves it only with a consent of its own."""

    name: str
    """Shown; never a path."""
    kind: AttachmentKind
    suffix: str
    """`.jpg`, lower case."""
    size: int
    """Bytes."""
    sha256: str
    described: str = ""
    """What can be seen on it, for who cannot see it."""
    added: dt.date | None = None
    consents: tuple[Consent, ...] = ()
    id: int = 0

    def consent(self, purpose: Purpose, *, child: bool) -> Answer:
        """The answer that counts; `child` where a child told the story."""
        return answer_for(self.consents, purpose, child=child)


class Outcome(StrEnum):
    """What a teller said of the text when it was read back."""

    RIGHT = "klopt"
    OTHERWISE = "anders"
    UNSURE = "weet_niet"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "klopt": mark("this is right"),
            "anders": mark("I want it otherwise"),
            "weet_niet": mark("does not know"),
        }[self]


@dataclass(frozen=True, slots=True)
class Verification:
    """One time that somebody checked a story with its teller or otherwise."""

    day: dt.date
    who: str
    """Who checked: the teller's role, a colleague, a partner."""
    how: str
    """In words: read aloud, on the sheet, by telephone."""
    outcome: Outcome
    note: str = ""
    id: int = 0


def is_thin(answer: StoryAnswer, how: str) -> bool:
    """Whether something changed and nobody said how it came about (methods.md A4)."""
    return answer is not StoryAnswer.NONE and not how.strip()


@dataclass(frozen=True, slots=True)
class Story:
    """One story with its MSC fields."""

    key: str
    """`V07`."""
    family: str
    text: str
    answer: StoryAnswer
    voice: Voice
    title: str = ""
    moment: Moment | None = None
    trajectory: int | None = None
    asked_positive: bool = True
    asked_negative: bool = True
    not_asked_reason: str = ""
    recorder: str = ""
    told: dt.date | None = None
    recorded: dt.date | None = None
    before: str = ""
    now: str = ""
    how: str = ""
    why: str = ""
    shares: tuple[str, ...] = ()
    """Who or what had a part in the change."""
    domains: tuple[str, ...] = ()
    """Life-domain keys; `AND` may be among them; empty is not the same as `AND`."""
    main_domain: str = ""
    emoticon: int | None = None
    read_back: str = ""
    """`ja`, `nee`, or the day on which it was read back, `2026-03-12`; empty where nobody said."""
    consents: tuple[Consent, ...] = ()
    own_words: str = ""
    """As it was told in the language of the teller, where the text is a translation."""
    translated_by: str = ""
    changes: tuple[str, ...] = ()
    """One to five changes that came to mind before one was chosen (methods.md A4)."""
    something_else: str = ""
    """In words what the change is about, where no life domain fits (`AND`)."""
    place: str = ""
    """A municipality, never a street."""
    domain_when: str = ""
    """`vooraf` or `achteraf`: whether the domain was asked for before the story was told."""
    others: tuple[Voice, ...] = ()
    """Further voices that tell the same change, by position."""
    attachments: tuple[Attachment, ...] = ()
    verifications: tuple[Verification, ...] = ()
    """Oldest first."""
    id: int = 0
    source_id: int = 0

    def consent(self, purpose: Purpose) -> Answer:
        """The answer that counts for the first voice: of a child its own and a parent's."""
        return answer_for(self.consents, purpose, child=self.voice.is_child)

    @property
    def was_read_back(self) -> bool:
        """Whether the teller heard or read it again."""
        return self.read_back not in ("", "nee") or bool(self.verifications)

    @property
    def is_thin(self) -> bool:
        """An anecdote without its mechanism: something changed, and nobody said how it came about (methods.md A4)."""
        return is_thin(self.answer, self.how)
