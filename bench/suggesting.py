"""Suggestions for one transcript, and for a whole project beside taking the lemmas of the same words."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from bench.measure import Figure, best_ms
from bench.workload import coding_rows, fill, turns_of
from verhalen.api.project import Project
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.model.patterns import Pattern, PatternKind
from verhalen.store import codebook, sources
from verhalen.store.project import ProjectFile

CHARACTERS = 60_000
TEXTS = 200
CODES = 120
CODINGS = 10_000
_SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "par", "sten", "tor", "vel", "zig", "dra", "hus")


def figures(folder: Path) -> list[Figure]:
    """One text out of many, and all of them."""
    texts = [talk(seed) for seed in range(TEXTS)]
    project = Project(_filled(folder / "suggesting", texts))
    project.suggestions.of(1)
    one = best_ms(lambda: project.suggestions.of(1))
    everything = best_ms(project.suggestions.of, times=1)
    project.close()
    return [
        Figure(
            f"suggestions for one of {TEXTS} texts, {CODINGS:,} codings in all",
            one,
            None,
            "300 ms",
        ),
        Figure(
            f"suggestions for all {TEXTS} texts of {CHARACTERS:,} characters, beside their lemmas",
            everything,
            best_ms(lambda: [lemma_text(text) for text in texts], times=1),
            "a few seconds",
        ),
    ]


def vocabulary() -> list[str]:
    """Words that nobody says, the first ones often."""
    chance = random.Random(3)
    return list(dict.fromkeys("".join(chance.choices(_SYLLABLES, k=chance.randrange(3, 6))) for _ in range(6_000)))


def talk(seed: int) -> str:
    """Sentences of two speakers; few words are said often, most seldom, as people do."""
    chance, words, turns, length = random.Random(seed), vocabulary(), list[str](), 0
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    while length < CHARACTERS:
        said = [" ".join(chance.choices(words, weights, k=chance.randrange(4, 14))) + "." for _ in range(4)]
        turns.append(f"{chance.choice(('Anna', 'Bert'))}: {' '.join(said)}")
        length += len(turns[-1]) + 2
    return "\n\n".join(turns)


def _filled(folder: Path, texts: list[str]) -> ProjectFile:
    folder.mkdir(parents=True)
    project, words = ProjectFile.create(folder, coder="bench"), vocabulary()
    with project.change(Act.IMPORT) as writing:
        source_ids = [
            sources.add_source(
                writing,
                sources.NewSource(
                    f"t{at}", "transcript", ".txt", text, lemma_text(text), turns_of(text), None, f"d{at}"
                ),
            )
            for at, text in enumerate(texts)
        ]
    with project.change(Act.IMPORT_CODEBOOK) as writing:
        plain = [Code(f"c.{number}", f"Code {number}") for number in range(CODES)]
        codes = [
            replace(code, patterns=(Pattern(PatternKind.WORD, words[-number - 1]),))
            for number, code in enumerate(plain)
        ]
        code_ids = [codebook.add_code(writing, code) for code in codes]
    rows = coding_rows(CODINGS, source_ids=source_ids, code_ids=code_ids, coder=project.coder_id, characters=CHARACTERS)
    fill(project, rows)
    return project
