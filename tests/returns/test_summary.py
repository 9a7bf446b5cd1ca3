import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from io import BytesIO
from uuid import UUID

import pikepdf
import pytest

from coachdesk.press.blocks import ChartBlock, Document, KeepTogether, TableBlock
from coachdesk.press.pdf import pdf
from coachdesk.returns.finished.pdf_file import pdf_faults
from coachdesk.returns.periods import Period
from coachdesk.returns.summary import summary
from coachdesk.returns.summary_trend import Point, before, headlines, short_words, trend
from coachdesk.returns.wishes import EarlierFigures, NarrativeText, PreparedReturn
from tests.press.paper import Paper
from tests.returns.finished.finished_pack import figure, prepared
from tests.vault_fixtures import TODAY

Q1 = (dt.date(2026, 4, 1), dt.date(2026, 6, 30))
WORDS = "We learned that people who meet an employer early stay with it. " * 30


def earlier(*quarters: tuple[tuple[dt.date, dt.date], int | None]) -> PreparedReturn:
    """Return the return with what these quarters printed of its starts."""
    told = tuple(
        EarlierFigures(from_on=from_on, to_on=to_on, numbers={"starts": number})
        for (from_on, to_on), number in quarters
    )
    return dataclasses.replace(prepared(), earlier_figures=told)


def quarter(year: int, month: int) -> tuple[dt.date, dt.date]:
    after = dt.date(year + (month > 9), (month + 2) % 12 + 1, 1)
    return dt.date(year, month, 1), after - dt.timedelta(days=1)


YEAR = earlier((quarter(2025, 7), 120), (quarter(2025, 10), None), (quarter(2026, 4), 140))


def charts(document: Document) -> list[ChartBlock]:
    return [
        block
        for group in document.blocks
        if isinstance(group, KeepTogether)
        for block in group.blocks
        if isinstance(block, ChartBlock)
    ]


def text(document: Document) -> str:
    return " ".join(words for _, words in Paper(pdf(document)).read())


def test_a_trend_goes_back_over_quarters_and_says_which_was_withheld_or_never_issued() -> None:
    assert trend(YEAR, "starts") == (
        Point(words="Jul to Sep 2025", number=120),
        Point(words="Oct to Dec 2025", number=None),
        Point(words="Jan to Mar 2026", number=None, is_issued=False),
        Point(words="Apr to Jun 2026", number=140),
        Point(words="Jul to Sep 2026", number=151),
    )


