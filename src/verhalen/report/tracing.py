"""While a report is filled: which placeholder gave what, so that the file can remember it; and later the way back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from verhalen.model.ids import encode_id
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Audience
from verhalen.report.blocks import Chart, Contents, Quotation, Table
from verhalen.report.compose import Answers
from verhalen.report.data import ReportData
from verhalen.report.front import FENCE
from verhalen.report.log import Log, NumberEntry, QuoteEntry, quote_name
from verhalen.report.placeholders import Placeholder, parse_placeholder
from verhalen.report.trace import Charts, Entry, Kind, Manifest, Stamps, piece_of
from verhalen.report.trace_marks import Body
from verhalen.report.word_ranges import Seen, Words
from verhalen.store import families, releases, sources, stories
from verhalen.store.evidence import evidence_rows
from verhalen.store.project import ProjectFile
from verhalen.store.schema import SCHEMA_VERSION

_T = TypeVar("_T")
_TELLING = frozenset(("verhaal", "stem", "gezin", "persoon", "bron", "codering", "fragment", "ronde"))
"""Arguments that say which story or family: outside the team only their stamp stands in a file."""
_STAMP = re.compile(r"#[0-9a-f]{24}")
_OWN = frozenset(("titel", "ondertitel", "codeur", "huisstijl", "title", "subtitle", "coder", "style"))
"""Lines of a source that change no number; a title or the name of a file may hold anything, a coder is a person."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One placeholder and what it gave."""

    placeholder: Placeholder
    alone: bool
    kind: Kind
    numbers: tuple[NumberEntry, ...]
    quotes: tuple[QuoteEntry, ...]
    own: bool = True
    """False for a table of contents, which Word makes anew itself."""


class Tracer:
    """Stands between a report and who fills it, and writes down what each placeholder gave."""

    def __init__(self, stamps: Stamps, *, prefix: str) -> None:
        self.stamps, self.prefix = stamps, prefix
        self.asked: list[Asked] = []

    def answers(self, inner: Answers, log: Log) -> Answers:
        """`inner`, overheard."""

        def told(placeholder: Placeholder, *, alone: bool, ask: Callable[[Placeholder], _T]) -> _T:
            numbers, quotes = len(log.numbers), len(log.quotes)
            answer = ask(placeholder)
            given, quoted = tuple(log.numbers[numbers:]), tuple(log.quotes[quotes:])
            blocks = answer if isinstance(answer, Sequence) else ()
            kind = _kind_of(placeholder, given, blocks)
            own = not any(isinstance(block, Contents) for block in blocks)
            self.asked.append(Asked(placeholder, alone, kind, given, quoted, own))
            return answer

        return Answers(
            within=lambda placeholder: told(placeholder, alone=False, ask=inner.within),
            alone=lambda placeholder: told(placeholder, alone=True, ask=inner.alone),
            trace=lambda: f"{self.prefix}_{len(self.asked)}" if self.asked[-1].own else "",
        )

    def entries(
        self, seen: Mapping[int, Sequence[Seen]], charts: Charts, hide: Callable[[str], bool]
    ) -> Iterator[Entry]:
        """What to remember of each, beside what stands in the file; `hide` says which arguments would tell somebody."""
        for number, each in enumerate(self.asked, 1):
            if not each.own:
                continue
            pieces = [piece_of(piece, self.stamps, charts) for piece in seen.get(number, ())]
            inline = not each.alone and each.numbers
            yield Entry(
                number,
                each.kind,
                opaque(each.placeholder, self.stamps, hide),
                each.alone,
                f"{self.prefix}_{number}",
                suppressed=sum(number.suppressed for number in each.numbers),
                quotes=tuple(quote_stamp(quote, self.stamps) for quote in each.quotes if quote.shown),
                value=each.numbers[0].value if inline else "",
                pieces=tuple(pieces),
            )


def _kind_of(placeholder: Placeholder, numbers: Sequence[NumberEntry], blocks: Sequence[object]) -> Kind:
    if placeholder.name in ("verhaal", "citaat") or any(isinstance(block, Quotation) for block in blocks):
        return "story" if placeholder.name == "verhaal" else "quote"
    if any(isinstance(block, Table) for block in blocks):
        return "table"
    if any(isinstance(block, Chart) for block in blocks):
        return "chart"
    return numbers[0].kind if len(numbers) == 1 else "words"


