"""The return against plain SQL that knows nothing of it: every number and everybody behind it, in both worlds."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.furnish import furnish_vault
from coachdesk.casework.practice import PracticeWish, make_practice
from coachdesk.clock import FixedClock
from coachdesk.exchange.importing import ImportWish, run_import
from coachdesk.exchange.mapping import propose
from coachdesk.exchange.sheets import read_sheets
from coachdesk.models import Programme
from coachdesk.resources import resource
from coachdesk.returns.breakdowns import NOT_STATED, breakdowns
from coachdesk.returns.catalogue import read_catalogue
from coachdesk.returns.counting import Counting
from coachdesk.returns.indicators.found import Scope
from coachdesk.returns.indicators.wellbeing import QUESTIONS
from coachdesk.returns.lines import Counts, counts
from coachdesk.returns.periods import Period
from coachdesk.returns.rules import rules_of
from coachdesk.vault.cost import Cost
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading
from tests.returns.plain_figures import PEOPLE, moved, people_behind, under
from tests.returns.plain_measures import DAYS, NUMBERS, days_of, minutes_of, share_of
from tests.vault_fixtures import TODAY

THRESHOLD = 5
PERIODS = (
    (Period(dt.date(2026, 7, 1), dt.date(2026, 9, 30)), dt.date(2026, 9, 30)),
    (Period(dt.date(2025, 1, 1), dt.date(2026, 12, 31)), TODAY),
)


def sample_caseload(vault: OpenVault) -> None:
    """Bring in the sample caseload that ships with the program."""
    names = ("clients.csv", "contacts.csv", "jobs.csv")
    sheets = read_sheets([resource("practice", "caseload", name) for name in names])
    wish = ImportWish(
        sheets=sheets,
        mappings=tuple(propose(sheet, ()) for sheet in sheets),
        programme_key="connect-to-work",
        today=TODAY,
    )
    run_import(vault, wish, Watch.silent())


def practice_world(vault: OpenVault) -> None:
    """Make a practice world, with readings, check-ins and pauses."""
    make_practice(vault, PracticeWish(clients=150, seed=5, today=TODAY, contacts_each=1), Watch.silent())


@pytest.fixture(scope="module", params=[sample_caseload, practice_world], ids=["caseload", "practice"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Session, Programme]]:
    folder: Path = tmp_path_factory.mktemp("world") / "World.coachdesk"
    vault = SealedVault.create(
        folder,
        organisation="A practice hub",
        person="Practice Manager",
        passphrase="five herons cross the estuary",
        clock=FixedClock.on(TODAY),
        practice=True,
        cost=Cost.floor(),
    ).vault
    furnish_vault(vault)
    request.param(vault)
    with reading(vault) as session:
        programme = session.scalars(select(Programme).where(Programme.key == "connect-to-work")).one()
        yield session, programme
    vault.close()


@pytest.fixture(params=PERIODS, ids=["one quarter", "two years"])
def scope(request: pytest.FixtureRequest, world: tuple[Session, Programme]) -> Scope:
    period, as_at = request.param
    _, programme = world
    return Scope(programme_id=programme.id, period=period, as_at=as_at, rules=rules_of(programme.definition))


def values(scope: Scope) -> dict[str, object]:
    return {
        "programme": scope.programme_id.bytes,
        "first": scope.period.from_on.isoformat(),
        "last": scope.last_known.isoformat(),
        "as_at": scope.as_at.isoformat(),
    }


@pytest.fixture
def found(world: tuple[Session, Programme], scope: Scope) -> Counts:
    return counts(world[0], scope, read_catalogue(), THRESHOLD)


def test_every_figure_counts_the_people_plain_sql_finds(
    world: tuple[Session, Programme], scope: Scope, found: Counts
) -> None:
    lines = {line.found.id: line.found for line in found.lines}
    for figure in PEOPLE:
        behind = people_behind(world[0], figure, values(scope))
        assert lines[figure].people == frozenset(behind), figure
        assert lines[figure].number == len(behind if figure == "all-job-starts" else set(behind)), figure
    assert lines["reach"].number > 40


def test_wellbeing_moves_as_plain_sql_finds_it(
    world: tuple[Session, Programme], scope: Scope, found: Counts
) -> None:
    lines = {line.found.id: line.found for line in found.lines}
    for question in QUESTIONS:
        sign = -1 if question == "anxious" else 1
        rises = moved(world[0], question, values(scope))
        better, same, worse = (group.clients for group in lines[f"ons4-{question}"].groups)
        assert better == {client for client, by in rises.items() if sign * by > 0}
        assert same == {client for client, by in rises.items() if by == 0}
        assert worse == {client for client, by in rises.items() if sign * by < 0}


def test_every_cell_of_every_table_counts_the_people_plain_sql_puts_there(
    world: tuple[Session, Programme], scope: Scope, found: Counts
) -> None:
    session, _ = world
    by = breakdowns(session, scope)
    counted = Counting(period=scope.period.key, threshold=THRESHOLD, breakdowns=by).count(found.measures, [])
    tables = {table.id: table for table in counted.tables}
    divided = 0
    for breakdown in by:
        plainly = under(session, breakdown.name, values(scope))
        assert breakdown.under == plainly, breakdown.name
        stated = set().union(*plainly.values())
        for measure in found.measures:
            table = tables.get(f"{measure.id}-by-{breakdown.name}")
            if table is None:
                continue
            divided += 1
            for label in breakdown.dimension.labels:
                here = plainly.get(label, set()) if label != NOT_STATED else measure.people - stated
                assert table.counts[label,] == len(measure.people & here), (table.id, label)
            assert table.total == len(measure.people)
    assert divided >= 8


def test_two_way_tables_are_the_meeting_of_their_headings(
    world: tuple[Session, Programme], scope: Scope
) -> None:
    session, _ = world
    by = {breakdown.name: breakdown for breakdown in breakdowns(session, scope)}
    sex, disability = by["sex"], by["disability"]
    people = sex.stated | disability.stated
    rows = {label: sex.among(people, label) for label in sex.dimension.labels}
    columns = {label: disability.among(people, label) for label in disability.dimension.labels}
    cells = [disability.among(row, label) for row in rows.values() for label in columns]
    assert (
        sum(map(len, cells)) == len(people) == sum(map(len, rows.values())) == sum(map(len, columns.values()))
    )
    assert cells == [row & column for row in rows.values() for column in columns.values()]


def test_days_taken_are_the_days_plain_sql_finds(
    world: tuple[Session, Programme], scope: Scope, found: Counts
) -> None:
    lines = {line.found.id: line.found for line in found.lines}
    for measure in DAYS:
        told, one = days_of(world[0], measure, values(scope)), lines[measure]
        days = [days for _, days in told if days is not None]
        assert one.base_people == {client for client, _ in told}, measure
        if one.unit == "people":
            assert one.base == len(told), measure
        assert (one.amount is None) == (not days), measure
        if one.amount is not None:
            assert one.amount.people == {client for client, taken in told if taken is not None}, measure


def test_shares_have_the_numerator_and_the_base_of_plain_sql(
    world: tuple[Session, Programme], scope: Scope, found: Counts
) -> None:
    lines = {line.found.id: line.found for line in found.lines}
    for measure in NUMBERS:
        assert (lines[measure].number, lines[measure].base) == share_of(world[0], measure, values(scope)), (
            measure
        )


def test_working_time_adds_up_to_the_minutes_plain_sql_finds(
    world: tuple[Session, Programme], scope: Scope, found: Counts
) -> None:
    lines = {line.found.id: line.found for line in found.lines}
    for measure, (part, whole) in minutes_of(world[0], values(scope)).items():
        one = lines[measure]
        assert (one.amount is None) == (whole == 0), measure
        if one.amount is not None:
            assert one.amount.words == f"{(200 * part + whole) // (2 * whole)}%", measure


def test_a_measure_of_time_is_the_teams_and_counts_nobody(found: Counts) -> None:
    time = [line for line in found.lines if line.found.unit == "working time"]
    assert len(time) == 4
    printed = {title for title, _ in (*found.splits, *found.headlines)}
    assert not printed & {line.title for line in time}
    assert all(not line.found.is_split for line in time)
