"""One tree of errors. Each says what happened and what to do next, in the reader's language, without transcript text."""

from __future__ import annotations

import errno
from typing import ClassVar, Self

from verhalen.i18n import mark, t


class VerhalenError(Exception):
    """Something stopped us. `code` is for programs, `str(error)` for people."""

    code: ClassVar[str] = "error"
    message: ClassVar[str] = mark("Something went wrong. Nothing was changed.")

    def __init__(self, **values: object) -> None:
        super().__init__(self.code)
        self.values = values

    def __str__(self) -> str:
        return t(self.message, **{key: str(value) for key, value in self.values.items()})

    def let_go(self) -> Self:
        """Keep the sentence only: the frames in which it was raised hold whole files and their words in memory."""
        self.__traceback__ = self.__context__ = self.__cause__ = None
        return self


class BadInput(VerhalenError):
    """What the user gave cannot be used; nothing was done."""

    code = "bad_input"
    message = mark("That cannot be used: {reason}. Nothing was changed.")


class BadPattern(BadInput):
    """A regular expression that cannot be read."""

    code = "bad_pattern"
    message = mark(
        "I cannot read that regular expression: something is wrong at character {at}. Check brackets and signs there, "
        "or search for words instead."
    )


class SlowPattern(BadInput):
    """A regular expression that takes too long."""

    code = "slow_pattern"
    message = mark(
        "That regular expression takes too long. Make it simpler: no repetition inside a repetition, as in (a+)+."
    )


class BadQuery(BadInput):
    """A question in the query language that cannot be understood; `at` counts characters from 0."""

    code = "bad_query"
    message = mark("I do not understand the query at character {place}: {reason}")

    def __init__(self, *, at: int, reason: str) -> None:
        super().__init__(place=at + 1, reason=reason)
        self.at = at


# -- the project file ------------------------------------------------------------------------------------------------


class ProjectError(VerhalenError):
    """Something about the project file as a whole."""

    code = "project"


class NoProject(ProjectError):
    """No project.verhalen here or above."""

    code = "no_project"
    message = mark("There is no project in {path} or above it. Make one with: verhalen new FOLDER")


class NoProjectYet(NoProject):
    """No project, and a bundle that can begin one."""

    message = mark(
        "There is no project in {path} or above it. Go to the folder of your project; or, to begin one here from this "
        "bundle, add --new. Nothing was changed."
    )


class WorkspaceExists(ProjectError):
    """`new` on a folder that holds a project already."""

    code = "workspace_exists"
    message = mark("{path} holds a project already. Choose another folder, or open this one. Nothing was changed.")


class NotOurs(ProjectError):
    """The file is no verhalen project, or is damaged beyond reading."""

    code = "not_ours"
    message = mark("{path} is not a verhalen project, or it is damaged. Restore a backup, or choose another file.")


class NewerProject(ProjectError):
    """Written by a later verhalen."""

    code = "newer_project"
    message = mark(
        "{path} was made by a newer verhalen (version {found} of the file, we know {known}). Update verhalen first."
    )


class OlderSqlite(ProjectError):
    """SQLite lacks STRICT tables."""

    code = "old_sqlite"
    message = mark(
        "Verhalen needs SQLite {needed} or newer; this Python has {found}. Install a newer Python and try again."
    )


class ProjectBusy(ProjectError):
    """Another window or program holds the write lock too long."""

    code = "project_busy"
    message = mark("Another window is writing in this project. Wait a moment and try again. Nothing was changed.")


class DiskFull(ProjectError):
    """No room to store a change."""

    code = "disk_full"
    message = mark(
        "The disk is full. Make room and try again. What was stored before is safe; this change was not stored."
    )


class ReadOnlyProject(ProjectError):
    """Opened for reading only: another machine holds it, or the file may not be written."""

    code = "read_only"
    message = mark("This project is open for reading only: {reason}. Nothing was changed.")


class WrongPassphrase(ProjectError):
    """The passphrase does not open the file."""

    code = "wrong_passphrase"
    message = mark("That passphrase does not open {path}. Try again; without it nobody can open the project.")


