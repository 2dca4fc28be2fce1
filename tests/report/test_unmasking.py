"""Try to unmask whole reports: a reader takes every number of a document and calculates (methods.md D6).

The reader knows what the words of the document mean: which numbers add up to which, who is part of whom, and that no number is
below zero. scipy's linear programmes say how closely that reader can pin down each number of families that stands nowhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.builders import examples
from tests.made_reports import FIRST, LAST, Made, families, many, report_data

from verhalen.i18n import language, set_language
from verhalen.privacy.clearance import Audience, Cleared
from verhalen.privacy.wording import coarse_word
from verhalen.report.blocks import Block, Chart, Note, Paragraph, Table
from verhalen.report.data import ReportData
from verhalen.report.fill import answers
from verhalen.report.log import Log
from verhalen.report.periods import slices
from verhalen.report.placeholders import Placeholder

ASKED = (
    *("aantal gezinnen", "aantal gevolgd", "tabel bereik", "wie niet", "tabel verandering", "grafiek verandering"),
    *("samen", "dekking"),
)
PARTS = slices((FIRST, LAST))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


# -- what is so --------------------------------------------------------------------------------------------------------


class Truth:
    """Every number of families that a report could tell of, by name; and how these numbers hang together."""

    def __init__(self, made: Sequence[Made], data: ReportData) -> None:
        self.value: dict[str, int] = {}
        self.sums: list[tuple[str, list[str]]] = []
        """A whole and the parts that make it."""
        self.rows: list[tuple[str, list[str]]] = []
        """Those of them that are rows of classes: a class that holds everybody tells of everybody."""
        keys = set(data.reach.keys)
        self.made = [each for number, each in enumerate(made) if f"G{number:03}" in keys]
        self._reach(data.k)
        self._flow(data)
        self._change(data)
        self._telling(data)

    def part(self, whole: str, parts: dict[str, int], *, row: bool = True) -> None:
        """A whole and all its parts."""
        self.value |= parts
        self.value.setdefault(whole, sum(parts.values()))
        assert self.value[whole] == sum(parts.values()), whole
        self.sums.append((whole, list(parts)))
        if row:
            self.rows.append((whole, list(parts)))

    def count(self, of: str, names: Sequence[str]) -> dict[str, int]:
        return {f"{of}:{name}": sum(getattr(each, of) == name for each in self.made) for name in names}

    def _reach(self, k: int) -> None:
        self.value["all"] = len(self.made)
        for of in ("town", "known", "referrer"):
            fixed = {"gekend", "ooit", "nieuw"} if of == "known" else set()
            self.part("all", self.count(of, sorted({getattr(each, of) for each in self.made} | fixed)))
        followed = sum(each.scores is not None for each in self.made)
        self.part("all", {"followed": followed, "unfollowed": len(self.made) - followed}, row=False)
        whys = {each.why for each in self.made if each.scores is None}
        if whys and sum(each.scores is None for each in self.made) >= k:  # else no reasons stand there
            counts = {f"why:{why.label}": sum(e.scores is None and e.why is why for e in self.made) for why in whys}
            self.part("unfollowed", counts)

    def _flow(self, data: ReportData) -> None:
        ends = [each.end if each.end and each.end >= each.start else None for each in self.made]
        n = len(self.made)
        started = [each.start >= FIRST for each in self.made]
        self.part("all", {"started": sum(started), "not started": n - sum(started)})
        left = [end is not None and end <= LAST for end in ends]
        self.part("all", {"ended": sum(left), "not ended": n - sum(left)})
        reasons = ("afgerond", "doorverwezen", "verhuisd", "gestopt", "geweigerd", "")
        self.part(
            "ended",
            {
                f"reason:{why}": sum(gone and each.reason == why for each, gone in zip(self.made, left, strict=True))
                for why in reasons
            },
            row=False,
        )
        for kind, day_of in (("started", [each.start for each in self.made]), ("ended", ends)):
            parts = {
                f"{kind} in {part.name}": sum(day is not None and part.first <= day <= part.last for day in day_of)
                for part in PARTS
            }
            self.part(kind, parts, row=False)
        self._stays(ends)
        refused = self.value["reason:geweigerd"]
        self.part("ended", {"lasted": self.value["ended"] - refused, "reason:geweigerd": refused}, row=False)
        self.part("not ended", {"running": self.value["not ended"]}, row=False)
        long = data.reach.per_month.n
        self.part("all", {"per month": long, "shorter than a month": n - long}, row=False)
        for town in {each.town for each in self.made}:
            own = [number for number, each in enumerate(self.made) if each.town == town]
            for kind, flags in (("started", started), ("ended", left)):
                yes = sum(flags[number] for number in own)
                self.part(f"town:{town}", {f"{kind}@{town}": yes, f"not {kind}@{town}": len(own) - yes})
        for kind in ("started", "ended"):
            towns = sorted({each.town for each in self.made})
            self.part(kind, {f"{kind}@{town}": self.value[f"{kind}@{town}"] for town in towns}, row=False)

    def _stays(self, ends: Sequence[dt.date | None]) -> None:
        """Who is there in a part: who was there or came, less who left before; and who stays after it."""
        there = "not started"
        for part in PARTS:
            present = sum(
                each.start <= part.last and (end is None or end >= part.first)
                for each, end in zip(self.made, ends, strict=True)
            )
            came = f"started in {part.name}"
            self.part(f"in {part.name}", {there: self.value[there], came: self.value[came]}, row=False)
            assert self.value[f"in {part.name}"] == present
            gone = self.value[f"ended in {part.name}"]
            self.part(
                f"in {part.name}", {f"ended in {part.name}": gone, f"after {part.name}": present - gone}, row=False
            )
            self.part("all", {f"in {part.name}": present, f"not in {part.name}": len(self.made) - present}, row=False)
            there = f"after {part.name}"

    def _change(self, data: ReportData) -> None:
        for row in data.joint:
            change = row.change
            if change is not None and change.n:
                without = self.value["followed"] - change.n
                self.part("followed", {f"n {row.name}": change.n, f"n not {row.name}": without}, row=False)
                classes = (change.up, change.same - change.same_carried, change.same_carried, change.down)
                self.part(
                    f"n {row.name}",
                    {
                        f"{row.name}:{name}": n
                        for name, n in zip(("up", "same", "unseen", "down"), classes, strict=True)
                    },
                )

    def _telling(self, data: ReportData) -> None:
        told = {"story": 0, "no story": 0}
        for row in data.coverage:
            own = {f"{row.key}:story": row.with_story, f"{row.key}:none": row.families - row.with_story}
            self.part(f"standing {row.key}", own)
            told["story"] += row.with_story
            told["no story"] += row.families - row.with_story
        self.part("all", told, row=False)
        for column, name in (("story", "story"), ("none", "no story")):
            cells = {f"{row.key}:{column}": self.value[f"{row.key}:{column}"] for row in data.coverage}
            self.part(name, cells, row=False)
        unseen, unfollowed = len(data.reach.unseen), self.value["unfollowed"]
        if unfollowed >= data.k:  # fewer are known by number, so whatever one thinks of is true of that few at most
            self.part("unfollowed", {"unseen": unseen, "seen unfollowed": unfollowed - unseen}, row=False)
        self.part("no story", {"unseen": unseen, "seen without story": told["no story"] - unseen}, row=False)
        if unfollowed >= data.k and "why:no registration" in self.value:
            none = self.value["why:no registration"]
            self.part("why:no registration", {"unseen": unseen, "told without scores": none - unseen}, row=False)


# -- what stands there -------------------------------------------------------------------------------------------------


@dataclass
class Reader:
    """What a reader holds: exact numbers, ranges that words give, and sums of several."""

    truth: Truth
    k: int
    exact: dict[str, int] = field(default_factory=dict)
    ranges: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    sums: list[tuple[list[str], int]] = field(default_factory=list)

    def see(self, name: str, said: str, *, n: int | None = None) -> None:
        """A cell as it is printed under the name of what it counts."""
        if said.isdigit():
            assert name in self.truth.value, name
            assert int(said) == self.truth.value[name], (name, said)
            self.exact[name] = int(said)
        elif said in ("a few", "a minority", "about half", "a majority", "almost all") and n and name != "all":
            coarse = coarse_word(self.truth.value[name], n, k=self.k)
            assert coarse is not None, name
            self.ranges[name] = (coarse.low, coarse.high)

    def read(self, blocks: Sequence[Block]) -> None:
        """Every number in the blocks."""
        for block in blocks:
            if isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Chart):
                self._chart(block)
            elif isinstance(block, Paragraph | Note):
                self._sentence(_words(block.words))

    def _table(self, table: Table) -> None:
        caption, rows = _words(table.caption), [[_words(cell) for cell in row] for row in table.rows]
        header = [_words(cell) for cell in table.header]
        if caption in READERS:
            READERS[caption](self, header, rows)
        if table.note is not None:
            self._sentence(_words(table.note))

    def _sentence(self, said: str) -> None:
        words = said.replace(",", "").replace(".", "").split()
        if "families were followed" in said:
            at = words.index("followed")
            self.see("followed", words[at - 3])
            self.see("unfollowed", words[at + 1])
        if "told a story" in said and "of the" in said:
            self.see("story", words[0])
            self.see("all", words[words.index("the") + 1])
        if said.startswith("Families of whom we have neither"):
            self.see("unseen", words[-1])
        if said.endswith("Too few to say why."):
            self.see("unfollowed", next(word for word in words if word.isdigit()))
        if said.startswith("Among a few families things also got worse: "):
            for name in said.removesuffix(".").split(": ", 1)[1].split(", "):
                self._at_least_one(name)

    def _at_least_one(self, name: str) -> None:
        """Names of groups hold commas: a piece of one is no group."""
        if f"{name}:down" in self.truth.value:
            self.ranges.setdefault(f"{name}:down", (1, None))

    def _chart(self, chart: Chart) -> None:
        names = [each.value for each in chart.categories]
        keys = {"Better": "up", "Same": "same", "Not looked at again": "unseen", "Worse": "down"}
        for series in chart.series:
            for name, count in zip(names, series.counts, strict=True):
                if count is None:
                    continue
                if series.name.value in keys:
                    self.see(f"{name}:{keys[series.name.value]}", str(count))
                else:
                    self.sums.append(([f"{name}:same", f"{name}:unseen"], count))

    # One for each table, by its caption.

    def who(self, header: list[str], rows: list[list[str]]) -> None:
        names = {
            "All families": "all",
            "Known to the service": "known:gekend",
            "Known long ago": "known:ooit",
            "New": "known:nieuw",
            "Not noted": "known:",
        }
        for label, said in rows:
            if label in names and (names[label] in self.truth.value or said != "0"):
                self.see(names[label], said, n=self.truth.value["all"])

    def towns(self, header: list[str], rows: list[list[str]]) -> None:
        columns = {"Families": "town:{}", "Support started": "started@{}", "Support ended": "ended@{}"}
        for town, *cells in rows:
            for head, said in zip(header[1:], cells, strict=True):
                if town.endswith("others together"):
                    towns = [name for name in self.truth.value if name.startswith("town:")]
                    small = [name for name in towns if name[5:] not in {row[0] for row in rows}]
                    if said.isdigit():
                        self.sums.append((small, int(said)))
                else:
                    self.see(columns[head].format(town), said, n=self.truth.value["all"])

    def referrers(self, header: list[str], rows: list[list[str]]) -> None:
        named = {("" if row[0] == "not noted" else row[0]) for row in rows}
        for label, said in rows:
            if label.endswith("others together"):
                rest = [each for each in self.truth.value if each.startswith("referrer:") and each[9:] not in named]
                if said.isdigit():
                    self.sums.append((rest, int(said)))
            else:
                name = f"referrer:{'' if label == 'not noted' else label}"
                self.see(name, said, n=self.truth.value["all"])

    def flow(self, header: list[str], rows: list[list[str]]) -> None:
        names = {"Families with support": "in", "Support started": "started in", "Support ended": "ended in"}
        wholes = {"Families with support": "all", "Support started": "started", "Support ended": "ended"}
        reasons = {
            "ended as agreed": ["afgerond"],
            "ended: led on to another service": ["doorverwezen"],
            "ended: the family moved": ["verhuisd"],
            "ended: the family dropped out": ["gestopt"],
            "ended: the family did not want support": ["geweigerd"],
            "ended, reason not noted": [""],
            "ended for another reason": ["afgerond", "doorverwezen", "verhuisd", ""],
            "ended: the family dropped out or did not want support": ["gestopt", "geweigerd"],
        }
        for label, *cells in rows:
            if label in names:
                for part, said in zip(header[1:-1], cells[:-1], strict=True):
                    self.see(f"{names[label]} {part}", said)
                self.see(wholes[label], cells[-1], n=self.truth.value["all"])
            elif label in reasons and cells[-1].isdigit():
                them = [f"reason:{why}" for why in reasons[label] if f"reason:{why}" in self.truth.value]
                self.sums.append((them, int(cells[-1])))

    def how_long(self, header: list[str], rows: list[list[str]]) -> None:
        names = {
            "Days of support that ended": "lasted",
            "Days of support that still runs": "running",
            "Contacts per month and family": "per month",
        }
        for label, _, said in rows:
            if label in names:
                self.see(names[label], said)

    def unfollowed(self, header: list[str], rows: list[list[str]]) -> None:
        for label, said in rows:
            name = "unfollowed" if label == "All together" else f"why:{label[0].lower()}{label[1:]}"
            self.see(name, said, n=self.truth.value["unfollowed"])

    def change(self, header: list[str], rows: list[list[str]]) -> None:
        for name, n, *cells in rows:
            self.see(f"n {name}", n)
            for key, said in zip(("up", "same", "unseen", "down"), cells, strict=True):
                if cells[2] == "see same" and key in ("same", "unseen") and not said.endswith(" together"):
                    continue
                if said.endswith(" together"):
                    self.sums.append(([f"{name}:same", f"{name}:unseen"], int(said.split()[0])))
                else:
                    self.see(f"{name}:{key}", said, n=self.truth.value[f"n {name}"])

    def coverage(self, header: list[str], rows: list[list[str]]) -> None:
        keys = {"better": "up", "same": "same", "worse": "down", "not paired": "none"}
        for label, told, none in rows:
            self.see(f"{keys[label]}:story", told)
            self.see(f"{keys[label]}:none", none)

    def between(self, name: str) -> tuple[float, float]:
        """The smallest and the largest that a number may be for this reader."""
        order = {each: place for place, each in enumerate(self.truth.value)}
        rows, ends = [], []
        for whole, parts in self.truth.sums:
            line = np.zeros(len(order))
            line[order[whole]] -= 1
            for each in parts:
                line[order[each]] += 1
            rows.append(line)
            ends.append(0)
        for parts, total in self.sums:
            line = np.zeros(len(order))
            for each in parts:
                line[order[each]] += 1
            rows.append(line)
            ends.append(total)
        limits = [
            (self.exact[each], self.exact[each]) if each in self.exact else self.ranges.get(each, (0, None))
            for each in order
        ]
        aim = np.zeros(len(order))
        aim[order[name]] = 1
        low, high = (
            linprog(sign * aim, A_eq=np.array(rows), b_eq=np.array(ends), bounds=limits, method="highs")
            for sign in (1, -1)
        )
        assert low.status in (0, 3), (low.message, self.exact)
        assert high.status in (0, 3), high.message
        return (low.fun if low.status == 0 else 0), (-high.fun if high.status == 0 else float("inf"))


READERS = {
    "Families with support in this period": Reader.who,
    "Families per municipality": Reader.towns,
    "Who led families to us": Reader.referrers,
    "In and out": Reader.flow,
    "Duration, waiting and contacts": Reader.how_long,
    "Families of whom we cannot say whether something changed": Reader.unfollowed,
    "Change between the first registration and about six months later, in numbers of families": Reader.change,
    "Whose stories we heard": Reader.coverage,
}


def _words(phrase: object) -> str:
    if isinstance(phrase, Cleared):
        return str(phrase.value)
    assert isinstance(phrase, tuple)
    return "".join(run.text.value for run in phrase)


def reader_of(made: Sequence[Made], data: ReportData, asked: Sequence[str] = ASKED) -> Reader:
    """Fill a report and read all of it."""
    reader, log = Reader(Truth(made, data), data.k), Log()
    filler = answers(data, log)
    for name in asked:
        if name.startswith("aantal"):
            said = filler.within(Placeholder(name)).value
            reader.see({"aantal gezinnen": "all", "aantal gevolgd": "followed"}[name], said)
        else:
            reader.read(filler.alone(Placeholder(name)))
    return reader


def secrets(truth: Truth, k: int) -> set[str]:
    """What nobody may find out: one to k - 1 families, and a class that holds everybody.

    How many families were followed is no secret (a gap in our work, methods.md D4), nor is a single class of a row.
    """
    open_ = {"followed", "unfollowed", "seen unfollowed", "seen without story", "told without scores"}
    open_ |= {name for name in truth.value if name.startswith(("n ", "standing "))}
    found = {name for name, count in truth.value.items() if 0 < count < k}
    for whole, parts in truth.rows:
        found |= {name for name in parts if len(parts) > 1 and truth.value[name] == truth.value[whole] > 0}
    return found - open_


# Shrinking would take minutes: the families of a failing report are few, and printed.
LOUD = settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@LOUD
@given(made=st.lists(families, min_size=4, max_size=30), audience=st.sampled_from([Audience.COUNCIL, Audience.PUBLIC]))
def test_no_reader_of_a_whole_report_finds_out_a_small_number(made: list[Made], audience: Audience) -> None:
    data = report_data(made, audience)
    # With exactly k families in all, the sentence that keeps a worsening from vanishing says that it is 1 to k of them.
    assume(data.reach.families != data.k)
    reader = reader_of(made, data)
    found = {}
    for name in sorted(secrets(reader.truth, data.k)):
        low, high = reader.between(name)
        if high - low < data.k - 1e-6:
            found[name] = (reader.truth.value[name], low, high)
    assert found == {}


@pytest.mark.parametrize("seed", range(3))
def test_larger_services_are_safe_and_still_told_of(seed: int) -> None:
    made = many(seed, 60 + 40 * seed)
    data = report_data(made, Audience.COUNCIL)
    reader = reader_of(made, data)
    found = {name: reader.between(name) for name in secrets(reader.truth, data.k)}
    assert {name: each for name, each in found.items() if each[1] - each[0] < data.k - 1e-6} == {}
    assert {"all", "followed", "story", "ended"} <= set(reader.exact)
    assert any(name.endswith(":up") for name in reader.exact)
