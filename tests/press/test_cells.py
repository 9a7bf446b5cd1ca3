from datetime import date
from decimal import Decimal

import pytest

from coachdesk.press.cells import Cell, cell_words, is_mark, is_number


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, ""),
        (True, "Yes"),
        (False, "No"),
        (1204, "1,204"),
        (21.5, "21.5"),
        (Decimal("1204.50"), "1,204.50"),
        (date(2026, 10, 3), "3 October 2026"),
        ("as it is", "as it is"),
    ],
)
def test_a_cell_reads_as_a_person_writes_it(cell: Cell, words: str) -> None:
    assert cell_words(cell) == words


def test_a_yes_is_no_number() -> None:
    assert is_number(3)
    assert is_number(Decimal(3))
    assert not is_number(True)
    assert not is_number("3")


def test_shorthand_is_told_from_words() -> None:
    assert is_mark("[c]")
    assert not is_mark("[c] is withheld")
    assert not is_mark(3)
