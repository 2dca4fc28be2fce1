"""The documents say what the program does: commands, shapes, keys, formats, methods; and the README can be followed."""

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from tools import keys
from tools.catalogues import forms, messages, read_catalogue
from tools.messages import ROOT, po_path

from verhalen import errors
from verhalen.api.attachments import Attachments
from verhalen.api.board import Board
from verhalen.api.bundles import Bundles
from verhalen.api.codes import Codes
from verhalen.api.codings import Codings
from verhalen.api.consents import Consents
from verhalen.api.corrections import Corrections
from verhalen.api.crossing import Crossings
from verhalen.api.exchanging import Exchange
from verhalen.api.families import Families
from verhalen.api.feedback import FeedbackLog
from verhalen.api.history import History
from verhalen.api.joining import Joining
from verhalen.api.masking import Masking
from verhalen.api.privacy import Privacy
from verhalen.api.project import Project
from verhalen.api.relating import Relating
from verhalen.api.releases import Releases
from verhalen.api.reports import Reports
from verhalen.api.rounds import Rounds
from verhalen.api.scheme import Scheme
from verhalen.api.scores import Scores
from verhalen.api.snapshots import Snapshots
from verhalen.api.sources import Sources
from verhalen.api.stories import Stories
from verhalen.api.story_papers import StoryPapers
from verhalen.api.suggestions import Suggestions
from verhalen.api.verifying import Verifying
from verhalen.api.workspace import demo_files, shipped_codebook, shipped_instruments
from verhalen.cli.main import cli, run
from verhalen.exchange import codebook_tables, codebook_text, coding_tables, family_names, score_words, story_names
from verhalen.model.consent import Answer, Purpose
from verhalen.model.snapshot import Reason
from verhalen.readers import KNOWN_SUFFIXES
from verhalen.report.fill import KNOWN
from verhalen.report.front import split_front

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
Path_ = tuple[str, ...]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def every_command(group: click.Group = cli, above: Path_ = ()) -> Iterator[tuple[Path_, click.Command]]:
    """All commands that do something: groups that only hold others are left out."""
    for name, command in group.commands.items():
        here = (*above, name)
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield here, command
        if isinstance(command, click.Group):
            yield from every_command(command, here)


def command_rows() -> dict[Path_, tuple[str, str]]:
    """Words of a command to its usage and its JSON shape, from the tables of docs/cli.md."""
    tables = read("docs/cli.md").split("\n## Commands\n")[1].split("\n## What comes later\n")[0]
    found = {}
    for line in tables.splitlines():
        if line.startswith("| `"):
            usage, _, shape = (cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:4])
            usage = usage.strip("`").replace("\\|", "|")
            words = re.match(r"[a-z]+( [a-z]+)*", usage)
            assert words, usage
            assert tuple(words.group().split()) not in found, usage
            found[tuple(words.group().split())] = (usage, shape)
    return found


# -- the command line ------------------------------------------------------------------------------------------------


