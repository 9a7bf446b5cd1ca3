"""An issued return is opened again as it was: after corrections, other definitions, joined and erased people."""

import dataclasses
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.merging import MergeClients, merge_clients
from coachdesk.errors import Refusal
from coachdesk.models import Client, Enrolment, Job, Programme, ReleaseReview
from coachdesk.returns.choice import ProtectionChoice
from coachdesk.returns.explaining import people_behind, reasons_behind, worked_formula
from coachdesk.returns.issue import issue
from coachdesk.returns.issue_review import read_cells, read_inputs
from coachdesk.returns.prepare import prepare
from coachdesk.returns.reconciling import FigureChange, Reconciliation, reconciled
from coachdesk.returns.reconciling_reasons import CAME, MOVED, WENT
from coachdesk.returns.reopened import reopened
from coachdesk.returns.wishes import IssueWish, PeopleQuestion, PreparedReturn, ReasonsQuestion
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work
from tests.makers import ask, do
from tests.returns.issued_once import issued_of
from tests.returns.test_prepare import WISH

QUICK = dataclasses.replace(WISH, choice=ProtectionChoice(seconds=0))
"""No time is spent on withholding less: what is tested here does not rest on it."""
ANSWERS = {"neighbour": "no", "journalist": "no"}


@dataclasses.dataclass
class Made:
    """A vault with one issued return."""

    vault: OpenVault
    prepared: PreparedReturn
    release_id: UUID

    def reconciled(self) -> Reconciliation:
        return reconciled(self.vault, self.release_id, Watch.silent())

    def change(self, figure: str) -> FigureChange:
        return next(each for each in self.reconciled().figures if each.id == figure)

    def counted(self, figure: str) -> tuple[UUID, ...]:
        return next(each.client_ids for each in self.prepared.figures if each.id == figure)


@pytest.fixture
def made(vault: OpenVault) -> Made:
    done = issued_of(vault, 36, QUICK, checked_by=" Jo Trustee ", intruder=ANSWERS)
    return Made(vault, done.prepared, done.release_id)


def test_it_comes_back_as_it_was_issued_and_says_who_checked_it(made: Made, vault: OpenVault) -> None:
    again = ask(vault, reopened, made.release_id)
    prepared = made.prepared
    assert again.figures == prepared.figures
    assert again.tables == tuple(dataclasses.replace(table, chart=None) for table in prepared.tables)
    assert (again.sort, again.programme_key, again.reason) == ("return", "grant", "")
    assert (again.checked_by, again.checked_on, again.intruder) == (
        "Jo Trustee",
        vault.clock.today(),
        ANSWERS,
    )
    assert (again.verdict, again.threshold, again.is_explained) == ("safe", 5, True)
    assert 0 < again.hidden_share < 1
    assert again.protection["hidden"] == prepared.cost.hidden
    assert again.period == prepared.wish.period
    assert again.title == "Community grant, 1 July 2026 to 30 September 2026"


def test_every_cell_of_every_table_opens_the_people_it_counts(made: Made, vault: OpenVault) -> None:
    again = ask(vault, reopened, made.release_id)
    assert again.cells is not None
    assert made.prepared.cells is not None
    true = {told["id"]: told for told in made.prepared.counted["tables"]}
    looked = 0
    for table in again.tables:
        assert table.unit == "people" or again.cells.cohort(table.id)
        for key, count, _ in true[table.id]["cells"]:
            behind = again.cells.behind(table.id, tuple(key))
            assert behind == made.prepared.cells.behind(table.id, tuple(key))
            assert set(behind) <= set(again.cells.cohort(table.id))
            looked += 1
            if table.unit == "people":
                assert len(behind) == count, (table.id, key)
            else:
                assert len(behind) <= count
                assert bool(behind) == bool(count)
    assert looked > 50
    assert again.cells.behind("no-such-table", ("Total",)) == () == again.cells.cohort("no-such-table")


