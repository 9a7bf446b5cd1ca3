"""A slip in the recovery key is noticed and its group named; harmless ways of typing are accepted."""

import random

import pytest

from coachdesk.errors import Refusal
from coachdesk.vault.recovery import LETTERS, new_recovery_key, secret_of


def test_a_key_has_eight_groups_of_five() -> None:
    key = new_recovery_key()
    assert [len(group) for group in key.split("-")] == [5] * 8
    assert len(secret_of(key)) == 32


def test_harmless_ways_of_typing() -> None:
    key = new_recovery_key()
    typed = key.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert secret_of(typed) == secret_of(key)
    assert secret_of(key.replace("-", "").replace("1", "I")) == secret_of(key)


def test_every_wrong_character_is_noticed_and_its_group_named() -> None:
    key = new_recovery_key().replace("-", "")
    for place, letter in enumerate(key):
        for other in LETTERS:
            if other == letter:
                continue
            with pytest.raises(Refusal) as caught:
                secret_of(key[:place] + other + key[place + 1 :])
            assert f"group {place // 5 + 1}" in caught.value.message
            assert "recovery_key" in caught.value.fields


@pytest.mark.parametrize("seed", range(40))
def test_swaps_are_noticed(seed: int) -> None:
    key = new_recovery_key().replace("-", "")
    for place in range(len(key) - 1):
        if key[place] != key[place + 1]:
            with pytest.raises(Refusal):
                secret_of(key[:place] + key[place + 1] + key[place] + key[place + 2 :])
    groups = [key[start : start + 5] for start in range(0, 40, 5)]
    first, second = random.Random(seed).sample(range(8), 2)  # noqa: S311 - picks a case, guards nothing
    if groups[first] != groups[second]:
        groups[first], groups[second] = groups[second], groups[first]
        with pytest.raises(Refusal):
            secret_of("".join(groups))


def test_too_short_and_strange_letters() -> None:
    with pytest.raises(Refusal, match="40 characters"):
        secret_of("ABC")
    with pytest.raises(Refusal, match="group 1"):
        secret_of("U" * 40)
