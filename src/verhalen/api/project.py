"""Open a project and reach everything in it through its nouns: `project.sources.text(3)`."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.api import workspace as workspaces
from verhalen.api.codes import Codes
from verhalen.api.codings import Codings
from verhalen.api.corrections import Corrections
from verhalen.api.families import Families
from verhalen.api.feedback import FeedbackLog
from verhalen.api.history import History
from verhalen.api.memos import Memos
from verhalen.api.privacy import Privacy
from verhalen.api.scores import Scores
from verhalen.api.sources import Sources
from verhalen.api.speakers import Speakers
from verhalen.api.stories import Stories
from verhalen.settings import PROJECT_FILE, coder_name, find_workspace
from verhalen.store import drafts, sight
from verhalen.store.place import Place
from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from verhalen.api.agreement import Agreement
    from verhalen.api.attachments import Attachments
    from verhalen.api.board import Board
    from verhalen.api.bundles import Bundles
    from verhalen.api.consents import Consents
    from verhalen.api.covering import Covering
    from verhalen.api.crossing import Crossings
    from verhalen.api.exchanging import Exchange
    from verhalen.api.joining import Joining
    from verhalen.api.masking import Masking
    from verhalen.api.other_programs import OtherPrograms
    from verhalen.api.relating import Relating
    from verhalen.api.releases import Releases
    from verhalen.api.reports import Reports
    from verhalen.api.rounds import Rounds
    from verhalen.api.scheme import Scheme
    from verhalen.api.second_coding import SecondCoding
    from verhalen.api.signals import Signals
    from verhalen.api.snapshots import Snapshots
    from verhalen.api.story_papers import StoryPapers
    from verhalen.api.suggestions import Suggestions
    from verhalen.api.upkeep import Upkeep
    from verhalen.api.verifying import Verifying
    from verhalen.api.withdrawing import PurposeWithdrawn, Withdrawal
    from verhalen.model.consent import Purpose


class Project:
    """An open project. It belongs to the thread that opened it; another thread takes a `sibling()`."""

    def __init__(self, file: ProjectFile) -> None:
        self.file = self._file = file
        self.sources = Sources(file)
        self.speakers = Speakers(file, self.sources.get)
        self.corrections = Corrections(file)
        self.codes = Codes(file)
        self.codings = Codings(file)
        self.families = Families(file)
        self.scores = Scores(file)
        self.stories = Stories(file)
        self.memos = Memos(file)
        self.history = History(file)
        self.privacy = Privacy(file)
        self.feedback = FeedbackLog(file)

    @property
    def masking(self) -> Masking:
        """Names in texts, and what comes in their place; loaded at first use."""
        from verhalen.api.masking import Masking

        return Masking(self._file)

    @property
    def agreement(self) -> Agreement:
        """How far coders agree; loaded at first use."""
        from verhalen.api.agreement import Agreement

        return Agreement(self._file)

    @property
    def second_coding(self) -> SecondCoding:
        """Texts at a second coder, both codings beside each other, and the consensus; loaded at first use."""
        from verhalen.api.second_coding import SecondCoding

        return SecondCoding(self._file)

    @property
    def other_programs(self) -> OtherPrograms:
        """Projects of QualCoder and RQDA in; loaded at first use."""
        from verhalen.api.other_programs import OtherPrograms

        return OtherPrograms(self._file)

    @property
    def bundles(self) -> Bundles:
        """Work to and from other copies of the project; loaded at first use."""
        from verhalen.api.bundles import Bundles

        return Bundles(self._file)

    @property
    def exchange(self) -> Exchange:
        """The whole project to other programs, and their projects in; loaded at first use."""
        from verhalen.api.exchanging import Exchange

        return Exchange(self._file)

    @property
    def board(self) -> Board:
        """All stories with what is known around them; loaded at first use."""
        from verhalen.api.board import Board

        return Board(self._file)

    @property
    def scheme(self) -> Scheme:
        """Codes with which every story is marked up; loaded at first use."""
        from verhalen.api.scheme import Scheme

        return Scheme(self._file)

    @property
    def covering(self) -> Covering:
        """Whose stories are heard; loaded at first use."""
        from verhalen.api.covering import Covering

        return Covering(self._file)

    @property
    def story_papers(self) -> StoryPapers:
        """Stories on paper and in files: forms, tables, Markdown, the sheet for a family; loaded at first use."""
        from verhalen.api.story_papers import StoryPapers

        return StoryPapers(self._file)

    @property
    def signals(self) -> Signals:
        """Barriers that no family lifts alone; loaded at first use."""
        from verhalen.api.signals import Signals

        return Signals(self._file)

    @property
    def suggestions(self) -> Suggestions:
        """Places that may get a code; loaded at first use."""
        from verhalen.api.suggestions import Suggestions

        return Suggestions(self._file)

    @property
    def snapshots(self) -> Snapshots:
        """Taking a snapshot of a family; loaded at first use."""
        from verhalen.api.snapshots import Snapshots

        return Snapshots(self._file)

    @property
    def consents(self) -> Consents:
        """Whom to ask, what was answered, how that changed; loaded at first use."""
        from verhalen.api.consents import Consents

        return Consents(self._file)

    @property
    def attachments(self) -> Attachments:
        """Photos, drawings and sounds beside stories; loaded at first use."""
        from verhalen.api.attachments import Attachments

        return Attachments(self._file)

    @property
    def verifying(self) -> Verifying:
        """Stories read back to their tellers; loaded at first use."""
        from verhalen.api.verifying import Verifying

        return Verifying(self._file)

    @property
    def rounds(self) -> Rounds:
        """Selection rounds; loaded at first use."""
        from verhalen.api.rounds import Rounds

        return Rounds(self._file)

    @property
    def relating(self) -> Relating:
        """Codes beside codes, and the scores of families beside what they tell; loaded at first use."""
        from verhalen.api.relating import Relating

        return Relating(self._file)

    @property
    def reports(self) -> Reports:
        """Joining words and numbers, and building reports; loaded at first use."""
        from verhalen.api.reports import Reports

        return Reports(self._file, self.workspace)

    @property
    def joining(self) -> Joining:
        """Words and numbers side by side: joint displays and verdicts; loaded at first use."""
        from verhalen.api.joining import Joining

        return Joining(self._file, self.workspace)

    @property
    def crossing(self) -> Crossings:
        """Crosstabs and quote matrices; loaded at first use."""
        from verhalen.api.crossing import Crossings

        return Crossings(self._file)

    @property
    def releases(self) -> Releases:
        """The ledger of released reports, and thresholds; loaded at first use."""
        from verhalen.api.releases import Releases

        return Releases(self._file)

    @property
    def upkeep(self) -> Upkeep:
        """Cleaning up the project file; loaded at first use."""
        from verhalen.api.upkeep import Upkeep

        return Upkeep(self._file)

    @property
    def workspace(self) -> Path:
        """The folder that holds the project file."""
        return self._file.path.parent

    @property
    def coder(self) -> str:
        """Name of the coder at work."""
        return self._file.coder

    @property
    def coder_id(self) -> int:
        """Id of the coder at work."""
        return self._file.coder_id

    @property
    def place(self) -> Place:
        """Where the file lies: local, on a network share, in a sync folder."""
        return self._file.place

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be written; empty when it can."""
        return self._file.read_only_reason

    @property
    def hides_others(self) -> bool:
        """Whether this door shows only the codings of the coder at work."""
        return self._file.only_coder is not None

    def hide_others(self, hides: bool) -> None:
        """Show only one's own codings through this door and its siblings made from now on, or everybody's.

        A door that hides only reads.
        """
        self._file.only_coder = sight.own_id(self._file) if hides else None

    def keeps_hiding(self) -> bool:
        """Whether the coder at work codes blind: by choice, or since he or she has a text as second coder.

        A door does so only when `hide_others` tells it.
        """
        return sight.keeps_hiding(self._file)

    @property
    def must_hide(self) -> bool:
        """Whether the coder at work has a text as second coder: coding blind is no choice then."""
        return sight.must_hide(self._file)

    def refuse_blind(self) -> None:
        """Raise CodesBlind where it is none."""
        sight.refuse_blind(self._file)

    def keep_hiding(self, hides: bool) -> None:
        """Remember that choice in the project, outside its history. Raises CodesBlind where there is none."""
        sight.keep_hiding(self._file, hides)

    def sibling(self, *, coder: str | None = None) -> Project:
        """The same project for the calling thread, perhaps as another coder."""
        return Project(self._file.sibling(coder=coder))

    def data_version(self) -> int:
        """Changes whenever another connection stored something."""
        return self._file.data_version()

    def last_change(self) -> int:
        """Id of the newest entry of the history; 0 in an empty one."""
        return self._file.last_change()

    def beat(self) -> None:
        """Say that this machine still holds the project: call it every minute while a window is open."""
        self._file.beat()

    def keep_draft(self, key: str, value: str) -> None:
        """Keep a half-filled form."""
        drafts.keep_draft(self._file, key, value)

    def draft(self, key: str) -> str:
        """A half-filled form; empty where there is none."""
        return drafts.draft(self._file, key)

    def drafts(self, prefix: str) -> dict[str, str]:
        """Half-filled forms whose keys begin with `prefix`, by key, oldest first."""
        return drafts.keyed_below(self._file, prefix)

    def keep_view(self, key: str, value: str) -> None:
        """Keep where somebody was looking."""
        drafts.keep_view(self._file, key, value)

    def view(self, key: str) -> str:
        """Where somebody was looking."""
        return drafts.view(self._file, key)

    def backup(self, target: Path) -> None:
        """A consistent copy while the project is open."""
        workspaces.backup(self._file, target)

    def withdraw(self, key: str, *, really: bool = False, keep_scores: bool = False, files: bool = False) -> Withdrawal:
        """Forget a family, person, story, voice, attachment or text everywhere; without `really` only say what would go."""
        from verhalen.api.withdrawing import withdraw

        return withdraw(self._file, key, really=really, keep_scores=keep_scores, files=files)

    def withdraw_purpose(self, key: str, purpose: Purpose, *, really: bool = False) -> PurposeWithdrawn:
        """Nothing of a family, person or story may be used for this any more; without `really` only say what it concerns."""
        from verhalen.api.withdrawing import withdraw_purpose

        return withdraw_purpose(self._file, key, purpose, really=really)

    def close(self) -> None:
        """Close the project."""
        self._file.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_project(path: Path | str = ".", *, coder: str | None = None, passphrase: str | None = None) -> Project:
    """Open the project in a workspace, at or above `path`; `path` may also be the project file itself.

    Raises NoProject, NotOurs, NewerProject, NeedsPassphrase, WrongPassphrase, OlderSqlite.
    """
    given = Path(path)
    found = given if given.is_file() else None
    if found is None:
        workspace = find_workspace(given)
        if workspace is None:
            raise errors.NoProject(path=given.resolve())
        found = workspace / PROJECT_FILE
    return Project(ProjectFile.open(found, coder=coder_name(coder), passphrase=passphrase))


def new_project(
    workspace: Path | str,
    *,
    coder: str | None = None,
    passphrase: str | None = None,
    codebook: Path | None = None,
    empty: bool = False,
) -> Project:
    """Make a workspace with the shipped life domains, instruments and codebook (or another one); `empty` leaves codes out.

    Raises WorkspaceExists, CannotWrite, NoEncryption. Nothing is left behind when it fails.
    """
    folder = Path(workspace)
    if (folder / PROJECT_FILE).exists():
        raise errors.WorkspaceExists(path=folder)
    workspaces.make_folders(folder)
    project = Project(ProjectFile.create(folder, coder=coder_name(coder), passphrase=passphrase))
    try:
        project.scores.import_domains(workspaces.shipped_domains())
        project.scores.import_instruments(*workspaces.shipped_instruments())
        if not empty:
            project.codes.import_file(codebook or workspaces.shipped_codebook())
    except BaseException:
        project.close()
        for name in (PROJECT_FILE, f"{PROJECT_FILE}-wal", f"{PROJECT_FILE}-shm"):
            (folder / name).unlink(missing_ok=True)
        raise
    return project