def test_a_trend_goes_back_no_further_than_its_page_and_begins_with_a_return() -> None:
    old = earlier((quarter(2024, 1), 90), (quarter(2026, 4), 140))
    assert [point.words for point in trend(old, "starts")] == ["Apr to Jun 2026", "Jul to Sep 2026"]
    many = earlier(*((quarter(2024 + at // 4, at % 4 * 3 + 1), 100 + at) for at in range(10)))
    assert len(trend(many, "starts")) == 6
    assert trend(prepared(), "starts") == (Point(words="Jul to Sep 2026", number=151),)


def test_a_headline_that_is_left_out_of_this_return_has_no_trend() -> None:
    assert trend(YEAR, "reach") == ()
    both = dataclasses.replace(YEAR, figures=(figure("starts", "151"), figure("reach", "[c]")))
    assert "People who started: withheld to protect people [c]." in text(summary(both, TODAY))


def test_periods_of_another_length_are_not_set_beside_this_one() -> None:
    year = earlier((((dt.date(2025, 7, 1)), dt.date(2026, 6, 30)), 500))
    assert [point.number for point in trend(year, "starts")] == [151]


@pytest.mark.parametrize(
    ("period", "last", "words"),
    [
        (Period(*quarter(2026, 1)), quarter(2025, 10), "Oct to Dec 2025"),
        (
            Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31)),
            (dt.date(2026, 2, 1), dt.date(2026, 2, 28)),
            "Feb 2026",
        ),
        (
            Period(dt.date(2026, 4, 1), dt.date(2027, 3, 31)),
            (dt.date(2025, 4, 1), dt.date(2026, 3, 31)),
            "Apr 2025 to Mar 2026",
        ),
        (
            Period(dt.date(2026, 4, 6), dt.date(2026, 4, 15)),
            (dt.date(2026, 3, 27), dt.date(2026, 4, 5)),
            "Mar to Apr 2026",
        ),
    ],
)
def test_the_period_before_is_as_long(period: Period, last: tuple[dt.date, dt.date], words: str) -> None:
    assert (before(period).from_on, before(period).to_on) == last
    assert short_words(before(period)) == words


def test_only_headlines_are_read_from_a_release() -> None:
    tables: Sequence[Mapping[str, object]] = [
        {"id": "starts", "dims": [], "values": 7},
        {"id": "reach", "dims": [], "values": "[c]"},
        {"id": "starts-by-sex", "dims": [{}], "values": [1]},
        {"id": "pay", "dims": [], "values": 3},
    ]
    assert headlines({"tables": tables}) == {"starts": 7, "reach": None}
    assert headlines({}) == {}


def test_figures_stand_in_words_beside_those_of_the_period_before() -> None:
    assert "People who started: 151, after 140 in Apr to Jun 2026. Everybody whose first day" in text(
        summary(YEAR, TODAY)
    )
    withheld = earlier((Q1, None))
    assert "after a withheld number in Apr to Jun 2026" in text(summary(withheld, TODAY))
    assert (
        "after" not in text(summary(prepared(), TODAY)).partition("People who started: ")[2].partition(".")[0]
    )
    hidden = dataclasses.replace(
        prepared(), figures=(figure("starts", "[c]"), figure("in-work", "Yes: 7; No: [c]"))
    )
    assert "People who started: withheld to protect people [c]." in text(summary(hidden, TODAY))
    assert "Yes: 7" not in text(summary(hidden, TODAY))


def test_the_numbers_of_the_charts_stand_in_a_table_too() -> None:
    (table,) = (block for block in summary(YEAR, TODAY).blocks if isinstance(block, TableBlock))
    assert table.columns == (
        "Figure",
        "Jul to Sep 2025",
        "Oct to Dec 2025",
        "Jan to Mar 2026",
        "Apr to Jun 2026",
        "Jul to Sep 2026",
    )
    assert table.rows == (("People who started", 120, "[c]", "[x]", 140, 151),)


def test_three_charts_show_the_trend_first_and_then_breakdowns() -> None:
    drawn = [block.chart for block in charts(summary(YEAR, TODAY))]
    assert [chart.title for chart in drawn] == [
        "People who started, period by period",
        "Starts by sex",
        "Starts by hub",
    ]
    assert [drawn[0].value_words(at) for at in range(5)] == ["120", "[c]", "[x]", "140", "151"]
    assert drawn[0].alt.endswith(
        "Jul to Sep 2025 120, Oct to Dec 2025 [c], Jan to Mar 2026 no return, Apr to Jun 2026 140, Jul to Sep 2026 151."
    )
    assert [block.chart.title for block in charts(summary(prepared(), TODAY))] == [
        "Starts by sex",
        "Starts by hub",
    ]


def test_a_headline_of_which_no_number_was_ever_printed_is_not_drawn() -> None:
    release = {**YEAR.release, "tables": [{"id": "starts", "dims": [], "values": "[c]"}]}
    hidden = dataclasses.replace(earlier((Q1, None)), release=release, tables=())
    assert charts(summary(hidden, TODAY)) == []


def test_a_heading_that_asks_nothing_gets_a_colon() -> None:
    one = NarrativeText(prompt_id=UUID(int=1), title="Our year", text="It was good.")
    assert "Our year: It was good." in text(summary(dataclasses.replace(YEAR, narratives=(one,)), TODAY))


def long_words() -> PreparedReturn:
    one = NarrativeText(prompt_id=UUID(int=1), title="What did you learn?", text=WORDS)
    two = NarrativeText(prompt_id=UUID(int=2), title="What comes next?", text="More of it.")
    return dataclasses.replace(YEAR, narratives=(one, two))


def test_what_was_written_is_cut_to_the_page_and_says_so() -> None:
    said = text(summary(long_words(), TODAY))
    assert "What did you learn? We learned" in said
    assert "(the rest is in the full return)" in said
    assert "What comes next?" not in said
    short = dataclasses.replace(YEAR, narratives=long_words().narratives[1:])
    assert "What comes next? More of it." in text(summary(short, TODAY))


@pytest.mark.parametrize("one", [prepared(), YEAR, long_words()], ids=["first", "a year", "with words"])
def test_it_is_two_pages_long_and_holds_nothing_besides(one: PreparedReturn) -> None:
    document = summary(one, TODAY)
    data = pdf(document)
    assert len(Paper(data).pdf.pages) == 2
    assert list(pdf_faults(data, document)) == []


def test_a_draft_says_so() -> None:
    assert "Draft, not for release" in text(summary(prepared(), TODAY, draft=True))


def test_it_is_tagged_with_title_language_headings_headers_and_words_for_its_charts() -> None:
    data = pdf(summary(YEAR, TODAY))
    paper = Paper(data)
    assert paper.loose_paint() == []
    assert {"H1", "H2", "TH", "TD", "P", "LBody"} <= set(paper.tags())
    assert all(str(figure.Alt).startswith("Bar chart of ") for figure in paper.elements("Figure"))
    assert len(paper.elements("Figure")) == 3
    with pikepdf.open(BytesIO(data)) as known:
        assert str(known.Root.Lang) == "en-GB"
        assert str(known.docinfo.Title) == "Community grant: summary for 1 July 2026 to 30 September 2026"
