"""What may be tabulated at all, before anything is computed (disclosure.md 5.2)."""

from enum import IntEnum

COARSE_FROM = 20
ONE_WAY_FROM = 40
TWO_WAY_FROM = 200
FINE_INNER = 20
"""An average of so many people in an inner cell keeps most of a two-way table readable."""
LEAST_BASE = 10
"""Rates and means need a base of at least this many people (disclosure.md 5.1)."""


class Level(IntEnum):
    """How far a measure may be divided."""

    NOTHING = 0
    TOTAL = 1
    COARSE = 2
    ONE_WAY = 3
    TWO_WAY = 4


def level(people: int, threshold: int) -> Level:
    """Return how far a measure of so many people may be divided."""
    if people < threshold:
        return Level.NOTHING
    steps = ((COARSE_FROM, Level.TOTAL), (ONE_WAY_FROM, Level.COARSE), (TWO_WAY_FROM, Level.ONE_WAY))
    return next((found for below, found in steps if people < below), Level.TWO_WAY)


def fine_enough(people: int, cells: int) -> bool:
    """Return whether a two-way table of so many inner cells would be worth printing."""
    return people >= FINE_INNER * cells
