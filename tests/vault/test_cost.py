"""What a guess costs: never under the floor, the same key however the accents are typed."""

import itertools

import pytest

from coachdesk.vault import cost as cost_module
from coachdesk.vault.cost import Cost, measured
from coachdesk.vault.trouble import NotEnoughMemory
from tests.vault_fixtures import OUTGROWN


def test_composed_and_decomposed_accents_are_one_passphrase() -> None:
    assert Cost.floor().derive("Zoe\u0308 und Bjo\u0308rn", bytes(16)) == Cost.floor().derive(
        "Zoë und Björn", bytes(16)
    )
    assert Cost.floor().derive("Zoë", bytes(16)) != Cost.floor().derive("Zoë ", bytes(16))


@pytest.mark.parametrize(
    ("cost", "fit"),
    [
        (Cost.floor(), True),
        (Cost(1024 * 1024), True),
        (Cost(64 * 1024 - 1), False),
        (Cost(2**31), False),
        (Cost(65536, 2), False),
        (Cost(65536, 11), False),
        (Cost(65536, 3, 1), False),
    ],
)
def test_floor_and_ceiling(cost: Cost, fit: bool) -> None:  # noqa: FBT001 - the expected answer
    assert cost.acceptable() is fit


@pytest.mark.parametrize(("step", "memory"), [(0.1, 512), (0.8, 512), (1.0, 512), (2.0, 64)])
def test_the_largest_bearable_cost_is_taken(
    monkeypatch: pytest.MonkeyPatch, step: float, memory: int
) -> None:
    monkeypatch.setattr(Cost, "derive", lambda *_: bytes(32))
    ticks = itertools.count()
    assert measured(lambda: next(ticks) * step) == Cost(memory * 1024)


def test_the_ladder_stops_where_it_gets_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cost, "derive", lambda *_: bytes(32))
    times = iter([0.0, 0.2, 0.0, 0.6, 0.0, 1.6])
    assert measured(lambda: next(times)) == Cost(128 * 1024)


def test_short_memory_is_not_a_wrong_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    class Starved:
        def __init__(self, **_: object) -> None:
            raise MemoryError

    monkeypatch.setattr(cost_module, "Argon2id", Starved)
    with pytest.raises(NotEnoughMemory, match="not enough free memory") as caught:
        Cost.floor().derive("x", bytes(16))
    assert caught.value.advice == "Close other programs, then try again."


def test_a_ladder_without_memory_stops_where_it_was_and_the_floor_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = 128 * 1024

    def starved(cost: Cost, _secret: str, _salt: bytes) -> bytes:
        if cost.memory > room:
            raise NotEnoughMemory("There is not enough free memory to unlock.")
        return bytes(32)

    monkeypatch.setattr(Cost, "derive", starved)
    assert measured() == Cost(room)
    room = 0
    with pytest.raises(NotEnoughMemory):
        measured()


@pytest.mark.parametrize(
    ("memory", "seconds", "raised"),
    [
        (64, 0.2, 256),
        (64, 0.1, 512),
        (64, 0.7, None),
        (64, 9.0, None),
        (128, 0.4, None),
        (128, 0.3, 512),
        (512, 0.1, None),
    ],
)
def test_a_cost_is_raised_only_from_under_half(memory: int, seconds: float, raised: int | None) -> None:
    grown = OUTGROWN(Cost(memory * 1024), seconds)
    assert grown == (Cost(raised * 1024) if raised else None)