def test_every_command_and_every_option_explains_itself() -> None:
    silent = [path for path, command in every_command() if not command.help]
    silent += [
        (*path, option.name or "")
        for path, command in (*every_command(), ((), cli))
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert silent == []


def test_docs_list_exactly_the_commands_that_there_are() -> None:
    assert set(command_rows()) == {path for path, _ in every_command()}


def test_the_usage_in_docs_names_every_option_argument_and_choice() -> None:
    rows, english = command_rows(), said_in_english()
    missing = []
    for path, command in every_command():
        usage = rows[path][0]
        for parameter in command.params:
            place = str(parameter.metavar or (parameter.name or "").upper())
            wanted = [re.sub("[A-Z][A-Z_]+", lambda word: english.get(word.group(), word.group()), place).strip("[]")]
            if isinstance(parameter, click.Option):
                wanted = [parameter.opts[0], *(wanted if parameter.metavar else [])]
                wanted += list(parameter.type.choices) if isinstance(parameter.type, click.Choice) else []
            missing += [(path, word) for word in wanted if word not in usage]
    assert missing == []


def said_in_english() -> dict[str, str]:
    """Dutch sentences and words to the English ones they stand for: what click was given at import is Dutch."""
    catalogue = read_catalogue(po_path(ROOT, "nl"), "nl")
    return {dutch[0]: forms(each.id)[0] for each in messages(catalogue) if (dutch := forms(each.string))}


def test_docs_name_every_error_code_and_no_other() -> None:
    def tree(parent: type[errors.VerhalenError]) -> Iterator[type[errors.VerhalenError]]:
        yield parent
        for child in parent.__subclasses__():
            yield from tree(child)

    table = read("docs/cli.md").split("\n## Error codes\n")[1]
    listed = set(re.findall(r"^\| ([a-z_]+) \|", table, re.MULTILINE))
    ours = {each.code for each in tree(errors.VerhalenError) if each.__module__ == "verhalen.errors"}
    border = set(re.findall(r'failure\(\s*state,\s*"(\w+)"', read("src/verhalen/cli/main.py")))
    assert {"usage", "stopped"} <= border
    assert listed == ours | border


def test_docs_name_every_environment_variable() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    used = set(re.findall(r"\bVERHALEN_[A-Z_]+\b", sources))
    table = read("docs/cli.md").split("\n## Environment\n")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(VERHALEN_[A-Z_]+)` \|", table, re.MULTILINE)) == used


# -- the README, followed to the letter ------------------------------------------------------------------------------


def tours() -> list[list[str]]:
    """The command lines of the five-minute tours, one list per language."""
    return [block.strip().splitlines() for block in re.findall(r"^```sh\n(.*?)^```", read("README.md"), re.M | re.S)]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, int]]]:
    """The folder in which the README's tour was walked, and the exit code of each line."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("tour")
        patch.setenv("VERHALEN_HOME", str(folder / "home"))
        patch.setenv("VERHALEN_NO_APP", "1")
        patch.delenv("VERHALEN_PASSPHRASE", raising=False)
        patch.chdir(folder)
        yield folder, {line: run(shlex.split(line)[1:]) for line in tours()[0]}


def test_the_tour_of_the_readme_can_be_walked(walked: tuple[Path, dict[str, int]]) -> None:
    folder, codes = walked
    assert {line: code for line, code in codes.items() if code} == {}
    assert (folder / "demo" / "exports" / "raad.docx").is_file()
    assert (folder / "proef" / "exports" / "raad.docx").is_file()


def test_both_languages_walk_the_same_tour() -> None:
    dutch, english = tours()
    assert [line.replace(" --lang en", "") for line in english] == dutch


def test_json_has_the_shape_that_docs_give(
    walked: tuple[Path, dict[str, int]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "proef"
    shutil.copytree(walked[0] / "proef", folder)
    rows = command_rows()
    wrong = {}
    done: set[Path_] = {("open",)}  # needs a terminal, and gives no JSON
    coding = memo = change = feedback = attachment = decision = ""
    _work_elsewhere(folder, tmp_path / "elders")
    monkeypatch.setenv("VERHALEN_BUNDLE_PASSPHRASE", "drie blauwe fietsen")
    for line in _calls(tmp_path):
        made = {"CODING": coding, "MEMO": memo, "CHANGE": change, "FEEDBACK": feedback, "ATTACHMENT": attachment}
        made["DECISION"] = decision
        words = [made.get(word, word) for word in shlex.split(line)]
        capsys.readouterr()
        code = run(["-w", str(folder), "--json", *words])
        said = json.loads(capsys.readouterr().out)
        path: Path_ = tuple(words[:2]) if tuple(words[:2]) in rows else (words[0],)
        done.add(path)
        coding = said["coding_id"] if path == ("code",) else coding
        change = said["change"] if path == ("redo",) else change
        feedback = said["feedback"] if path == ("feedback", "add") else feedback
        decision = said[0]["key"] if path == ("bundle", "open") else decision
        memo = said["memo_id"] if path == ("memo", "add") else memo
        attachment = said["attachment"] if path == ("stories", "attach") else attachment
        found = _keys(said)
        # A check that found something says so with 1.
        if code != (path == ("leaks",)) or found != _documented_keys(rows[path][1]):
            wrong[line] = (code, said if code else sorted(found))
    assert wrong == {}
    assert done == set(rows)


def _work_elsewhere(folder: Path, other: Path) -> None:
    """A copy of the project in which somebody says another thing of a code than is said here."""
    shutil.copytree(folder, other)
    assert run(["-w", str(other), "codebook", "edit", "ld.ink", "--definition", "Elders gezegd."]) == 0
    assert run(["-w", str(folder), "codebook", "edit", "ld.ink", "--definition", "Hier gezegd."]) == 0


def _calls(place: Path) -> list[str]:
    """Each command once, so that lists are not empty."""
    files = demo_files()
    key, names = shlex.quote(str(place / "sleutel.csv")), place / "namen.txt"
    names.write_text("Joris\n", "utf-8")
    newer = place / "nieuwer.md"
    newer.write_text("**Joris:** Nog iets?\n\n**Samira:** Nee.\n", "utf-8")
    patterns = place / "patronen.md"
    patterns.write_text("# slaap: Slaap\n\n- patronen: lemma:slapen\n", "utf-8")
    sound = place / "geluid.mp3"
    sound.write_bytes(b"\xff\xfb\x90\x00" * 9)
    new = shlex.quote(str(place / "nieuw"))
    return [
        f"new {new}",
        f"demo {shlex.quote(str(place / 'demo'))}",
        f"import {shlex.quote(str(files / 'interview-wendy.md'))}",
        "sources",
        f"export {new}/uit.qdpx",
        "text 1",
        f"original 1 -o {new}/origineel.md",
        f"renew 1 {shlex.quote(str(newer))}",
        "search kinderen",
        "correct 1 0 9 Gesprek",
        "codebook",
        f"codebook import {shlex.quote(str(shipped_codebook()))}",
        f"codebook export -o {new}/codes.csv",
        f"codebook sheet -o {new}/blad.docx",
        "codebook add ld.nieuw Nieuw --under ld --evidence WON",
        "codebook edit ld.nieuw --key ld.ander --colour '#2f6f9f'",
        "codebook move ld.ander --place 1",
        "codebook deprecate ld.ander",
        "codebook merge ld.ander ld.ink",
        "codebook add ld.leeg Leeg",
        "codebook remove ld.leeg",
        "code 1 100 150 ld.ink",
        "codings",
        "memo add CODING Nakijken.",
        "memo change MEMO Nagekeken.",
        "memos",
        f"memos export -o {new}/memos.md",
        f"memos import {new}/memos.md",
        "memo remove MEMO",
        "uncode CODING",
        f"codebook import {shlex.quote(str(patterns))}",
        "suggest --code slaap",
        f"families import {shlex.quote(str(files / 'contacts.csv'))}",
        "families",
        "families add",
        f"families export -o {new}/gezinnen",
        "families mapping Export --set Nr=gezin --value Nr:7=G007",
        "families mappings",
        "families check",
        "families due --days 60 --keep",
        "family add G900 --set Auto=ja",
        "family edit G900 --municipality Oudermeer",
        "attribute kind auto yes_no",
        "attribute kinds",
        "person add G900 kind1 --role kind",
        "person list G900",
        "person edit G900.kind1 --age-group 3-5",
        "person leave G900.kind1",
        "trajectory start G900 --day 2025-01-06",
        "trajectory edit G900 1 --coach Els",
        "trajectory end G900 --reason afgerond",
        "contact add G900 bericht --day 05/01/2026",
        "contact list G900",
        "contact remove G900 2026-01-05",
        "person remove G900.kind1",
        "trajectory remove G900 1",
        "attribute rename auto wagen",
        "attribute remove wagen",
        "family rename G900 G901",
        "reach",
        "coverage --seed 1",
        "scheme use ld.won",
        "scheme",
        "signals add 'Geen bus na acht uur' --at G001 --at V01",
        "signals told S1 'De Lijn' --day 2026-03-02",
        "signals answer S1 'Geen budget.' --day 2026-03-03",
        "signals result S1 'Een belbus.' --day 2026-03-04",
        "signals at S1 G002",
        "signals",
        "signals show S1",
        "signals remove S1",
        f"key new -o {key}",
        f"key use {key}",
        "key add Samira",
        f"key import {shlex.quote(str(names))}",
        "key nickname G007 Zwaluwnest",
        "key show",
        "key list",
        "leaks",
        "speakers link 1 Samira G007.moeder",
        "speakers show 1",
        "mask 1",
        "about 1 100 150 G007 G012",
        f"instruments import {shlex.quote(str(shipped_instruments()[0]))}",
        "instruments",
        f"instruments export tien_punten -o {new}/tien.yaml",
        f"instruments template -o {new}/ons.yaml",
        f"scores import {shlex.quote(str(files / 'scores_impactmeter.csv'))}",
        f"scores export -o {new}/scores.sav",
        "scores mapping Export --set Nr=gezin --value Nr:7=G007",
        "scores mappings",
        f"scores form -o {new}/ouders.docx --language fr",
        f"scores import {shlex.quote(str(files / 'scores_sociale_balans.csv'))}",
        "scores change",
        "scores baseline",
        "scores poverty",
        "scores rules",
        "scores window --try 60",
        f"stories import {shlex.quote(str(files / 'stories.csv'))}",
        f"stories form -o {new}/verhaal.docx --family G007",
        f"stories export {new}/verhalen.md",
        "stories mapping Dienst --set Nr=gezin --value Nr:7=G007",
        "stories mappings",
        f"stories sheet V04 -o {new}/gezin.docx",
        "stories",
        f"stories attach V01 {shlex.quote(str(sound))}",
        "stories attachments",
        "consent ATTACHMENT beeld ja",
        "consents",
        f"stories attachment ATTACHMENT -o {new}/geluid.mp3",
        "stories detach ATTACHMENT",
        "stories verify V01",
        "rounds new Lente --period 2025-01-01..2026-12-31 --member An=gezin --member Els=coach",
        "rounds",
        "rounds candidates R1",
        "rounds panel R1",
        "rounds vote R1 An V06",
        'rounds choose R1 V06 --reason "Hier leren we het meest uit."',
        "rounds show R1",
        "rounds close R1",
        "rounds reopen R1",
        "rounds trail",
        f"rounds agenda R1 -o {new}/agenda.docx",
        f"rounds summary R1 -o {new}/blad.docx",
        "feedback add team Verteld. --planned",
        "feedback",
        "feedback done FEEDBACK",
        "feedback remove FEEDBACK",
        "rounds remove R1",
        "cooccurrence",
        "typology --code WON",
        f"tables {new}/tabellen",
        "joint J1",
        'verdict add gezin:G012 spreekt_tegen --why "Ze lacht, en er beweegt niets."',
        "verdict",
        "verdict families --instrument impactmeter_mgo --all",
        "crosstab --by gemeente --measure row_percent --rows domain --unit families --tests",
        "quotes --code ld.won --by gemeente",
        f"report new {new}/raad.md",
        f"report build {new}/raad.md -o {new}/raad.docx",
        f"report check {new}/raad.docx",
        f"report refresh {new}/raad.docx -o {new}/bijgewerkt.docx",
        f"report page {new}/raad.md -o {new}/raad.html",
        f"report template {new}/raad.docx",
        f"report accessible {new}/blad.docx",
        "report ledger",
        "report sent raad.md",
        "report unsend raad.md",
        "report forget raad.md",
        "report threshold council --k 4",
        "agreement --code rol.vertrouwen --disagreements",
        "history",
        "undo",
        "redo",
        "history back CHANGE",
        "history forth",
        f"bundle out -o {new}/uit.bundel",
        f"bundle in {shlex.quote(str(place / 'elders'))}/project.verhalen --yes",
        "bundle open",
        "bundle decide DECISION 2",
        "bundle partners",
        "check",
        f"backup -o {new}/kopie.verhalen",
        "withdraw V01",
    ]


def _keys(said: Any) -> set[str]:
    return set(said[0] if isinstance(said, list) else said)


def _documented_keys(shape: str) -> set[str]:
    """The outermost keys of `[{a, b: [{c}], d: {e}}]`."""
    code = re.match(r"`([^`]*)`", shape)
    assert code, shape
    inside = code.group(1).removeprefix("[").removesuffix("]").removeprefix("{").removesuffix("}")
    while (flat := re.sub(r"\[\{[^{}]*\}\]|\{[^{}]*\}", "", inside)) != inside:
        inside = flat
    return {part.split(":")[0].strip() for part in inside.split(",") if part.strip()}


# -- what the pages name ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    known = {path for path, _ in every_command()}
    groups = {path[0] for path in known if len(path) == 2}
    unknown = []
    for words in re.findall(
        r"(?m)(?:^    |`)verhalen((?: (?:-w|--lang) \S+)*(?: [a-z]+){1,2})", page.read_text("utf-8")
    ):
        path = tuple(re.sub(r" (?:-w|--lang) \S+", "", words).split())
        if (path[:1] not in known and path[:2] not in known) or (
            path[0] in groups and path[:2] not in known | {path[:1]}
        ):
            unknown.append(words)
    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^    |`)make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE))
    assert named - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        file, _, anchor = target.partition("#")
        place = (page.parent / file).resolve() if file else page
        if not place.is_file() or (anchor and anchor not in anchors(place)):
            lost.append(target)
    assert lost == []


def anchors(page: Path) -> set[str]:
    """The names by which headings are linked to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_example_of_the_python_door_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERHALEN_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"^```python\n(.*?)^```", read("docs/api.md"), re.MULTILINE | re.DOTALL)
    assert len(examples) == 1
    exec(compile(examples[0], "docs/api.md", "exec"), {})
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "interview-samira.md ['Joris', 'Samira'] None"
    assert said[1] == "G007 positive zevenhonderd voor een huis"
    assert said[-1] == "True"


def test_docs_name_every_method_of_the_python_door() -> None:
    page = read("docs/api.md")
    doors: dict[str, type[Any]] = {
        "project": Project, "codes": Codes, "codings": Codings, "families": Families, "scores": Scores,
        "stories": Stories, "story_papers": StoryPapers, "reports": Reports, "releases": Releases, "history": History,
        "privacy": Privacy, "masking": Masking, "corrections": Corrections,
        "snapshots": Snapshots, "consents": Consents, "attachments": Attachments, "verifying": Verifying,
        "suggestions": Suggestions, "board": Board, "scheme": Scheme, "crossing": Crossings, "relating": Relating,
        "rounds": Rounds, "feedback": FeedbackLog, "exchange": Exchange, "joining": Joining, "bundles": Bundles,
    }  # fmt: skip
    wanted = {f"{door}.{name}" for door, kind in doors.items() for name in public(kind)}
    assert {name for name in wanted if not re.search(rf"(?<!\w){re.escape(name)}\b", page)} == set()
    sources = page.split("\n## `project.sources`\n")[1].split("\n## ")[0]
    assert {name for name in public(Sources) if f"{name}(" not in sources} == set()


def public(kind: type[Any]) -> list[str]:
    """What a class offers."""
    return [name for name in vars(kind) if not name.startswith("_")]


def test_the_page_of_keys_is_up_to_date() -> None:
    assert read("docs/keys.md") == keys.page(), "make messages, then: python -m tools.keys"


def test_every_command_of_the_app_is_offered_somewhere() -> None:
    keys.load()
    assert keys.command_classes() - keys.listed() == set()


# -- formats and methods ---------------------------------------------------------------------------------------------


def test_docs_name_every_placeholder_with_its_arguments() -> None:
    table = read("docs/formats.md").split("\n## Report sources\n")[1]
    rows = {
        re.sub(r" \w+=.*", "", inside.strip()): line
        for line in table.splitlines()
        for inside in re.findall(r"^\| `\{\{([^}]*)\}\}`", line)
    }
    assert set(rows) == set(KNOWN)
    assert [(name, key) for name, allowed in KNOWN.items() for key in allowed if f"{key}=" not in rows[name]] == []


def test_docs_name_keys_at_the_top_of_a_report_that_can_be_read() -> None:
    table = read("docs/formats.md").split("\n## Report sources\n")[1].split("| Placeholder |")[0]
    names = [name for cell in re.findall(r"^\| ([a-z, ]+) \|", table, re.MULTILINE) for name in cell.split(", ")]
    assert names == [
        *("titel", "ondertitel", "periode", "publiek", "instrument", "dagen", "venster", "regel"),
        *("gemeenten", "huisstijl", "taal", "k", "codeur"),
    ]
    front = ["---", *(f"{name}:" for name in names), "---"]
    assert split_front(front)[2] == ()


def test_docs_name_every_suffix_that_is_read() -> None:
    line = next(line for line in read("docs/formats.md").splitlines() if line.startswith("Read: "))
    assert re.findall(r"`(\.\w+)`", line) == sorted(KNOWN_SUFFIXES)


@pytest.mark.parametrize(
    "columns",
    [
        story_names.COLUMNS,
        codebook_tables.COLUMNS,
        codebook_text.FIELDS,
        family_names.PERSON_COLUMNS,
        family_names.TRAJECTORY_COLUMNS,
        family_names.CONTACT_COLUMNS,
        score_words.HEAD,
        score_words.ANSWER,
        score_words.FOR_READING,
        score_words.CODEBOOK,
        tuple(Reason),
        coding_tables.SPEAKER_COLUMNS,
        coding_tables.CODING_COLUMNS,
        tuple(story_names.VOICES.values()),
        tuple(story_names.FORMS.values()),
        tuple(story_names.SHARES.values()),
        tuple(Purpose),
        tuple(Answer),
    ],
)
def test_docs_name_every_column_and_word(columns: tuple[str, ...]) -> None:
    page = read("docs/formats.md").replace("toestemming_*", " ".join(story_names.CONSENT_COLUMNS))
    assert [name for name in columns if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", page)] == []


def test_every_method_that_the_code_refers_to_stands_in_docs() -> None:
    headings = set(re.findall(r"^#{2,3} ([A-Z]\d?)\b", read("docs/methods.md"), re.MULTILINE))
    referred = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for names in re.findall(r"\bmethods(?:\.md)? ([A-Z]\d?(?:(?:, | and |-)[A-Z]\d)*)", path.read_text("utf-8"))
        for name in re.findall(r"[A-Z]\d?", names)
    }
    assert referred - headings == set()