class NeedsPassphrase(ProjectError):
    """The file is encrypted and no passphrase was given."""

    code = "needs_passphrase"
    message = mark("{path} is encrypted. Give its passphrase (at the prompt, or in VERHALEN_PASSPHRASE).")


class NoEncryption(ProjectError):
    """The SQLCipher library is not installed."""

    code = "no_encryption"
    message = mark("A part that encryption needs is missing here. Install it with: pip install sqlcipher3")


class DamagedProject(ProjectError):
    """SQLite says that the file is malformed, or the disk does not answer."""

    code = "damaged"
    message = mark(
        "The project file {path} cannot be read or written. Run: verhalen check. Keep your latest backup at hand."
    )


# -- names that do not exist -------------------------------------------------------------------------------------------


class Unknown(VerhalenError):
    """A key or number that names nothing."""

    code = "unknown"


class UnknownSource(Unknown):
    """No such source."""

    code = "unknown_source"
    message = mark("There is no source {key}. See the list with: verhalen sources")


class UnknownCode(Unknown):
    """No such code."""

    code = "unknown_code"
    message = mark("There is no code {key}. See the list with: verhalen codebook")


class RenamedCode(UnknownCode):
    """The code has another key now, or went into another one."""

    message = mark("There is no code {key} any more: it is called {now} now. Use that name.")


class NearCode(UnknownCode):
    """No such code, but one that is written nearly so."""

    message = mark("There is no code {key}. Do you mean {near}? See the list with: verhalen codebook")


class UnknownAttribute(Unknown):
    """Nothing of that name to make columns by."""

    code = "unknown_attribute"
    message = mark("There is nothing called {name} to make columns by. There are: {known}")


class NearAttribute(UnknownAttribute):
    """Nothing of that name, but something that is written nearly so."""

    message = mark("There is nothing called {name} to make columns by. Do you mean {near}? There are: {known}")


class UnknownDomain(Unknown):
    """No such life domain or group of life domains."""

    code = "unknown_domain"
    message = mark("There is no life domain or group {key}. There are: {known}")


class UnknownCoding(Unknown):
    """No such coding."""

    code = "unknown_coding"
    message = mark("There is no coding {key}. See the list with: verhalen codings")


class UnknownFamily(Unknown):
    """No such family."""

    code = "unknown_family"
    message = mark("There is no family {key}. See the list with: verhalen families")


class RenamedFamily(UnknownFamily):
    """The family has another code now."""

    message = mark("There is no family {key} any more: it is called {now} now. Use that code.")


class UnknownPerson(Unknown):
    """No such person."""

    code = "unknown_person"
    message = mark("There is no person {key}. A person is named by family and role, as in G012.moeder.")


class UnknownSpeaker(UnknownPerson):
    """Nobody of that name speaks in the text."""

    message = mark("Nobody called {key} speaks in source {number}. See who does with: verhalen speakers {number}")


class UnknownInstrument(Unknown):
    """No such instrument."""

    code = "unknown_instrument"
    message = mark("There is no instrument {key}. See the list with: verhalen instruments")


class NearInstrument(UnknownInstrument):
    """No such instrument, but one that is written nearly so."""

    message = mark("There is no instrument {key}. Do you mean {near}? See the list with: verhalen instruments")


class UnknownReport(Unknown):
    """No such report in the ledger."""

    code = "unknown_report"
    message = mark(
        "The report {key} was never built for people outside the team. See the list with: verhalen report ledger"
    )


class UnknownStory(Unknown):
    """No such story."""

    code = "unknown_story"
    message = mark("There is no story {key}. See the list with: verhalen stories")


class UnknownRound(Unknown):
    """No such selection round."""

    code = "unknown_round"
    message = mark("There is no round {key}. See the list with: verhalen rounds")


class UnknownMember(Unknown):
    """Nobody of that name sits on the panel."""

    code = "unknown_member"
    message = mark(
        "Nobody called {key} is on the panel of round {round}. See who is with: verhalen rounds panel {round}"
    )


class UnknownFeedback(Unknown):
    """No such line in the feedback log."""

    code = "unknown_feedback"
    message = mark("There is no feedback {key}. See the list with: verhalen feedback")


class UnknownSignal(Unknown):
    """No such signal."""

    code = "unknown_signal"
    message = mark("There is no signal {key}. See the list with: verhalen signals")