def test_it_stays_as_it_was_after_other_definitions_names_and_erasures(made: Made, vault: OpenVault) -> None:
    starts = made.counted("starts")
    keep, other, gone = starts[:3]
    with unit_of_work(vault, label="Changed everything") as work:
        programme = work.session.scalars(select(Programme).where(Programme.key == "grant")).one()
        programme.definition = {"check_ins": {"weeks": [5], "grace_days": 9}}
        work.session.get_one(Client, keep).last_name = "Renamed"
    do(vault, merge_clients, MergeClients(keep_id=keep, other_id=other, reason="Same person"))
    do(vault, erase_client, EraseClient(client_id=gone, reason="Asked for it"))
    again = ask(vault, reopened, made.release_id)
    assert again.figures == made.prepared.figures
    rows = ask(vault, people_behind, PeopleQuestion(client_ids=starts))
    assert len(rows) == len(starts) - 1, "two records of one person stand there once"
    assert rows[-1] == dataclasses.replace(rows[-1], id=None, name="1 erased", reference="")
    assert any(row.id == keep and "Renamed" in row.name for row in rows)
    changed = made.change("starts")
    ways = {one.client_id: (one.way, one.reason) for one in changed.people}
    assert changed.difference == -1
    assert ways == {keep: (WENT, "two records of one person were joined: counted twice then, once now")}


def test_who_is_found_under_another_record_now_still_counts_once(made: Made, vault: OpenVault) -> None:
    starts = set(made.counted("starts"))
    outside, inside = min(set(made.counted("reach")) - starts), min(starts)
    do(vault, merge_clients, MergeClients(keep_id=outside, other_id=inside, reason="Same person"))
    changed = made.change("starts")
    assert (changed.difference, changed.people) == (0, ())


def test_nothing_changed_says_so_also_with_other_rules_today(made: Made, vault: OpenVault) -> None:
    with unit_of_work(vault, label="Changed the rules") as work:
        programme = work.session.scalars(select(Programme).where(Programme.key == "grant")).one()
        programme.definition = {"check_ins": {"weeks": [26], "grace_days": 9}}
    found = made.reconciled()
    assert found.changed == ()
    assert len(found.figures) == len(made.prepared.figures)
    assert {each.difference for each in found.figures} <= {0, None}


def test_late_entries_and_corrections_say_who_and_why(made: Made, vault: OpenVault) -> None:
    starts, reach = set(made.counted("starts")), set(made.counted("reach"))
    went, came = min(starts), min(reach - starts)
    with unit_of_work(vault, label="Corrected two dates") as work:
        for client, day in ((went, "2026-10-02"), (came, "2026-07-03")):
            enrolment = work.session.scalars(select(Enrolment).where(Enrolment.client_id == client)).one()
            enrolment.started_on = WISH.from_on.fromisoformat(day)
            enrolment.profile_started_on = enrolment.started_on
    changed = made.change("starts")
    assert changed.difference == 0
    assert changed.issued_words == changed.now_words
    assert not changed.is_same
    told = {one.client_id: one for one in changed.people}
    assert set(told) == {went, came}
    assert (told[went].way, told[came].way) == (WENT, CAME)
    assert "started on 2 October 2026, after the period" in told[went].reason
    assert told[went].reason.endswith("enrolment changed on 5 October 2026")
    assert told[came].reason.endswith("enrolment changed on 5 October 2026")


def test_erased_people_stay_in_the_figures_and_who_moved_is_told(made: Made, vault: OpenVault) -> None:
    mover = min(made.counted("employment-rate"))
    with unit_of_work(vault, label="Taken out a job") as work:
        for job in work.session.scalars(select(Job).where(Job.client_id == mover)):
            job.started_on = WISH.to_on.replace(day=1, month=12)
    changed = {one.client_id: one for one in made.change("pay-adequacy").people}
    assert changed[mover].way == WENT
    assert changed[mover].reason.endswith("job changed on 5 October 2026")
    rate = {one.client_id: one for one in made.change("employment-rate").people}
    assert rate[mover].way == MOVED
    assert rate[mover].reason.startswith("from “")
    do(vault, erase_client, EraseClient(client_id=mover, reason="Asked for it"))
    rate = {one.client_id: one for one in made.change("employment-rate").people}
    assert rate[mover].reason.endswith("erased since")


