"""Acts: the names of changes. A change has no prose of its own; its sentence is made from act and ids when it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark


class Act(StrEnum):
    """Everything that can be done to a project, each with a sentence. The values are stored: never change one."""

    IMPORT = "import"
    REMOVE_SOURCE = "remove-source"
    RENAME_SOURCE = "rename-source"
    CORRECT = "correct"
    RENEW_SOURCE = "renew-source"
    LINK_SPEAKER = "link-speaker"
    UNLINK_SPEAKER = "unlink-speaker"
    RENAME_SPEAKER = "rename-speaker"
    MERGE_SPEAKERS = "merge-speakers"
    DROP_SPEAKERS = "drop-speakers"
    JOIN_TURNS = "join-turns"
    SPLIT_TURN = "split-turn"
    GIVE_TURN = "give-turn"
    MENTION = "mention"
    UNMENTION = "unmention"
    ABOUT = "about"
    CODE = "code"
    AUTOCODE = "autocode"
    SUGGESTED = "suggested"
    """Codings that a person accepted from suggestions."""
    UNCODE = "uncode"
    RECODE = "recode"
    RESIZE = "resize"
    VALENCE = "valence"
    CODING_MEMO = "coding-memo"
    IMPORT_CODEBOOK = "import-codebook"
    ADD_CODE = "add-code"
    EDIT_CODE = "edit-code"
    REMOVE_CODE = "remove-code"
    MERGE_CODES = "merge-codes"
    SPLIT_CODE = "split-code"
    IMPORT_FAMILIES = "import-families"
    ADD_FAMILY = "add-family"
    EDIT_FAMILY = "edit-family"
    ADD_PERSON = "add-person"
    EDIT_PERSON = "edit-person"
    START_TRAJECTORY = "start-trajectory"
    EDIT_TRAJECTORY = "edit-trajectory"
    CONTACT = "contact"
    RENAME_FAMILY = "rename-family"
    REMOVE_PERSON = "remove-person"
    REMOVE_TRAJECTORY = "remove-trajectory"
    REMOVE_CONTACT = "remove-contact"
    ATTRIBUTE_KIND = "attribute-kind"
    RENAME_ATTRIBUTE = "rename-attribute"
    REMOVE_ATTRIBUTE = "remove-attribute"
    IMPORT_INSTRUMENTS = "import-instruments"
    IMPORT_DOMAINS = "import-domains"
    IMPORT_SCORES = "import-scores"
    MAP_COLUMNS = "map-columns"
    SNAPSHOT = "snapshot"
    IMPORT_STORIES = "import-stories"
    STORY = "story"
    EDIT_STORY = "edit-story"
    VOICE = "voice"
    REMOVE_VOICE = "remove-voice"
    ATTACH = "attach"
    DETACH = "detach"
    VERIFY = "verify"
    ROUND = "round"
    """A round made or changed: its own fields, panel or candidates."""
    REMOVE_ROUND = "remove-round"
    VOTE = "vote"
    CHOICE = "choice"
    CLOSE_ROUND = "close-round"
    REOPEN_ROUND = "reopen-round"
    FEEDBACK = "feedback"
    SIGNAL = "signal"
    REMOVE_SIGNAL = "remove-signal"
    CONSENT = "consent"
    MEMO = "memo"
    CHANGE_MEMO = "change-memo"
    REMOVE_MEMO = "remove-memo"
    IMPORT_MEMOS = "import-memos"
    VERDICT = "verdict"
    RELEASE = "release"
    """A report for people outside was built: its tables stand in the ledger."""
    SENT = "sent"
    """A report went out, or did not after all."""
    THRESHOLD = "threshold"
    IMPORT_CODINGS = "import-codings"
    DOUBLE_CODE = "double-code"
    """Texts given to a second coder, or taken back."""
    DISCUSS = "discuss"
    """A disagreement between coders was talked over, or settled."""
    MERGE = "merge"
    """The work of another copy of the project came in."""
    DECIDE = "decide"
    """Of two things said in two copies one was chosen."""
    UNDO = "undo"
    REDO = "redo"
    WITHDRAW = "withdraw"
    MASK = "mask"
    READ_NAMES = "read-names"
    COMPACT = "compact"
    MIGRATE = "migrate"

    @property
    def sentence(self) -> str:
        """The marked sentence; `{what}` names the target."""
        return SENTENCES[self]

    @property
    def can_be_undone(self) -> bool:
        """Whether `undo` takes it back. What cannot be undone asks first."""
        return self not in IRREVERSIBLE

    @property
    def is_about_codings(self) -> bool:
        """Whether it does nothing but make, change or remove codings."""
        return self in OF_CODINGS


OF_CODINGS = frozenset(
    {Act.CODE, Act.AUTOCODE, Act.SUGGESTED, Act.UNCODE, Act.RECODE, Act.RESIZE, Act.VALENCE, Act.CODING_MEMO}
)
IRREVERSIBLE = frozenset({Act.WITHDRAW, Act.MASK, Act.COMPACT, Act.MIGRATE})

SENTENCES: dict[Act, str] = {
    Act.IMPORT: mark("import of {what}"),
    Act.REMOVE_SOURCE: mark("removal of {what}"),
    Act.RENAME_SOURCE: mark("new title for {what}"),
    Act.CORRECT: mark("correction in {what}"),
    Act.RENEW_SOURCE: mark("newer version of {what}"),
    Act.LINK_SPEAKER: mark("speaker linked: {what}"),
    Act.UNLINK_SPEAKER: mark("speaker no longer linked: {what}"),
    Act.RENAME_SPEAKER: mark("speaker renamed in {what}"),
    Act.MERGE_SPEAKERS: mark("speakers merged in {what}"),
    Act.DROP_SPEAKERS: mark("no speaker after all, in {what}"),
    Act.JOIN_TURNS: mark("turns joined in {what}"),
    Act.SPLIT_TURN: mark("turn cut in two in {what}"),
    Act.GIVE_TURN: mark("other speaker of a turn in {what}"),
    Act.MENTION: mark("fragment about {what}"),
    Act.UNMENTION: mark("fragment no longer about {what}"),
    Act.ABOUT: mark("other families of a fragment: {what}"),
    Act.CODE: mark("code {what}"),
    Act.AUTOCODE: mark("what was found got code {what}"),
    Act.SUGGESTED: mark("suggestion accepted: {what}"),
    Act.UNCODE: mark("code removed: {what}"),
    Act.RECODE: mark("other code: {what}"),
    Act.RESIZE: mark("other borders: {what}"),
    Act.VALENCE: mark("valence of {what}"),
    Act.CODING_MEMO: mark("memo at {what}"),
    Act.IMPORT_CODEBOOK: mark("import of the codebook"),
    Act.ADD_CODE: mark("new code {what}"),
    Act.EDIT_CODE: mark("code changed: {what}"),
    Act.REMOVE_CODE: mark("code deleted: {what}"),
    Act.MERGE_CODES: mark("codes merged into {what}"),
    Act.SPLIT_CODE: mark("fragments dealt out: {what}"),
    Act.IMPORT_FAMILIES: mark("import of families"),
    Act.ADD_FAMILY: mark("{what} added"),
    Act.EDIT_FAMILY: mark("{what} changed"),
    Act.ADD_PERSON: mark("somebody added: {what}"),
    Act.EDIT_PERSON: mark("changed for {what}"),
    Act.START_TRAJECTORY: mark("support started for {what}"),
    Act.EDIT_TRAJECTORY: mark("support changed for {what}"),
    Act.CONTACT: mark("contact with {what}"),
    Act.RENAME_FAMILY: mark("other code for {what}"),
    Act.REMOVE_PERSON: mark("somebody taken away: {what}"),
    Act.REMOVE_TRAJECTORY: mark("support taken away from {what}"),
    Act.REMOVE_CONTACT: mark("contact taken away from {what}"),
    Act.ATTRIBUTE_KIND: mark("what the values of an attribute are"),
    Act.RENAME_ATTRIBUTE: mark("other name for an attribute"),
    Act.REMOVE_ATTRIBUTE: mark("attribute taken away"),
    Act.IMPORT_INSTRUMENTS: mark("import of instruments"),
    Act.IMPORT_DOMAINS: mark("import of life domains"),
    Act.IMPORT_SCORES: mark("import of scores"),
    Act.MAP_COLUMNS: mark("columns of another program: {what}"),
    Act.SNAPSHOT: mark("snapshot of {what}"),
    Act.IMPORT_STORIES: mark("import of stories"),
    Act.STORY: mark("{what} written down"),
    Act.EDIT_STORY: mark("{what} changed"),
    Act.VOICE: mark("another voice in {what}"),
    Act.REMOVE_VOICE: mark("a voice taken out of {what}"),
    Act.ATTACH: mark("attachment to {what}"),
    Act.DETACH: mark("attachment taken from {what}"),
    Act.VERIFY: mark("check of {what} with the teller"),
    Act.ROUND: mark("{what} prepared"),
    Act.REMOVE_ROUND: mark("{what} removed"),
    Act.VOTE: mark("vote in {what}"),
    Act.CHOICE: mark("choice in {what}"),
    Act.CLOSE_ROUND: mark("{what} closed"),
    Act.REOPEN_ROUND: mark("{what} opened again"),
    Act.FEEDBACK: mark("feedback on {what}"),
    Act.SIGNAL: mark("signal log: {what}"),
    Act.REMOVE_SIGNAL: mark("{what} removed"),
    Act.CONSENT: mark("consent for {what}"),
    Act.MEMO: mark("memo at {what}"),
    Act.CHANGE_MEMO: mark("memo changed at {what}"),
    Act.REMOVE_MEMO: mark("memo removed at {what}"),
    Act.IMPORT_MEMOS: mark("import of memos"),
    Act.VERDICT: mark("verdict on {what}"),
    Act.RELEASE: mark("report built: {what}"),
    Act.SENT: mark("whether {what} was sent"),
    Act.THRESHOLD: mark("smallest number that is shown"),
    Act.IMPORT_CODINGS: mark("import of codings"),
    Act.DOUBLE_CODE: mark("second coder for {what}"),
    Act.DISCUSS: mark("talked over: {what}"),
    Act.MERGE: mark("work of another copy taken in"),
    Act.DECIDE: mark("open question decided"),
    Act.UNDO: mark("undone: {what}"),
    Act.REDO: mark("redone: {what}"),
    Act.WITHDRAW: mark("withdrawal"),
    Act.MASK: mark("masking of {what}"),
    Act.READ_NAMES: mark("names read through in {what}"),
    Act.COMPACT: mark("clean-up of the history"),
    Act.MIGRATE: mark("new version of the project file"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history."""

    id: int
    act: Act
    targets: tuple[int, ...]
    coder_id: int
    coder: str
    time: str
    """ISO time, UTC."""
    undoes: int | None
    """The change that this one takes back."""
    undone: bool
    """Whether a later change took it back."""
    rows: int
    """How many row images it has in the journal."""
