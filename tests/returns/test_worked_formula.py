"""The formula of a figure with the figure's own numbers in it."""

from uuid import UUID

import pytest

from coachdesk.returns.explaining import worked_formula
from coachdesk.returns.wishes import FigurePart, FigureRow


def figure(
    kind: str,
    *parts: tuple[str, int],
    unit: str = "People",
    left_out: str = "",
    value_words: str = "",
    base_words: str = "",
) -> FigureRow:
    made = tuple(
        FigurePart(
            label=label,
            number=number,
            client_ids=tuple(UUID(int=one) for one in range(min(number, 3))),
            left_out=label == left_out,
        )
        for label, number in parts
    )
    return FigureRow(
        id="x",
        title="X",
        definition="",
        formula="",
        client_ids=(),
        kind=kind,
        parts=made,
        unit=unit,
        value_words=value_words,
        base_words=base_words,
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (figure("count", ("Starts", 3)), "3 people, each counted once"),
        (figure("count", ("Starts", 1)), "1 person, each counted once"),
        (figure("count", ("Jobs", 1200), unit="Job starts"), "1,200 (job starts), of 3 people"),
        (figure("share", ("In work", 12), ("Not", 33)), "12 ÷ 45 = 27%, where 45 = 12 in work + 33 not"),
        (
            figure("share", ("Above", 1), ("Below", 1), ("Not known", 4), left_out="Not known"),
            "1 ÷ 2 = 50%, where 2 = 1 above + 1 below; left out: 4 not known",
        ),
        (
            figure("share", ("Above", 1), ("Below", 1), ("Not known", 0), left_out="Not known"),
            "1 ÷ 2 = 50%, where 2 = 1 above + 1 below",
        ),
        (figure("share", ("In work", 0), ("Not", 0)), "Nobody to divide by: there is no base"),
        (figure("split", ("In work", 5), ("Not", 3), ("Not known", 2)), "5 in work + 3 not + 2 not known = 10"),
        (
            figure("mean", ("Yes", 3), ("Partly", 2), ("No", 1), ("Don’t know", 7)),
            "(3 yes + ½ × 2 partly + 0 × 1 no) ÷ 6 answers = 0.67",
        ),
        (figure("mean", ("Yes", 0), ("Partly", 0), ("No", 0), ("Don’t know", 7)), "No answers to divide by"),
        (
            figure("amount", ("Days", 5), value_words="12 days", base_words="of 5"),
            "12 days of 5",
        ),
        (figure("count", value_words="7", base_words=""), "7"),
    ],
)  # fmt: skip
def test_formula(row: FigureRow, said: str) -> None:
    assert worked_formula(row) == said
