"""The return on paper: an accessible document whose every number is one that may be printed."""

import datetime as dt
from collections.abc import Iterator

from coachdesk.press.blocks import (
    Align,
    Block,
    BulletList,
    ChartBlock,
    Document,
    Facts,
    Heading,
    KeepTogether,
    PageBreak,
    TableBlock,
    Text,
    Tile,
    Tiles,
)
from coachdesk.press.cells import Cell, date_words
from coachdesk.returns.breakdowns import NOT_STATED
from coachdesk.returns.choice import ROUND
from coachdesk.returns.narratives import narrative_blocks
from coachdesk.returns.report_attack import attack_blocks
from coachdesk.returns.wishes import FigureRow, PreparedReturn, ShownTable

DRAFT = "Draft, not for release"
PRACTICE = "Practice data: invented people"
HEADLINES = ("starts", "reach", "active-caseload", "first-job-starts")
CHARTED = ("starts-by-", "first-job-starts-by-", "reach-by-")
FIGURE_PARTS = (
    ("People", ("referrals", "starts", "active", "reach", "retention", "service-use", "onward")),
    ("Moving into work", ("first-job", "in-work", "all-job", "employment-rate", "cohort", "different")),
    ("Staying in work", ("sustained", "retained", "rule", "check-in", "adjustment")),
    ("Pay and good work", ("pay", "good-work", "competitive", "permanent", "hours", "wants")),
    ("Personal wellbeing", ("ons4",)),
    (
        "How the service works",
        ("referral-to", "first-employer", "caseload", "employment-time", "employer-contacts", "community"),
    ),
)
MOST_BARS = 12
NONE_GIVEN = "None given"
WRITTEN_ON = "Written on"


def watermark(prepared: PreparedReturn, *, draft: bool) -> str | None:
    """Return what stands behind every page: that it is a draft, or that nobody in it is real."""
    if draft:
        return DRAFT
    return PRACTICE if prepared.is_practice else None


def document(prepared: PreparedReturn, made: dt.date, *, draft: bool = False) -> Document:
    """Return the whole report as blocks."""
    return Document(
        title=title_of(prepared),
        blocks=tuple(_blocks(prepared, made)),
        subject=f"Anonymised return, {prepared.wish.period.words}",
        author=prepared.organisation,
        watermark=watermark(prepared, draft=draft),
        made=made,
    )


def title_of(prepared: PreparedReturn) -> str:
    """Return the title of the pack."""
    if prepared.question:
        return f"{prepared.programme}: {prepared.question}, {prepared.wish.period.words}"
    return f"{prepared.programme}: return for {prepared.wish.period.words}"


def cover_facts(prepared: PreparedReturn, made: dt.date) -> tuple[tuple[str, Cell], ...]:
    """Return who, what and when; no person is named anywhere in a pack."""
    wish = prepared.wish
    return (
        ("Organisation", prepared.organisation),
        ("Programme", prepared.programme),
        ("Funder", prepared.funder or NONE_GIVEN),
        ("Period", wish.period.words),
        ("As at", date_words(wish.as_at)),
        (WRITTEN_ON, date_words(made)),
        ("Readers", wish.audience.capitalize()),
        ("Small numbers", _small_numbers(prepared)),
    )


def _small_numbers(prepared: PreparedReturn) -> str:
    small = f"1 to {prepared.threshold - 1}"
    return (
        f"rounded, so that none of {small} can be told" if is_rounded(prepared) else f"{small} are not shown"
    )


def is_rounded(prepared: PreparedReturn) -> bool:
    """Return whether the return prints rounded numbers rather than exact ones with some withheld."""
    return prepared.protection.get("method") == ROUND


def reading_notes(prepared: PreparedReturn) -> tuple[str, ...]:
    """Return how the tables are to be read."""
    mark = "a share or mean that is not given" if is_rounded(prepared) else "a number that is withheld"
    return (
        (
            "Each person is counted once, however many enrolments, hubs or jobs they have. Figures of jobs, answers "
            "or check-ins say so."
        ),
        "Not asked, not known, prefers not to say and not applicable stand together as “Not stated”.",
        (
            "Under every table a proof row says how many different people it counts, how many stand under more than "
            "one heading, how many have not stated an answer, and the total."
        ),
        f"[c] stands for {mark} to protect people. It does not say how large the number is.",
        "The order of the lines is fixed and says nothing about size.",
    )


