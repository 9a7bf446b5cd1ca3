import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest

from coachdesk.returns.catalogue import read_catalogue
from coachdesk.returns.counting import Counting
from coachdesk.returns.figures import Line, figure_rows
from coachdesk.returns.indicators.found import Found, people
from coachdesk.returns.shown import Printed, percent_words
from coachdesk.returns.tables import Protected
from coachdesk.returns.wishes import FigureRow

ON = dt.date(2026, 9, 30)


def ids(first: int, last: int) -> list[UUID]:
    return [UUID(int=number) for number in range(first, last + 1)]


SUSTAINED = Found(
    id="sustained-13",
    groups=(
        people("In work", ids(1, 12)),
        people("Not in work", ids(13, 15)),
        people("Not known", ids(16, 30)),
    ),
)


def printed(found: Found, *hidden: str) -> Printed:
    (table,) = Counting(period="p", threshold=5, breakdowns=()).count([], [("Title", found)]).tables
    values = {key: None if key[0] in hidden else count for key, count in table.counts.items()}
    return {table.id: Protected(table=table, values=values)}


def row(line: Line, shown: Printed) -> FigureRow:
    return figure_rows([line], shown, read_catalogue(), ON)[0]


def test_columns_are_printed_side_by_side_with_their_marks() -> None:
    found = row(Line(found=SUSTAINED, kind="split"), printed(SUSTAINED, "Not in work", "Not known"))
    assert found.value_words == "In work: 12; Not in work: 3; Not known: 15"
    assert found.base_words == "of 30"
    assert found.printed_words == "In work: 12; Not in work: [c]; Not known: [c]"
    assert row(Line(found=SUSTAINED, kind="split"), {}).printed_words == "[c]"


def test_what_was_planned_stands_beside_those_in_work() -> None:
    line = Line(found=SUSTAINED, kind="split", profile=10)
    found = row(line, printed(SUSTAINED, "Not in work", "Not known"))
    assert found.value_words == "In work: 12 (profile 10, 120%); Not in work: 3; Not known: 15"
    assert found.printed_words == "In work: 12 (profile 10, 120%); Not in work: [c]; Not known: [c]"
    hidden = row(line, printed(SUSTAINED, "In work", "Not known"))
    assert hidden.printed_words == "In work: [c] (profile 10); Not in work: 3; Not known: [c]"


def test_a_share_is_printed_only_from_printed_numbers() -> None:
    rate = replace(SUSTAINED, id="pay-adequacy")
    line = Line(found=rate, kind="share", leave_out=frozenset({"Not known"}))
    assert row(line, printed(rate)).value_words == "80% (12)"
    assert row(line, printed(rate)).base_words == "of 15"
    assert row(line, printed(rate)).printed_words == "80% (12 of 15)"
    assert row(line, printed(rate, "Not known")).printed_words == "80% (12 of 15)"
    assert row(line, printed(rate, "Not in work")).printed_words == "[c]"
    assert row(line, printed(rate, "In work")).printed_words == "[c]"


def test_a_share_of_fewer_than_ten_has_no_percentage() -> None:
    few = Found(id="employment-rate", groups=(people("In", ids(1, 5)), people("Out", ())))
    assert row(Line(found=few, kind="share"), printed(few)).printed_words == "5 of 5"


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(1, 8, "[c]"), (None, 20, "[c]"), (5, None, "[c]"), (1, 8 * 25, "1%"), (25, 200, "13%"), (0, 10, "0%")],
)
def test_percentages_are_whole_and_halves_go_up(part: int | None, whole: int | None, words: str) -> None:
    assert percent_words(part, whole) == words