class UnknownVoice(Unknown):
    """No such further voice in a story."""

    code = "unknown_voice"
    message = mark("There is no voice {key}. A further voice is named by story and place, as in V07.2.")


class UnknownAttachment(Unknown):
    """No such attachment."""

    code = "unknown_attachment"
    message = mark("There is no attachment {key}. See the list with: verhalen stories attachments")


class UnknownChange(Unknown):
    """No such change."""

    code = "unknown_change"
    message = mark("There is no change {key} in the history. See the list with: verhalen history")


class UnknownDecision(Unknown):
    """No such open decision, or somebody made it already."""

    code = "unknown_decision"
    message = mark("There is no open decision {key}. See the list with: verhalen bundle open")


class UnknownMemo(Unknown):
    """No such memo."""

    code = "unknown_memo"
    message = mark("There is no memo {key}. It may have been removed; see the list with: verhalen memos")


class UnknownMemoTarget(Unknown):
    """A memo must be about something."""

    code = "unknown_target"
    message = mark(
        "A memo cannot be about {key}. Give project, the number of a text, a place in one (12@1530), the id of a coding, "
        "or the key of a code, family or story."
    )


# -- files from the user -----------------------------------------------------------------------------------------------


class UnreadableFile(VerhalenError):
    """A file that cannot be read at all."""

    code = "unreadable"
    message = mark("I cannot read {file}: {reason}. Nothing was changed.")


class EmptyFile(UnreadableFile):
    """A file without text."""

    code = "empty"
    message = mark("{file} holds no text. Check whether it is the right file. Nothing was changed.")


class UnknownFormat(UnreadableFile):
    """A suffix that no reader knows."""

    code = "unknown_format"
    message = mark(
        "I cannot read files of the kind {suffix}. Save {file} as {known} and import that. Nothing was changed."
    )


class NotWhatItSays(UnreadableFile):
    """The content is not what the suffix promises."""

    code = "not_what_it_says"
    message = mark(
        "{file} is not a real {suffix} file. Open it in the program it came from and save it again. Nothing was changed."
    )


class NotWhisper(UnreadableFile):
    """JSON, but not of speech recognition."""

    code = "not_whisper"
    message = mark(
        "{file} is JSON, but no transcript: of .json I read only what Whisper makes (openai-whisper, whisper.cpp, WhisperX,"
        " faster-whisper). Import the talk as a text, or choose another file. Nothing was changed."
    )


class NotTranscribed(UnreadableFile):
    """A file of oTranscribe without a text in it."""

    code = "not_transcribed"
    message = mark(
        "{file} holds no text of oTranscribe. Open it at otranscribe.com and export it again. Nothing was changed."
    )


class LockedFile(UnreadableFile):
    """Another program holds the file."""

    code = "locked"
    message = mark("{file} is still open in another program. Close it there and try again. Nothing was changed.")


class AlreadyImported(UnreadableFile):
    """The very same bytes are a source already."""

    code = "already_imported"
    message = mark("{file} was imported before, as source {number}. Nothing was changed.")


class Withdrawn(UnreadableFile):
    """The file was withdrawn and may not come back."""

    code = "withdrawn"
    message = mark("{file} was withdrawn at the request of those it is about, and cannot be imported again.")


class NoConsent(VerhalenError):
    """What would leave the project, and may not."""

    code = "no_consent"
    message = mark("{what} stays here: {reason} Nothing was written.")


class NotYetPossible(VerhalenError):
    """A choice that this version does not offer."""

    code = "not_possible"
    message = mark("{what} is not possible in this version. {instead}")


class OriginalWithheld(VerhalenError):
    """No original file to give back."""

    code = "no_original"
    message = mark("The original of source {number} is not kept: {reason}.")


class TooLarge(UnreadableFile):
    """Over the limit of what we read."""

    code = "too_large"
    message = mark("{file} is too large ({size}; at most {limit}). Split it and import the parts. Nothing was changed.")


class TooManyFiles(UnreadableFile):
    """A folder or archive with more in it than one batch takes."""

    code = "too_many_files"
    message = mark(
        "{file} holds more than {limit} files. Import it in parts, one folder at a time. Nothing was changed."
    )


