"""The return in two pages for trustees: headline figures in words, how they went, and how people are protected.

Everything in it is printed in the full return beside it or was printed in an earlier one.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from coachdesk.press.blocks import (
    MISSING,
    Align,
    Block,
    BulletList,
    Chart,
    ChartBlock,
    Document,
    Heading,
    KeepTogether,
    Note,
    PageBreak,
    TableBlock,
    Text,
    Tile,
    Tiles,
)
from coachdesk.press.cells import Cell, date_words
from coachdesk.returns.report import CHARTED, title_of, watermark
from coachdesk.returns.summary_trend import HEADLINES, Point, trend
from coachdesk.returns.tables import MARK, in_a_sentence
from coachdesk.returns.wishes import FigureRow, PreparedReturn

SAID = (*HEADLINES, "referrals-accepted", "all-job-starts", "in-work", "sustained-13", "sustained-26")
WITHHELD = f"withheld to protect people {MARK}"
MOST_FIGURES = 7
MOST_CHARTS = 3
MOST_BARS = 7
MOST_WORDS = 110
MOST_SAFETY = 3


def summary(prepared: PreparedReturn, made: dt.date, *, draft: bool = False) -> Document:
    """Return the summary as blocks: two pages where nobody wrote much more than usual."""
    return Document(
        title=f"{prepared.programme}: summary for {prepared.wish.period.words}",
        blocks=tuple(_blocks(prepared, made)),
        subject=f"Two-page summary of the anonymised return, {prepared.wish.period.words}",
        author=prepared.organisation,
        watermark=watermark(prepared, draft=draft),
        made=made,
    )


def _blocks(prepared: PreparedReturn, made: dt.date) -> Iterator[Block]:
    figures = {figure.id: figure for figure in prepared.figures}
    trends = {each: trend(prepared, each) for each in HEADLINES if each in figures}
    yield Heading(1, f"{prepared.programme}: summary for {prepared.wish.period.words}")
    yield Text(
        f"{prepared.organisation or 'This organisation'} wrote this on {date_words(made)}. The full tables, every "
        f"definition and what an attacker found are in “{title_of(prepared)}”."
    )
    yield Tiles(
        tuple(
            Tile(figures[each].title, figures[each].printed_words.partition(" (")[0])
            for each in HEADLINES
            if each in figures
        )
    )
    yield Heading(2, "The period in words")
    said = [
        _sentence(figures[each], trends.get(each, ()))
        for each in SAID
        if each in figures and _can_be_said(figures[each])
    ]
    yield BulletList(said[:MOST_FIGURES])
    if any(len(points) > 1 for points in trends.values()):
        yield _periods(figures, trends)
    yield from _learned(prepared)
    yield Heading(2, "How people are protected")
    yield BulletList(prepared.safety[:MOST_SAFETY])
    yield PageBreak()
    yield Heading(2, "How it went")
    for chart in _charts(prepared, figures, trends):
        yield KeepTogether((ChartBlock(chart),))
    yield Note(
        f"{MARK} stands for a number that is withheld to protect people; {MISSING} for a period of which no return "
        "was issued. Lines stand in a fixed order that says nothing about size."
    )


def _can_be_said(figure: FigureRow) -> bool:
    """Return whether a figure is one number; one in several columns stands in the full return."""
    return ";" not in figure.printed_words


def _sentence(figure: FigureRow, points: Sequence[Point]) -> str:
    said = f"{figure.title}: {figure.printed_words.replace(MARK, WITHHELD)}"
    if len(points) > 1 and points[-2].is_issued:
        last = points[-2]
        words = f"{last.number:,}" if last.number is not None else "a withheld number"
        said += f", after {words} in {last.words}"
    what = f" {figure.definition.partition('. ')[0].removesuffix('.')}." if figure.id in HEADLINES else ""
    return f"{said}.{what}"


def _periods(figures: dict[str, FigureRow], trends: dict[str, tuple[Point, ...]]) -> TableBlock:
    """Return the numbers of the charts as a table, oldest period first."""
    order = [point.words for point in max(trends.values(), key=len)]
    rows: list[tuple[Cell, ...]] = []
    for name, points in trends.items():
        known = {point.words: point for point in points}
        rows.append((figures[name].title, *(_cell(known.get(words)) for words in order)))
    sides = (Align.LEFT, *(Align.RIGHT for _ in order))
    return TableBlock("Period by period", ("Figure", *order), tuple(rows), alignment=sides)


def _cell(point: Point | None) -> Cell:
    if point is None or not point.is_issued:
        return MISSING
    return MARK if point.number is None else point.number


def _learned(prepared: PreparedReturn) -> Iterator[Block]:
    """Return what was written for this period, as far as it fits on the page."""
    left = MOST_WORDS
    if prepared.narratives:
        yield Heading(2, "In our words")
    for each in prepared.narratives:
        words = each.text.split()
        if left <= 0 or not words:
            break
        cut = " ".join(words[:left])
        asked = each.title if each.title.endswith(("?", ".", ":")) else f"{each.title}:"
        yield Text(f"{asked} {cut}{' … (the rest is in the full return)' if len(words) > left else ''}")
        left -= len(words)


def _charts(
    prepared: PreparedReturn, figures: dict[str, FigureRow], trends: dict[str, tuple[Point, ...]]
) -> list[Chart]:
    """Return three charts: how the headline figures went, and breakdowns where there is nothing to compare with."""
    over_time = [
        _trend_chart(figures[name], points)
        for name, points in trends.items()
        if len(points) > 1 and any(point.number for point in points)
    ]
    breakdowns = [
        table.chart
        for table in prepared.tables
        if table.chart is not None
        and table.id.startswith(CHARTED)
        and len(table.chart.categories) <= MOST_BARS
        and any(table.chart.values)
    ]
    return [*over_time, *breakdowns][:MOST_CHARTS]


def _trend_chart(figure: FigureRow, points: Sequence[Point]) -> Chart:
    values = [point.number for point in points]
    missing = frozenset(at for at, point in enumerate(points) if not point.is_issued)
    said = ", ".join(f"{point.words} {_words(point)}" for point in points)
    return Chart(
        title=f"{figure.title}, period by period",
        categories=tuple(point.words for point in points),
        values=values,
        alt=f"Bar chart of {in_a_sentence(figure.title)}, the oldest period first: {said}.",
        withheld_mark=MARK,
        missing=missing,
    )


def _words(point: Point) -> str:
    if not point.is_issued:
        return "no return"
    return MARK if point.number is None else str(point.number)
