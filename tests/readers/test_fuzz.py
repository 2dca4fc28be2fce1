"""Damage of every kind in samples of every format: a sound reading or a refusal of ours. `bench.fuzz_readers` goes on longer."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.mutating import SAMPLES, check, damaged

from verhalen.model.text import Reading

SUFFIXES = sorted(SAMPLES)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_samples_themselves_are_sound(suffix: str) -> None:
    assert isinstance(check(f"a{suffix}", SAMPLES[suffix]), Reading)


@given(st.sampled_from(SUFFIXES), st.integers(0, 1 << 32))
@settings(max_examples=400)
def test_a_damaged_file_gives_a_sound_reading_or_a_refusal_without_its_words(suffix: str, seed: int) -> None:
    check(f"a{suffix}", damaged(SAMPLES[suffix], random.Random(seed)))


@given(st.sampled_from(SUFFIXES), st.sampled_from(SUFFIXES), st.integers(0, 1 << 32))
@settings(max_examples=100)
def test_a_damaged_file_under_another_suffix_does_too(suffix: str, other: str, seed: int) -> None:
    check(f"a{other}", damaged(SAMPLES[suffix], random.Random(seed)))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_cut_off_anywhere_does_too(suffix: str) -> None:
    data = SAMPLES[suffix]
    for stop in range(1, len(data), max(1, len(data) // 25)):
        check(f"a{suffix}", data[:stop])