class BrokenArchive(UnreadableFile):
    """An archive, or a file in it, that came over only in part or was damaged on the way."""

    code = "broken_archive"
    message = mark(
        "{file} is damaged, or only a part of it came over. Download or copy the archive again. Nothing was changed."
    )


class PackedFile(UnreadableFile):
    """A file in an archive, or an archive in a folder, that only the user can unpack."""

    code = "packed"
    message = mark("{file} was left out: {reason}. Unpack it yourself and import the folder. Nothing was changed.")


class SystemFile(UnreadableFile):
    """Found among the files, and not meant as a text by anybody."""

    code = "system_file"
    message = mark("{file} was left out: it is hidden or belongs to the system. Is it a text? Give it another name.")


class EmptyFolder(UnreadableFile):
    """A folder among others in which nothing lies: nothing is lost."""

    code = "empty_folder"
    message = mark("{file} is an empty folder. Look whether there should be something in it.")


class NotReached(VerhalenError):
    """A file of a batch that was stopped before its turn came."""

    code = "stopped"
    message = mark("{file} was not read, because the import stopped before it. Import it again.")


class TooHeavy(UnreadableFile):
    """Reading it would take more time or memory than any transcript does."""

    code = "too_heavy"
    message = mark(
        "{file} is damaged, or takes too much time or memory to read. Open it in the program it came from, save it again"
        " (best as .docx or .txt) and import that. Nothing was changed."
    )


class ScanWithoutText(UnreadableFile):
    """A PDF with pictures of its words only."""

    code = "scan"
    message = mark(
        "{file} holds only pictures of its words, as a scanner makes them, and no text. Save it again with text recognition"
        " (OCR), a choice of most scanners and PDF programs, or type it over in Word; then import that. Nothing was changed."
    )


class BadTable(VerhalenError):
    """A table with errors in its rows; `problems` are (row, column, sentence)."""

    code = "bad_table"
    message = mark(
        "{file} has errors in its rows, so nothing of it was stored. First: row {row}, column {column}: {problem}"
    )

    def __init__(self, problems: list[tuple[int, str, str]], **values: object) -> None:
        row, column, problem = problems[0]
        super().__init__(row=row, column=column, problem=problem, **values)
        self.problems = problems


def row_words(row: int, column: str, problem: str) -> str:
    """One problem of a table in a line; row 0 is a form, which has questions and no rows."""
    if not row:
        return f"{column}: {problem}"
    return t("row {row}, {column}: {message}", row=row, column=column, message=problem)


class BadForm(BadTable):
    """A filled form with answers that cannot be used; `problems` are (0, question, sentence)."""

    code = "bad_form"
    message = mark('{file} was not taken in. At "{column}": {problem}. Nothing was stored; correct it and try again.')


class BadInstrument(VerhalenError):
    """An instrument or life-domain file that may not be loaded."""

    code = "bad_instrument"
    message = mark("{file}, line {line}: {problem}. Nothing was changed.")


class InstrumentClash(VerhalenError):
    """A version of an instrument that would change what old scores mean."""

    code = "instrument_clash"
    message = mark("{key} cannot be brought up to date: {reason}. Nothing was changed.")


class UnknownMapping(Unknown):
    """No columns kept under that name."""

    code = "unknown_mapping"
    message = mark(
        "There are no columns kept under the name {key}. See the list with: verhalen scores mappings, or verhalen families mappings"
    )


class NeedsSpss(UnreadableFile):
    """The library that reads SPSS files is not installed."""

    code = "needs_spss"
    message = mark(
        "To read {file} a part is missing here. Install it with: pip install pyreadstat. Or save the file in SPSS as .csv "
        "or .xlsx and import that. Nothing was changed."
    )


class BadCodebook(VerhalenError):
    """A codebook file that may not be loaded."""

    code = "bad_codebook"
    message = mark("{file}, line {line}: {problem}. Nothing was changed.")


class BadTheory(VerhalenError):
    """A theory of change that names something which is not in the project."""

    code = "bad_theory"
    message = mark("{file}, line {line}: {problem}. Nothing was changed.")


