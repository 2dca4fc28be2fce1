"""Files that mean harm, imported whole, each in a process of its own: `python -m bench.hostile [WORDS OF A CASE]`.

Seconds of work and memory of each, with names left and with names masked, beside the bounds of 10 s and 500 MB; the project must be intact.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.hostile_made import cases

SIZE = 5_000_000
SECONDS, MEGABYTES = 10, 500
MASKS = ("none", "auto")
_PATIENCE = 60
"""Seconds after which a case is ended."""


@dataclass(frozen=True, slots=True)
class Took:
    """What one import took."""

    seconds: float
    megabytes: float
    outcome: str

    @property
    def is_fine(self) -> bool:
        """Within bounds, and with an outcome of ours."""
        return self.seconds <= SECONDS and self.megabytes <= MEGABYTES and "!" not in self.outcome


def import_one(path: Path, mask: str) -> None:
    """In the process of one case: import and print what became of it."""
    from verhalen.api.project import new_project

    with new_project(path.parent / "w", coder="bench", empty=True) as project:
        before = project.history.check()
        start = _spent()
        found = list(project.sources.import_files([path], mask="auto" if mask == "auto" else "none"))
        took, most = _spent() - start, _peak()
        stored = [each for each in found if each.source is not None]
        codes = sorted({each.error.code for each in found if each.error is not None})
        after = project.history.check()
        intact = after.ok and (bool(stored) or after.digest == before.digest)
        outcome = f"{len(stored)} stored" * bool(stored) + " " + ",".join(codes) + " !DAMAGED" * (not intact)
        print(json.dumps([took, most, outcome.strip()]))


def _spent() -> float:
    """Seconds of work, of this process and its helpers: what others do on the machine does not count."""
    return sum(os.times()[:4])


def _peak() -> float:
    """The most memory that this process or a helper of it ever held, in MB."""
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    status = Path("/proc/self/status")
    if status.exists():
        # ru_maxrss of Linux begins with what the process had that started this one.
        return max(helpers, int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024)
    return max(helpers, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure(path: Path, mask: str) -> Took:
    """Import a file in a process of its own."""
    command = [sys.executable, "-m", "bench.hostile", "--one", str(path), mask]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return Took(_PATIENCE, 0, "!TOO SLOW")
    if done.returncode:
        return Took(0, 0, f"!DIED {done.stderr.strip().splitlines()[-1:]}")
    return Took(*json.loads(done.stdout))


def main(words: list[str]) -> None:
    """Measure the cases whose name holds all of `words`."""
    print(f"{'case':<44} {'mask none s':>12} {'MB':>5} {'mask auto s':>12} {'MB':>5}  outcome")
    for case in cases(SIZE):
        shown = case.name if case.name.endswith(Path(case.file).suffix) else f"{case.name} {Path(case.file).suffix}"
        if not all(word in shown for word in words):
            continue
        took = []
        for mask in MASKS:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                os.environ["VERHALEN_HOME"] = str(folder / "home")
                (folder / case.file).write_bytes(case.make())
                took.append(measure(folder / case.file, mask))
        cells = " ".join(f"{each.seconds:12.1f} {each.megabytes:5.0f}" for each in took)
        flag = "" if all(each.is_fine for each in took) else "  <-- OVER"
        print(f"{shown:<44} {cells}  {' / '.join(dict.fromkeys(each.outcome for each in took))}{flag}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        import_one(Path(sys.argv[2]), sys.argv[3])
    else:
        main(sys.argv[1:])
