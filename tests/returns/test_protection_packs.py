"""A short run of the invented packs: protection, attack and trying everything out agree, and can disagree."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.return_packs import MUST_BE_NONE, attacked, examined, tried_out
from benchmarks.return_packs_invented import STORIES, invented
from coachdesk.returns.protection import protect, round_to

SEEDS = st.integers(0, 10**9)
BLOCKS, BLOCK = 10, 100
ENUMERATED = 40
"""At least so many of a block; the others withhold how many people there are in all, and nothing limits what could be true."""


@pytest.mark.parametrize("block", range(BLOCKS))
def test_a_thousand_tiny_packs_withstand_the_attack_and_everything_tried_out(block: int) -> None:
    """The same thousand each time, in blocks so that they can be shared out; 18 ms of one core each when measured."""
    found: Counter[str] = Counter()
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        found += examined(invented(seed, "tiny"), 0.0)
    assert found["packs"] == BLOCK
    assert found["enumerations"] >= ENUMERATED
    assert not any(found[name] for name in MUST_BE_NONE)


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_tiny_packs_that_withhold_the_least_withstand_the_attack(seed: int) -> None:
    found = examined(invented(seed, "tiny"), 0.3)
    assert found["attacks"] or found["returns refused"]
    assert not any(found[name] for name in MUST_BE_NONE)


@pytest.mark.parametrize("story", sorted(set(STORIES) - {"tiny"}))
def test_every_story_withstands_the_attack(story: str) -> None:
    for seed in range(2):
        found = examined(invented(seed, story), 0.0)
        assert found["returns"] + found["returns refused"] >= 1
        assert not any(found[name] for name in MUST_BE_NONE)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_tiny_packs_that_are_rounded_withstand_the_attack(seed: int) -> None:
    pack = invented(seed, "tiny")
    (release,) = pack.releases
    rounded = round_to(release.tables, release.relations, pack.rule, base=max(5, pack.rule.threshold))
    assert not any(attacked(pack, rounded.tables, release.relations)[name] for name in MUST_BE_NONE)


def test_a_withheld_number_printed_again_is_noticed_by_both() -> None:
    noticed = {"narrow by attack": 0, "narrow by enumeration": 0}
    for seed in range(12):
        pack = invented(seed, "tiny")
        (release,) = pack.releases
        starts, ends = protect(release.tables, release.relations, pack.rule, seconds=0).tables
        plain = [
            key for key, value in starts.values.items() if value is None and starts.table.counts[key] >= 3
        ]
        if plain and starts.values[starts.table.total_key] is not None:
            told = {**starts.values, plain[0]: starts.table.counts[plain[0]]}
            opened = (replace(starts, values=told), ends)
            found = attacked(pack, opened, release.relations) + tried_out(pack, opened)
            for name in noticed:
                noticed[name] += found[name] > 0
    assert min(noticed.values()) > 0