def why_not_written(error: OSError) -> str:
    """In words why the disk refused, in the reader's language; the system's own sentence is English."""
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return t("it is open in another program, or its folder may not be written in")
    if error.errno == errno.ENOSPC:
        return t("the disk is full")
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return t("its folder does not exist")
    if isinstance(error, IsADirectoryError):
        return t("there is a folder of that name")
    return t("the disk reports an error")


class BadExchange(UnreadableFile):
    """A project of another program that cannot be read."""

    code = "bad_exchange"
    message = mark("{file} cannot be read as a project: {problem}. Nothing was changed.")


class UnsurePlaces(VerhalenError):
    """Nobody can tell how a file counts places in its texts."""

    code = "unsure_places"
    message = mark(
        "How {file} counts places in its texts is not sure, and codings would shift. Look at these figures and choose with "
        "--offset-model NAME:\n{scores}\nNothing was changed."
    )


class FileExists(VerhalenError):
    """A new file would take the place of another."""

    code = "exists"
    message = mark("{file} exists already. Choose another name. Nothing was changed.")


class FamilyExists(VerhalenError):
    """Two families may not share a code."""

    code = "family_exists"
    message = mark("There is a family {key} already. Choose another code. Nothing was changed.")


class CannotWrite(VerhalenError):
    """An output file that cannot be written."""

    code = "cannot_write"
    message = mark("I cannot write {file}: {reason}. Solve that, or choose another place.")


# -- bundles -----------------------------------------------------------------------------------------------------------


class BundleError(VerhalenError):
    """Something about a bundle as a whole."""

    code = "bundle"


class NotABundle(BundleError):
    """A file that is no bundle."""

    code = "not_a_bundle"
    message = mark(
        "{file} is not a bundle of verhalen. Choose the file that was sent to you; its name usually ends in .bundel. "
        "Nothing was changed."
    )


class BrokenBundle(BundleError):
    """A bundle that was cut off or altered on its way."""

    code = "broken_bundle"
    message = mark(
        "{file} did not come over whole: it was cut off or altered on its way. Copy it again, or ask for it to be sent "
        "once more. Nothing was changed."
    )


class NewerBundle(BundleError):
    """Made by a later verhalen."""

    code = "newer_bundle"
    message = mark(
        "{file} was made by a newer verhalen. Update verhalen here first, then take it in. Nothing was changed."
    )


class OtherProjectBundle(BundleError):
    """A bundle of another project."""

    code = "other_project_bundle"
    message = mark(
        "{file} belongs to another project. Go to the folder of that one and try again. Nothing was changed."
    )


class WrongBundlePassphrase(BundleError):
    """The passphrase does not open the bundle."""

    code = "wrong_bundle_passphrase"
    message = mark(
        "That passphrase does not open {file}. Look at capitals and blanks, or ask it of the one who made the bundle. "
        "Nothing was changed."
    )


class NeedsBundlePassphrase(BundleError):
    """No passphrase was given for a bundle."""

    code = "needs_bundle_passphrase"
    message = mark(
        "A bundle is closed with a passphrase. Give it at the prompt, or in VERHALEN_BUNDLE_PASSPHRASE. "
        "Nothing was changed."
    )


class WeakPassphrase(BundleError):
    """A passphrase that is guessed too soon."""

    code = "weak_passphrase"
    message = mark(
        "That passphrase is too short. Take at least {least} characters, best some words that do not belong together. "
        "Nothing was changed."
    )


# -- names and what stands for them ------------------------------------------------------------------------------------


class NoKey(VerhalenError):
    """The key of the project is not on this computer, or there is none yet."""

    code = "no_key"
    message = mark(
        "There is no key at {path}. Get the file from whoever keeps it and run: verhalen key use FILE. "
        "Or begin a new one with: verhalen key new"
    )


class WrongKey(VerhalenError):
    """The file is the key of another project."""

    code = "wrong_key"
    message = mark(
        "{file} is the key of another project. Take the right file with: verhalen key use FILE. Nothing was changed."
    )


class BadKey(VerhalenError):
    """A key file that contradicts itself or is none."""

    code = "bad_key"
    message = mark(
        "The key {file} cannot be used. Line {line}: {problem}. Correct the file, or take another one with: "
        "verhalen key use FILE. Nothing was changed."
    )


