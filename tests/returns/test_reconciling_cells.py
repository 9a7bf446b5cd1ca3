"""Changed since issued, cell by cell: where a number stands, how many then and now, and who makes the difference."""

from typing import Any

from sqlalchemy import select

from coachdesk.casework.merging import MergeClients, merge_clients
from coachdesk.models import Enrolment, Hub, Job, ReleaseReview
from coachdesk.returns.issue_review import CELLS
from coachdesk.returns.reconciling_cells import CellChange
from coachdesk.returns.reconciling_reasons import CAME, WENT
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import do
from tests.returns.test_reopened import Made, made

__all__ = ["made"]


def cells(of: Made, table: str) -> dict[str, CellChange]:
    return {one.row: one for one in of.reconciled().cells if one.table == table}


def kept_cells(vault: OpenVault, **changes: Any) -> None:
    """Keep the cells of an issued return as another version of the program might have left them."""
    with unit_of_work(vault, label="Kept otherwise") as work:
        review = work.session.scalars(select(ReleaseReview)).one()
        review.figures = [
            {**each, **changes} if each["sort"] == CELLS else each
            for each in review.figures
            if changes or each["sort"] != CELLS
        ]


def test_who_moved_went_out_of_one_cell_and_came_into_another(made: Made, vault: OpenVault) -> None:
    mover = min(made.counted("starts"))
    with unit_of_work(vault, label="Corrected a hub") as work:
        hubs = {hub.id: hub.name for hub in work.session.scalars(select(Hub))}
        enrolment = work.session.scalars(select(Enrolment).where(Enrolment.client_id == mover)).one()
        before = enrolment.hub_id
        enrolment.hub_id = next(hub for hub in hubs if hub != before)
        was, became = hubs[before], hubs[enrolment.hub_id]  # type: ignore[index]  # everybody has a hub here
    changed = cells(made, "Starts by hub")
    assert set(changed) == {was, became}, "totals and other headings are as they were"
    assert [changed[name].now - changed[name].then for name in (was, became)] == [-1, 1]
    (went,), (came,) = changed[was].people, changed[became].people
    assert (went.client_id, went.way, came.client_id, came.way) == (mover, WENT, mover, CAME)
    assert went.reason.startswith(f"now: “{became}”; enrolment changed on")
    assert came.reason.startswith(f"then: “{was}”; enrolment changed on")
    assert changed[was].title == f"Starts by hub, {was}"


def test_nothing_changed_leaves_no_cell_and_two_records_joined_are_told_in_each(
    made: Made, vault: OpenVault
) -> None:
    assert made.reconciled().cells == ()
    keep, other = made.counted("starts")[:2]
    do(vault, merge_clients, MergeClients(keep_id=keep, other_id=other, reason="Same person"))
    total = cells(made, "Starts by hub")["Total"]
    assert total.now - total.then == -1
    assert [(one.client_id, one.way) for one in total.people] == [(keep, WENT)]
    assert "two records of one person were joined" in total.people[0].reason


def test_a_cell_that_counts_events_is_set_against_events(made: Made, vault: OpenVault) -> None:
    with unit_of_work(vault, label="Taken out jobs") as work:
        for job in work.session.scalars(select(Job)):
            job.started_on = made.prepared.wish.to_on.replace(month=12)
    changed = [one for one in made.reconciled().cells if one.table == "Jobs whose holder wants more hours"]
    true = {tuple(key): count for told in made.prepared.counted["tables"] if told["title"] == changed[0].table
            for key, count, _ in told["cells"]}  # fmt: skip
    assert {(one.row,): one.then for one in changed} == {key: count for key, count in true.items() if count}
    assert {one.now for one in changed} == {0}


def test_a_table_that_is_counted_no_more_is_left_out(made: Made, vault: OpenVault) -> None:
    kept_cells(vault, tables={"starts-by-hub": ["gone", ["hub"]], "starts-by-sex": ["starts", ["gone"]]})
    mover = min(made.counted("starts"))
    with unit_of_work(vault, label="Corrected a date") as work:
        enrolment = work.session.scalars(select(Enrolment).where(Enrolment.client_id == mover)).one()
        enrolment.started_on = None
    assert made.change("starts").difference == -1
    assert made.reconciled().cells == ()


def test_a_return_that_kept_no_cells_is_compared_by_its_figures(made: Made, vault: OpenVault) -> None:
    kept_cells(vault)
    found = made.reconciled()
    assert found.figures
    assert found.cells == ()
