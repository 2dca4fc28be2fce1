"""Damage samples of every format for as long as you like: `python -m bench.fuzz_readers --minutes 10 [--seed 1] [.rtf .pdf]`.

What breaks a rule is kept in a folder with its seed, so that it can become a test; the run goes on and tells at the end.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.mutating import SAMPLES, check, damaged

from verhalen.model.text import Reading

SLOW = 2.0
"""Seconds of work that no damage to a file of some kilobytes may cost."""


def run(minutes: float, seed: int, suffixes: list[str]) -> int:
    """Damage and read; give how many files broke a rule."""
    folder = Path(tempfile.mkdtemp(prefix="verhalen-fuzz-"))
    made: Counter[str] = Counter()
    read: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        seed += 1
        chance = random.Random(seed)
        suffix = chance.choice(suffixes)
        data = damaged(SAMPLES[suffix], chance)
        name = f"a{chance.choice(sorted(SAMPLES))}" if chance.random() < 0.05 else f"a{suffix}"
        made[suffix] += 1
        start = time.process_time()
        try:
            read[suffix] += isinstance(check(name, data), Reading)
            assert time.process_time() - start < SLOW
        except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
            where = traceback.format_exc().strip().splitlines()
            found = " | ".join(line.strip() for line in where[-3:])
            if not broken[found]:
                (folder / f"{seed}-{name}").write_bytes(data)
                print(f"{name} (seed {seed}, kept in {folder}): {found}", flush=True)
            broken[found] += 1
    for suffix in suffixes:
        print(f"{suffix:<6} {made[suffix]:>8} damaged, {read[suffix]:>8} read all the same")
    return sum(broken.values())


def main() -> None:
    """Run for the minutes that are asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("suffixes", nargs="*", default=sorted(SAMPLES))
    given = parser.parse_args()
    broken = run(given.minutes, given.seed, given.suffixes)
    print(f"{broken} files broke a rule")
    raise SystemExit(bool(broken))


if __name__ == "__main__":
    main()