class KeyBusy(VerhalenError):
    """Another window holds the key too long."""

    code = "key_busy"
    message = mark("Another window is writing in the key {file}. Wait a moment and try again. Nothing was changed.")


class WrongCheckLetter(VerhalenError):
    """The last letter of a code does not belong to its digits."""

    code = "check_letter"
    message = mark("The check letter of this code does not fit. Look again at the code you were given.")


# -- coding and undo ---------------------------------------------------------------------------------------------------


class BadSpan(VerhalenError):
    """Outside the text, or empty."""

    code = "bad_span"
    message = mark(
        "{start} to {stop} is not a piece of this text. It has {length} characters: give 0 <= start < stop <= {length}."
    )


class BadTurn(VerhalenError):
    """A turn that cannot be joined, split or given away as asked."""

    code = "bad_turn"
    message = mark(
        "That cannot be done with turn {number}: it must be there, a first one has none before it, and a place to cut "
        "needs words on both sides. Nothing was changed."
    )


class SpeakerExists(VerhalenError):
    """Two speakers of one text may not share a name, but by merging."""

    code = "speaker_exists"
    message = mark(
        "Somebody called {name} speaks here already. If {old} is the same person, merge them; else choose another name. "
        "Nothing was changed."
    )


class SpeakersDiffer(VerhalenError):
    """Two speakers with different links cannot become one."""

    code = "speakers_differ"
    message = mark(
        "{first} is linked to {one} and {second} to {other}: they cannot be one person. Take away the wrong link first, "
        "then merge them. Nothing was changed."
    )


class StaleText(VerhalenError):
    """The text was corrected since it was shown."""

    code = "stale_text"
    message = mark(
        "This text was corrected in another window. Look at it again and repeat your act. Nothing was changed."
    )


class UnknownTurn(VerhalenError):
    """The turn that was being corrected is gone."""

    code = "unknown_turn"
    message = mark(
        "This turn is no longer in the text: a newer version was read in, or the source was taken away. Nothing was "
        "changed. Copy your words if you still need them, and look at the text again."
    )


class StaleTurn(VerhalenError):
    """The words of the turn were changed since they were shown."""

    code = "stale_turn"
    message = mark("Somebody corrected this turn in another window. Look at its words again. Nothing was changed.")


class StaleCode(VerhalenError):
    """The same part of a code was changed since it was shown."""

    code = "stale_code"
    message = mark("Somebody changed the same part of {key} in another window. Look at it again. Nothing was changed.")


class EmptyTurn(VerhalenError):
    """A correction that would leave a turn without words."""

    code = "empty_turn"
    message = mark(
        "A turn needs at least one word: without words its codings would end. Write what was said, for example: "
        "[niet te verstaan]. Nothing was changed."
    )


class CannotRenew(VerhalenError):
    """A source that cannot take a newer version of its file."""

    code = "cannot_renew"
    message = mark("Source {number} cannot take a newer version: {reason}. Nothing was changed.")


class StaleRenewal(VerhalenError):
    """Somebody worked in the source while its newer version was being reviewed."""

    code = "stale_renewal"
    message = mark(
        "Somebody coded or corrected in source {number} while you looked through the newer version. Read the file in "
        "again: then you see that work too. Nothing was changed."
    )


class NotYourMemo(VerhalenError):
    """A memo is signed: nobody writes in the name of another."""

    code = "not_your_memo"
    message = mark("{coder} wrote this memo, so only {coder} can change or remove it. Write one of your own beside it.")


class CodeExists(VerhalenError):
    """Two codes may not share a key."""

    code = "code_exists"
    message = mark("There is a code {key} already. Choose another key.")


class SameCoding(VerhalenError):
    """Two codings of one coder may not say the same."""

    code = "same_coding"
    message = mark(
        "You coded this very fragment with {key} already. Take one of the two codings away first. Nothing was changed."
    )


class BadCode(VerhalenError):
    """A code that the codebook cannot hold."""

    code = "bad_code"
    message = mark("The codebook cannot hold that: {reason}. Nothing was changed.")


class CodeBelowItself(VerhalenError):
    """A tree has no rings."""

    code = "code_below_itself"
    message = mark("Code {key} cannot stand below itself. Choose a code that is not below it. Nothing was changed.")