def _blocks(prepared: PreparedReturn, made: dt.date) -> Iterator[Block]:
    yield Heading(1, title_of(prepared))
    yield Facts(cover_facts(prepared, made))
    yield _tiles(prepared)
    yield Heading(2, "How people are protected")
    yield from (Text(sentence) for sentence in prepared.safety)
    yield Heading(2, "How to read this return")
    yield BulletList(reading_notes(prepared))
    yield PageBreak()
    yield Heading(2, "Figures")
    yield from figure_tables(prepared.figures)
    yield PageBreak()
    yield Heading(2, "Tables")
    for table in prepared.tables:
        yield from _table(table)
    yield from narrative_blocks(prepared)
    yield Heading(2, "Quality of the data")
    yield from quality_blocks(prepared)
    yield PageBreak()
    yield Heading(2, "Definitions")
    yield from _definitions(prepared.figures)
    yield PageBreak()
    yield from attack_blocks(prepared)


def _tiles(prepared: PreparedReturn) -> Tiles:
    by_id = {figure.id: figure for figure in prepared.figures}
    found = [by_id[each] for each in HEADLINES if each in by_id]
    return Tiles(tuple(Tile(figure.title, figure.printed_words.partition(" (")[0]) for figure in found))


def figure_tables(figures: tuple[FigureRow, ...]) -> Iterator[TableBlock]:
    """Return every figure with its formula beside it, a table for each part of the work."""
    for title, prefixes in FIGURE_PARTS:
        rows = tuple(
            (figure.title, figure.printed_words, figure.formula)
            for figure in figures
            if figure.id.startswith(prefixes)
        )
        yield TableBlock(
            title=title,
            columns=("Figure", "Value", "How it is worked out"),
            rows=rows,
            alignment=(Align.LEFT, Align.LEFT, Align.LEFT),
            flows_on=True,
        )


def _table(table: ShownTable) -> Iterator[Block]:
    numbers = sum(1 for word in table.header if word in {"Number", "Share"})
    block = TableBlock(
        title=table.title,
        columns=table.header,
        rows=table.rows,
        note=f"Proof: {table.proof}" + (f" {table.note}" if table.note else ""),
        header_columns=len(table.header) - numbers,
        alignment=tuple(Align.RIGHT if word in {"Number", "Share"} else Align.LEFT for word in table.header),
    )
    yield KeepTogether((block,))
    chart = table.chart
    if chart is not None and table.id.startswith(CHARTED) and len(chart.categories) <= MOST_BARS:
        yield ChartBlock(chart)


def quality_rows(prepared: PreparedReturn) -> tuple[tuple[str, str, str], ...]:
    """Return for each breakdown of everybody supported how many have not stated an answer, as printed."""
    return tuple(
        (table.header[0], row[-2], row[-1])
        for table in prepared.tables
        if table.id.startswith("reach-by-") and len(table.header) == len(("label", "number", "share"))
        for row in table.rows
        if row[0] == NOT_STATED
    )


def quality_blocks(prepared: PreparedReturn) -> Iterator[Block]:
    """Return how complete the answers are, from printed numbers only."""
    rows = quality_rows(prepared)
    if not rows:
        yield Text("No breakdown of the people supported is printed, so nothing is said of missing answers.")
        return
    yield Text(
        "How many of the people supported in the period have not stated an answer. Every question is optional."
    )
    yield KeepTogether(
        (
            TableBlock(
                title="Not stated, by question",
                columns=("Question", NOT_STATED, "Share"),
                rows=rows,
                alignment=(Align.LEFT, Align.RIGHT, Align.RIGHT),
            ),
        )
    )


def definition_pairs(figure: FigureRow) -> tuple[tuple[str, str], ...]:
    """Return the five fields a local authority publishes, with formula and source."""
    return (
        ("Intervention", figure.intervention or NONE_GIVEN),
        ("Definition", figure.definition),
        ("Unit", figure.unit),
        ("Evidence", figure.evidence),
        ("Formula", figure.formula),
        ("Source", figure.source),
    )


def definitions(figures: tuple[FigureRow, ...]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return each definition once, under the title of its figure or what the titles of its figures share."""
    titles: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for figure in figures:
        titles.setdefault(definition_pairs(figure), []).append(figure.title)
    return tuple(
        (names[0] if len(names) == 1 else names[0].partition(":")[0], pairs)
        for pairs, names in titles.items()
    )


def _definitions(figures: tuple[FigureRow, ...]) -> Iterator[Block]:
    for title, pairs in definitions(figures):
        yield KeepTogether((Heading(3, title), Facts(pairs)))
