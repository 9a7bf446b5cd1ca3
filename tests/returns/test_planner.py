import pytest

from coachdesk.returns.planner import Level, fine_enough, level


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (0, Level.NOTHING),
        (4, Level.NOTHING),
        (5, Level.TOTAL),
        (19, Level.TOTAL),
        (20, Level.COARSE),
        (39, Level.COARSE),
        (40, Level.ONE_WAY),
        (199, Level.ONE_WAY),
        (200, Level.TWO_WAY),
    ],
)
def test_the_fewer_people_the_fewer_tables(people: int, expected: Level) -> None:
    assert level(people, 5) is expected


def test_a_two_way_table_needs_twenty_people_a_cell() -> None:
    assert fine_enough(240, 12)
    assert not fine_enough(239, 12)