def quote_stamp(quote: QuoteEntry, stamps: Stamps) -> str:
    """By which the fragment or story of a quote is known again."""
    return stamps.of(quote_name(quote.coding_id, quote.story))


def opaque(placeholder: Placeholder, stamps: Stamps, hide: Callable[[str], bool]) -> str:
    """The placeholder as the file remembers it."""
    arguments = {
        key: stamps.of(f"argument {value}") if key in _TELLING or hide(value) else value
        for key, value in placeholder.arguments.items()
    }
    return replace(placeholder, arguments=arguments).source


def hidden_values(project: ProjectFile, audience: Audience) -> Callable[[str], bool]:
    """Which values of arguments would tell somebody: in the team none does."""
    if audience is Audience.INTERNAL:
        return lambda _: False
    telling = frozenset(_keys(project))
    return telling.__contains__


def _keys(project: ProjectFile) -> Iterator[str]:
    for family in families.families(project):
        yield family.key
        yield from (person.key for person in family.persons)
    yield from (story.key for story in stories.stories(project))


def restored(asks: Iterable[str], project: ProjectFile, stamps: Stamps) -> list[Placeholder | None]:
    """The placeholders again; None for one that names what is no longer in the project."""
    found = [parse_placeholder(each, line=0) for each in asks]
    known: dict[str, str] = {}
    if any(_STAMP.fullmatch(value) for each in found for value in getattr(each, "arguments", {}).values()):
        numbers = (str(each.number) for each in sources.all_sources(project))
        ids = (encode_id(each) for each in {row.coding_id for row in evidence_rows(project)})
        known = {stamps.of(f"argument {value}"): value for value in (*_keys(project), *numbers, *ids)}
    return [None if isinstance(each, Notice) else _with_values(each, known) for each in found]


def _with_values(placeholder: Placeholder, known: Mapping[str, str]) -> Placeholder | None:
    values = {
        key: known.get(value) if _STAMP.fullmatch(value) else value for key, value in placeholder.arguments.items()
    }
    if None in values.values():
        return None
    return replace(placeholder, arguments={key: value or "" for key, value in values.items()})


def settings_in(text: str) -> dict[str, str]:
    """The lines at the top of a source that say how to count."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines or lines[0].strip() != FENCE:
        return {}
    pairs = (line.partition(":") for line in lines[1 : lines.index(FENCE, 1) if FENCE in lines[1:] else 1])
    found = {key.strip(): value.strip() for key, colon, value in pairs if colon and not key.lstrip().startswith("#")}
    return {key: value for key, value in found.items() if key.casefold() not in _OWN}


def newest_state(project: ProjectFile) -> str:
    """The state of the project, as a file remembers it: building a report is no new one."""
    return encode_id(releases.newest_change(project))


def source_stamp(stamps: Stamps, name: str) -> str:
    """By which the ledger of released numbers knows the report again."""
    return stamps.of(f"source {name}")


def project_mark(project: ProjectFile) -> str:
    """By which a file knows its project again."""
    return hashlib.sha256(f"verhalen {project.setting('project_id')}".encode()).hexdigest()[:16]


def prefix_of(project: ProjectFile, *said: object) -> str:
    """How the names of bookmarks of one report begin, so that two reports in one document stay apart."""
    return f"vh{hashlib.sha256(repr((project_mark(project), *said)).encode()).hexdigest()[:6]}"


def manifest_of(
    project: ProjectFile, tracer: Tracer, data: ReportData, *, source: Path, template: bool
) -> Callable[[Body], bytes]:
    """Makes our part of the file from its finished body."""
    from verhalen import __version__

    def written(body: Body) -> bytes:
        seen = Words(body.xml).pieces(tracer.prefix)
        entries = tracer.entries(seen, body.chart, hidden_values(project, data.audience))
        return Manifest(
            project=project_mark(project),
            state=newest_state(project),
            schema=SCHEMA_VERSION,
            program=__version__,
            day=data.day.isoformat(),
            audience=data.audience.value,
            prefix=tracer.prefix,
            source=source_stamp(tracer.stamps, source.name),
            settings=settings_in(source.read_text("utf-8")),
            titled=bool(data.front.title),
            template=template,
            entries=tuple(entries),
        ).written()

    return written
