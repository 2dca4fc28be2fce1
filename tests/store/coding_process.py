"""A process of its own that codes one letter after another: `python coding_process.py FILE CODER SOURCE CODE COUNT`.

It prints the id of each coding after the commit; a count of 0 goes on until somebody ends it.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from verhalen.coding.editing import Intent, apply_codes
from verhalen.errors import ProjectBusy
from verhalen.store.project import ProjectFile

FULL = 2
"""What SQLite calls a commit that waits until the disk has it."""


def main() -> None:
    file, coder, source, code, count = sys.argv[1:]
    with ProjectFile.open(Path(file), coder=coder) as project:
        # The tests around us do not wait for the disk; what is acknowledged here did.
        assert project.number("pragma synchronous") == FULL
        for number in range(int(count)) if int(count) else itertools.count():
            place = number % 80
            try:
                done = apply_codes(project, [Intent(int(source), place, place + 1 + number // 80, code)])
            except ProjectBusy:
                continue
            print(done[0].coding_id, flush=True)


if __name__ == "__main__":
    main()
