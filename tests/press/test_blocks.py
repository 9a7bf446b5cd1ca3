from collections.abc import Callable

import pytest

from coachdesk.press.blocks import Align, Chart, Heading, TableBlock


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: Heading(0, "x"), "level"),
        (lambda: Heading(7, "x"), "level"),
        (lambda: TableBlock("t", [], []), "column"),
        (lambda: TableBlock("t", ["a", "b"], [["1"]]), "one cell"),
        (lambda: TableBlock("t", ["a", "b"], [], alignment=[Align.LEFT]), "alignment"),
        (lambda: Chart("t", [], [], "says"), "categories"),
        (lambda: Chart("t", ["a"], [1, 2], "says"), "categories"),
        (lambda: Chart("t", ["a"], [1], "  "), "says what it shows"),
        (lambda: Chart("t", ["a"], [-1], "says"), "shorter"),
    ],
    ids=[f"case {number}" for number in range(9)],
)
def test_what_cannot_be_printed_is_refused_when_it_is_described(
    wrong: Callable[[], object], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        wrong()


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([71], (0, 20, 40, 60, 80)),
        ([1], (0, 1)),
        ([4], (0, 1, 2, 3, 4)),
        ([0], (0, 1)),
        ([None], (0, 1)),
        ([1030, None], (0, 500, 1000, 1500)),
        ([0.5], (0, 0.1, 0.2, 0.3, 0.4, 0.5)),
    ],
)
def test_gridlines_are_round_reach_the_longest_bar_and_halve_nobody(
    values: list[float | None], ticks: tuple[float, ...]
) -> None:
    assert Chart("t", [str(at) for at in range(len(values))], values, "says").ticks() == pytest.approx(ticks)


def test_a_withheld_figure_is_a_mark_not_a_nought() -> None:
    chart = Chart("t", ["a", "b", "c", "d"], [None, 0, 1204.0, 0.5], "says")
    assert [chart.value_words(index) for index in range(4)] == ["[c]", "0", "1,204", "0.5"]
    assert Chart("t", ["a"], [35], "says", "%").value_words(0) == "35%"
    assert Chart("t", ["a"], [35], "says", "clients").value_words(0) == "35"
