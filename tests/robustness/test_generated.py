"""Damaged files and generated statements, a few with a fixed seed, do no harm.

The long versions are benchmarks/fuzz_sources.py and benchmarks/statements.py.
"""

import sys
from itertools import islice
from pathlib import Path

import pytest

from kg.store import open_store

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

import fuzz_sources
import statements

pytestmark = pytest.mark.slow


def test_damaged_files_give_papers_problems_or_our_own_errors(tmp_path: Path) -> None:
    outcome = fuzz_sources.fuzz(inputs=150, builds=0, seed=11, seconds=20, keep=tmp_path)
    assert outcome.failures == []
    assert outcome.counts["papers"] and outcome.counts["problems"] and outcome.counts["InputError"]


def test_generated_statements_end_in_time_and_change_nothing(sample_store: Path) -> None:
    with open_store(str(sample_store)) as store:
        outcomes, times = statements.check(store, sample_store, 11, lambda endless: islice(endless, 200))
    assert len(times) == 200
    assert {outcome.split(":")[0] for outcome in outcomes} == {"valid", "nearly valid", "refused"}
    assert outcomes["valid: answered"]