class CodeInUse(VerhalenError):
    """Only a code on which nothing hangs can be deleted."""

    code = "code_in_use"
    message = mark(
        "Code {key} is in use: {reason}. Merge it with another code, or mark it as out of use instead. Nothing was changed."
    )


class VoiceInUse(VerhalenError):
    """A voice goes with its text; what others did there stays theirs."""

    code = "voice_in_use"
    message = mark(
        "Voice {key} cannot be taken out: work of others hangs on its words ({who}). Ask them to remove it first. "
        "Nothing was changed."
    )


class RoundNotReady(VerhalenError):
    """Something must happen in the round first; `reason` is a finished sentence."""

    code = "round_not_ready"
    message = mark("Round {round} is not that far yet. {reason} Nothing was changed.")


class RoundClosed(VerhalenError):
    """A closed round changes only after it is opened again."""

    code = "round_closed"
    message = mark(
        "Round {round} was closed on {day}. Open it again first (verhalen rounds reopen {round}); the history keeps that. "
        "Nothing was changed."
    )


class NothingToUndo(VerhalenError):
    """No change of one's own is left."""

    code = "nothing_to_undo"
    message = mark("There is nothing of yours to undo.")


class NothingToRedo(VerhalenError):
    """No undone change of one's own is left."""

    code = "nothing_to_redo"
    message = mark("There is nothing of yours to redo.")


class CannotUndo(VerhalenError):
    """Somebody's work hangs on the change; `blockers` are finished sentences' values."""

    code = "cannot_undo"
    message = mark('"{label}" cannot be undone: {reason}. Ask them, or undo another change: {offer}')


class Irreversible(VerhalenError):
    """Asked first, and not confirmed."""

    code = "needs_yes"
    message = mark("This cannot be undone. Repeat the command with --yes when you are sure.")


class NotTakenIn(Irreversible):
    """A bundle comes in after a look at it only."""

    message = mark(
        "Nothing was taken in from {file} yet. Look at what comes with --plan, then repeat the command with --yes."
    )


# -- reports -----------------------------------------------------------------------------------------------------------


class BadReport(VerhalenError):
    """A report source with errors; nothing is built."""

    code = "bad_report"
    message = mark("{file}, line {line}: {problem}")


class NewerReport(VerhalenError):
    """A report in Word that a newer version built."""

    code = "newer_report"
    message = mark("{file} was built by a newer version of verhalen ({version}). Use that one. Nothing was changed.")


class NotOurReport(VerhalenError):
    """A Word file that does not say where its numbers came from."""

    code = "not_our_report"
    message = mark(
        "{file} does not say where its numbers came from: verhalen did not build it, or a program that saved it since took "
        "that out. Build the report anew. Nothing was changed."
    )


class OtherProjectReport(VerhalenError):
    """A report in Word that was built from another project."""

    code = "other_project_report"
    message = mark(
        "{file} was built from another project. Go to the folder of that one and try again. Nothing was changed."
    )


class ProtectedReport(VerhalenError):
    """A report in Word that somebody protected against changes."""

    code = "protected_report"
    message = mark(
        "{file} is protected against changes. In Word take that off (Review, Restrict Editing, Stop Protection), save it, and "
        "try again. Nothing was changed."
    )


class BadTemplate(VerhalenError):
    """A Word template that lacks what we need."""

    code = "bad_template"
    message = mark("The template {file} cannot be used: {problem}")


class OwnBundle(VerhalenError):
    """A bundle that this very copy of the project made."""

    code = "own_bundle"
    message = mark(
        "{file} was made by this copy of the project: everything in it is here already. Nothing was changed."
    )


class SplitHistory(VerhalenError):
    """Two files that go by the same name went on apart: one of them was put back from a backup."""

    code = "split_history"
    message = mark(
        "{file} and this project went on apart under one name: one of both was put back from a backup. Copy the project file "
        "that was put back to another folder, open it there, and take that one in. Nothing was changed."
    )


class MissingChanges(VerhalenError):
    """A bundle that follows on one which was not taken in."""

    code = "missing_changes"
    message = mark(
        "{file} follows on an earlier one that was not taken in here. Take that one in first, or ask for one with everything. "
        "Nothing was changed."
    )
