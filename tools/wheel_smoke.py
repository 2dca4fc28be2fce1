"""Prove the wheel: build it, install it in a new environment outside the checkout, and run the demo there as a user would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.prepare import ROOT, CannotPrepareError, make_environment, pip_install, say

SHIPPED = """
import sys
from pathlib import Path
from verhalen.i18n import LOCALE_DIR
from verhalen.settings import shipped_files

for place in (LOCALE_DIR, shipped_files("codebooks"), shipped_files("transcripts")):
    assert Path(sys.prefix) in place.parents, place
    print(*sorted(str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()), sep="\\n")
"""
READ_WORD = "import docx, sys; print(sum(len(block.text) for block in docx.Document(sys.argv[1]).paragraphs))"


class SmokeError(Exception):
    """The wheel does not do what it should."""


def expect(holds: bool, what: str, *, told: str = "") -> None:
    """Print what holds; stop, with what the program told, at the first thing that does not."""
    if not holds:
        raise SmokeError(f"{what}\n{told}")
    print(f"  ok: {what}", flush=True)


def run(place: Path, *command: str | Path) -> str:
    """Run a program of the new environment in an empty folder, without the checkout in sight; give its standard output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("VERHALEN", "PYTHON"))}
    environment |= {"VERHALEN_NO_APP": "1", "VERHALEN_HOME": str(place / "home")}
    program, *arguments = command
    done = subprocess.run(
        [place / "env" / "bin" / program, *arguments],
        cwd=place / "empty",
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    said = "a look inside with Python" if "-c" in arguments else " ".join(map(str, command))
    expect(done.returncode == 0, said, told=done.stdout + done.stderr)
    return done.stdout


def build(place: Path) -> Path:
    """The wheel, built from the checkout with the hatchling of the development set."""
    command: list[str | Path] = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    expect(done.returncode == 0, "the wheel is built", told=done.stdout + done.stderr)
    (wheel,) = place.glob("*.whl")
    return wheel


def shipped_in_checkout() -> set[str]:
    """What the wheel must bring along: both compiled catalogues, and every codebook and transcript of the repository."""
    folders = [ROOT / "codebooks", ROOT / "transcripts"]
    files = {str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*") if path.is_file()}
    hidden = {name for name in files if Path(name).name.startswith(".")}
    return {f"{language}/LC_MESSAGES/verhalen.mo" for language in ("nl", "en")} | files - hidden


def smoke(place: Path) -> None:
    """All checks, in `place`."""
    (place / "empty").mkdir()
    wheel = build(place)
    make_environment(place / "env")
    pip_install(place / "env", str(wheel))
    missing = shipped_in_checkout() - set(run(place, "python", "-c", SHIPPED).splitlines())
    expect(not missing, "catalogues, codebooks and transcripts are shipped", told="\n".join(sorted(missing)))
    expect("Gebruik:" in run(place, "verhalen", "--help"), "help is in Dutch")
    expect("Usage:" in run(place, "verhalen", "--lang", "en", "--help"), "help is in English on request")
    demo = place / "demo"
    run(place, "verhalen", "demo", demo)
    reports = sorted((demo / "exports").glob("*.docx"))
    expect(bool(reports), "the demo leaves a Word report")
    for report in reports:
        expect(int(run(place, "python", "-c", READ_WORD, report)) > 0, f"{report.name} opens and holds text")
    expect(json.loads(run(place, "verhalen", "-w", demo, "check", "--json"))["ok"] is True, "the project is sound")
    run(place, "verhalen", "demo", demo)


def main() -> int:
    """Run the checks in a folder that is gone afterwards; 1 at the first that fails."""
    with tempfile.TemporaryDirectory(prefix="verhalen-wheel-") as folder:
        try:
            smoke(Path(folder).resolve())
        except SmokeError as error:
            print(f"  FAILED: {error}", flush=True)
            return 1
        except CannotPrepareError as error:
            say(*error.args)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
