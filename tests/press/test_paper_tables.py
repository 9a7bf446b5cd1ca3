import pytest

from coachdesk.press.blocks import Align
from coachdesk.press.cells import Cell
from coachdesk.press.tables import _alignment, _shared


@pytest.mark.parametrize(
    ("wanted", "least", "widths"),
    [
        ([10, 30], [10, 10], [25, 75]),
        ([200, 20], [60, 20], [80, 20]),
        ([200, 200], [150, 50], [75, 25]),
        ([150, 110], [50, 10], [70, 30]),
        ([60, 50], [70, 10], [60, 40]),
    ],
)
def test_columns_fill_the_page_and_each_keeps_its_longest_word_where_it_can(
    wanted: list[float], least: list[float], widths: list[float]
) -> None:
    assert _shared(wanted, least, 100) == pytest.approx(widths)


@pytest.mark.parametrize(
    ("cells", "align"),
    [
        ([1, "[c]", None], Align.RIGHT),
        (["35%", "£12.60", "-1,204"], Align.RIGHT),
        ([1, "none"], Align.LEFT),
        (["16 to 24"], Align.LEFT),
        (["[c]"], Align.LEFT),
        ([], Align.LEFT),
    ],
    ids=[f"case {number}" for number in range(6)],
)
def test_figures_stand_to_the_right(cells: list[Cell], align: Align) -> None:
    assert _alignment(cells) is align