def test_a_figure_with_other_numbers_and_the_same_people_says_so(made: Made, vault: OpenVault) -> None:
    first = made.counted("all-job-starts")[0]
    with unit_of_work(vault, label="A second job") as work:
        job = work.session.scalars(select(Job).where(Job.client_id == first)).first()
        assert job is not None
        second = Job(client_id=first, employer_id=job.employer_id, title="Cleaner", started_on=job.started_on)
        work.session.add(second)
    changed = made.change("all-job-starts")
    assert (changed.difference, changed.people) == (1, ())
    assert "same people" in changed.note


def test_what_the_register_does_not_hold_is_refused(made: Made, vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="not in the register"):
        ask(vault, reopened, vault.vault_id)
    with pytest.raises(Refusal, match="not in the register"):
        reconciled(vault, vault.vault_id, Watch.silent())
    with unit_of_work(vault, label="As an earlier version left it") as work:
        review = work.session.scalars(select(ReleaseReview)).one()
        work.session.delete(review)
    again = ask(vault, reopened, made.release_id)
    assert (again.is_explained, again.figures, again.tables, again.cells) == (False, (), (), None)
    assert again.title == "Community grant, 1 July 2026 to 30 September 2026"
    with pytest.raises(Refusal, match="before figures were kept"):
        made.reconciled()


def test_a_figure_this_program_does_not_count_any_more_stays_as_issued(made: Made, vault: OpenVault) -> None:
    with unit_of_work(vault, label="Another version of the program") as work:
        review = work.session.scalars(select(ReleaseReview)).one()
        review.figures = [
            {**entry, "id": "of-old"} if entry.get("id") == "reach" and entry["sort"] == "figure" else entry
            for entry in review.figures
        ]
    changed = made.change("of-old")
    assert (changed.difference, changed.now_words) == (None, "")
    assert "does not count it" in changed.note
    assert changed.issued_words == "36"
    assert read_cells([]) is None
    assert read_inputs([]) == {}


def test_a_second_issue_of_the_period_is_a_revision_with_its_reason(
    made: Made, vault: OpenVault, tmp_path: Path
) -> None:
    prepared = prepare(vault, dataclasses.replace(QUICK, reason="A late job start"), Watch.silent())
    done = issue(vault, IssueWish(prepared=prepared, folder=tmp_path / "two"), Watch.silent())
    assert done.release_id is not None
    second = ask(vault, reopened, done.release_id)
    assert (second.sort, second.reason) == ("revised", "A late job start")
    assert (second.supersedes_id, second.checked_by, second.checked_on) == (made.release_id, "", None)
    assert ask(vault, reopened, made.release_id).superseded_by == done.release_id


def test_near_misses_are_named_with_their_reasons(made: Made, vault: OpenVault) -> None:
    near = next(each.near for each in made.prepared.figures if each.near)
    rows = ask(vault, reasons_behind, ReasonsQuestion(reasons=tuple((n.client_id, n.reason) for n in near)))
    assert {(row.id, row.reason) for row in rows} == {(each.client_id, each.reason) for each in near}
    assert all(row.reason for row in rows)


def test_the_formula_holds_the_figures_own_numbers(made: Made) -> None:
    for figure in made.prepared.figures:
        said = worked_formula(figure)
        known = [
            figure.value_words,
            "Nobody",
            "No answers",
            *(f"{part.number:,}" for part in figure.parts[:1]),
        ]
        assert any(words in said for words in known), figure.id
