"""Make `.venv` ready with nothing but Python, pip and make: `python3 tools/prepare.py run|dev`.

Standard library only. Quick when nothing changed: a stamp in `.venv` holds a digest of what pyproject.toml asks for.
It may speak before any catalogue is compiled, so its few sentences stand here in both languages.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BOOTSTRAP = ROOT / "build" / "virtualenv"
LOG = ROOT / "build" / "prepare.log"
SETS = {"run": (".", 130, 410), "dev": (".[dev]", 210, 720)}
"""What pip is asked for; MB that it fetches with an empty cache, MB on disk (measured November 2026, Linux x86-64)."""
PIP_QUIETLY = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    # A user's own pip configuration may ask for these; into a folder of ours they only get in the way.
    "PIP_USER": "0",
    "PIP_REQUIRE_VIRTUALENV": "0",
    # Debian marks its Python "externally managed". We install into a folder of the checkout, never into the system.
    "PIP_BREAK_SYSTEM_PACKAGES": "1",
    "PIP_ROOT_USER_ACTION": "ignore",
}


class CannotPrepareError(Exception):
    """We cannot go on; the arguments say in Dutch and in English what to do."""


def say(dutch: str, english: str) -> None:
    """One sentence in both languages, at once on the screen."""
    print(f"{dutch}\n{english}", flush=True)


def prepare(name: str) -> None:
    """Bring `.venv` up to date for the set `name`: packages first, then the message catalogues."""
    if not is_current(name):
        install(name)
    elif catalogues_are_stale():
        compile_catalogues()


def install(name: str) -> None:
    """Install the set and leave its stamp."""
    wanted, fetched, stored = SETS[name]
    say(
        f"Ik zet de pakketten klaar in .venv: de eerste keer ongeveer {fetched} MB te downloaden, {stored} MB op schijf.",
        f"Setting up the packages in .venv: the first time about {fetched} MB to download, {stored} MB on disk.",
    )
    started = time.monotonic()
    LOG.parent.mkdir(exist_ok=True)
    LOG.write_text("", "utf-8")
    make_environment(VENV)
    pip_install(VENV, "-e", wanted)
    stamp(name).write_text(digest(), "utf-8")
    seconds = round(time.monotonic() - started)
    say(f"Klaar, in {seconds} seconden.", f"Done, in {seconds} seconds.")


def stamp(name: str) -> Path:
    """The file that says for what the set was last installed."""
    return VENV / f".verhalen-{name}"


def digest() -> str:
    """What an installation depends on: the parts of pyproject.toml that pip and the build read."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    parts = [project["build-system"], project["project"], project["tool"]["hatch"]]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def is_current(name: str) -> bool:
    """The set stands there for today's pyproject.toml; the development set holds the run-time set."""
    stamps = [stamp(one) for one in {name, "dev"}]
    return any(one.is_file() and one.read_text("utf-8") == digest() for one in stamps) and is_usable(VENV)


def is_usable(target: Path) -> bool:
    """An environment with a new enough Python and pip, made for this very place (its scripts hold its path)."""
    python, script = target / "bin" / "python", target / "bin" / "pip"
    if not script.is_file() or os.fsencode(target) not in script.read_bytes()[:1000]:
        return False
    return runs([python, "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"])


def make_environment(target: Path) -> None:
    """Make the virtual environment `target`, also where Debian left `ensurepip` out, by virtualenv in a folder of ours."""
    if is_usable(target):
        return
    shutil.rmtree(target, ignore_errors=True)
    if runs([sys.executable, "-m", "venv", target]):
        return
    shutil.rmtree(target, ignore_errors=True)
    if not runs([sys.executable, "-m", "pip", "--version"]):
        raise CannotPrepareError(
            "Deze Python mist 'venv' en 'pip'. Installeer ze en probeer opnieuw. "
            "Op Debian of Ubuntu: sudo apt install python3-venv python3-pip",
            "This Python lacks 'venv' and 'pip'. Install them and try again. "
            "On Debian or Ubuntu: sudo apt install python3-venv python3-pip",
        )
    shutil.rmtree(BOOTSTRAP, ignore_errors=True)
    run_pip([sys.executable, "-m", "pip", "install", "--progress-bar=off", "--target", BOOTSTRAP, "virtualenv"])
    if not runs([sys.executable, "-m", "virtualenv", target], {"PYTHONPATH": str(BOOTSTRAP)}):
        fail("virtualenv kon .venv niet maken.", "virtualenv could not make .venv.")


def pip_install(target: Path, *wanted: str) -> None:
    """Install into the environment `target`, with one moving line on a terminal and all of pip's words in the log."""
    run_pip([target / "bin" / "python", "-m", "pip", "install", "--progress-bar=off", *wanted])


def run_pip(command: Sequence[str | Path]) -> None:
    """Run pip and show which package it is at. Raises with the tail of the log shown when it fails."""
    watched = sys.stdout.isatty()
    with (
        LOG.open("a", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **PIP_QUIETLY},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as pip,
    ):
        for line in pip.stdout or ():
            log.write(line)
            if watched and line.split(maxsplit=1)[:1] in (["Collecting"], ["Downloading"], ["Installing"]):
                print(f"\r\x1b[2K  {line.strip()[:70]}", end="", flush=True)
    if watched:
        print("\r\x1b[2K", end="", flush=True)
    if pip.returncode:
        fail("pip kon niet alles installeren. Is er internet?", "pip could not install everything. Is there internet?")


def fail(dutch: str, english: str) -> None:
    """Show the end of the log and stop."""
    print(*LOG.read_text("utf-8").splitlines()[-25:], sep="\n", flush=True)
    raise CannotPrepareError(f"{dutch} Alles staat in {LOG}", f"{english} All of it is in {LOG}")


def runs(command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> bool:
    """Run a command whose words only matter in the log; say whether it worked."""
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env={**os.environ, **(extra or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
            )
        except OSError:
            return False
    return done.returncode == 0


def catalogues_are_stale() -> bool:
    """A .po is newer than its .mo, or has none: after a pull, say."""
    for po in (ROOT / "src" / "verhalen" / "locale").glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            return True
    return False


def compile_catalogues() -> None:
    """Compile with babel where the development set is; else let the build hook do it."""
    if not runs([VENV / "bin" / "python", "-m", "tools.messages", "compile"]):
        pip_install(VENV, "--no-deps", "-e", ".")


def main() -> int:
    """Prepare the set that was asked for; 1 and a plain sentence when that cannot be."""
    try:
        prepare(sys.argv[1])
    except CannotPrepareError as error:
        say(*error.args)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
