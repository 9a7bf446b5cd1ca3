from collections.abc import Iterator
from typing import Any

import pytest

from coachdesk.models import CheckInMove
from coachdesk.returns.indicators.check_ins import IN_TIME, NOT_IN_TIME, check_in_coverage
from coachdesk.returns.indicators.job_starts import (
    INTO_WORK,
    NOT_YET,
    all_job_starts,
    cohort_rate,
    employment_rate,
    first_job_starts,
    in_work_job_starts,
)
from coachdesk.returns.indicators.sustained import (
    IN_WORK_LABEL,
    NOT_IN_WORK_LABEL,
    UNKNOWN_LABEL,
    sustained,
)
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.returns.return_world import World, day


@pytest.fixture
def world(vault: OpenVault) -> Iterator[World]:
    with unit_of_work(vault, label="Made a caseload") as work:
        yield World(work.session)


def test_only_the_first_job_of_an_enrolment_is_a_first_job_start(world: World) -> None:
    world.job(world.enrol("First", "05-01"), "07-15")
    second = world.enrol("Second", "05-01")
    world.job(second, "06-10", ended="07-10")
    world.job(second, "07-20")
    before = world.enrol("Job before the start", "07-10")
    world.job(before, "07-01")
    after = world.enrol("Job after leaving", "05-01", exit_on="08-01")
    world.job(after, "08-02")
    world.enrol("No job")
    assert world.who(first_job_starts(world.session, world.scope()).people) == {"First"}


def test_four_paid_hours_must_be_completed_and_blank_hours_stand_aside(world: World) -> None:
    world.job(world.enrol("Recorded"), "09-28", hours=None, four_hours_on="09-30")
    world.job(world.enrol("Recorded too late"), "09-28", hours=None, four_hours_on="10-01")
    world.job(world.enrol("A week of sixteen hours"), "09-24", hours=16)
    world.job(world.enrol("Six days"), "09-25", hours=16)
    world.job(world.enrol("Left within the week"), "09-01", ended="09-05", hours=16)
    world.job(world.enrol("Three hours a week"), "08-01", hours=3)
    world.job(world.enrol("Hours blank"), "08-01", hours=None)
    found = first_job_starts(world.session, world.scope())
    assert world.who(found.people) == {"Recorded", "A week of sixteen hours"}
    assert world.who(found.aside) == {"Hours blank", "Three hours a week"}
    assert found.note.startswith("2 with a new job are not counted")


def test_people_in_work_at_their_start_have_a_line_of_their_own(world: World) -> None:
    world.job(world.enrol("Out of work"), "08-01")
    world.job(world.enrol("At risk", route="in_work_at_risk"), "08-01")
    world.job(world.enrol("Signed off", route="signed_off"), "08-01")
    world.job(world.enrol("Not asked", route="not_asked"), "08-01")
    assert world.who(first_job_starts(world.session, world.scope()).people) == {"Out of work"}
    assert world.who(in_work_job_starts(world.session, world.scope()).people) == {"At risk", "Signed off"}


def test_all_job_starts_count_jobs_and_leave_other_enrolments_alone(world: World) -> None:
    two = world.enrol("Two jobs", "05-01")
    world.job(two, "06-10")
    world.job(two, "07-20")
    world.job(two, "08-20", hours=None)
    other = world.enrol("Linked elsewhere", "05-01", exit_on="05-31")
    world.job(other, "08-01", enrolment_id=other.id)
    found = all_job_starts(world.session, world.scope())
    assert (found.number, world.who(found.people), found.unit) == (2, {"Two jobs"}, "job starts")


def test_the_employment_rate_divides_first_starts_by_those_out_of_work_and_supported(world: World) -> None:
    world.job(world.enrol("Into work", "05-01"), "08-01")
    world.job(world.enrol("Into work earlier", "03-01"), "04-01")
    world.enrol("Still looking", "08-01")
    world.enrol("Left before", "03-01", exit_on="06-30")
    world.job(world.enrol("In work already", route="in_work_at_risk"), "08-01")
    assert world.groups(employment_rate(world.session, world.scope())) == {
        INTO_WORK: (1, {"Into work"}),
        NOT_YET: (2, {"Into work earlier", "Still looking"}),
    }


def test_a_cohort_holds_only_those_whose_months_are_up(world: World) -> None:
    world.job(world.enrol("Within", "01-10"), "07-09")
    world.job(world.enrol("On the last day", "01-10"), "07-10")
    world.job(world.enrol("A day late", "01-10"), "07-11")
    world.enrol("Never", "03-30")
    world.enrol("Too early", "2025-12-31")
    world.enrol("Not in this period", "04-01")
    world.enrol("In work at the start", "01-10", route="signed_off")
    scope = world.scope()
    assert world.groups(cohort_rate(world.session, scope, 6)) == {
        "Into work within 6 months": (2, {"Within", "On the last day"}),
        "Not within 6 months": (2, {"A day late", "Never"}),
    }
    early = cohort_rate(world.session, world.scope(as_at=day("08-31")), 6)
    assert world.who(early.aside) == {"Never"}
    assert world.who(early.base_people) == {"Within", "On the last day", "A day late"}
    assert early.note == "1 have not had 6 months yet and are not counted."


def test_sustained_work_has_three_columns_and_unknown_is_never_success(world: World) -> None:
    def starter(name: str, **job: Any) -> None:
        world.job(world.enrol(name, "04-01"), "04-15", **job)

    starter("Ended later", ended="07-16")
    starter("Ended on the day", ended="07-15")
    starter("Ended before", ended="07-14")
    starter("Nobody has asked since")
    starter("Evidence seen", evidence_seen_on="07-15")
    starter("Evidence too old", evidence_seen_on="07-14")
    checked = world.job(world.enrol("Checked", "04-01"), "04-15")
    world.check_in(checked, "07-15", "07-20")
    gone = world.job(world.enrol("Said no", "04-01"), "04-15")
    world.check_in(gone, "07-15", "07-20", still_there="no")
    world.job(world.enrol("Milestone in October", "04-01"), "07-10")
    world.enrol("No job", "04-01")
    assert world.groups(sustained(world.session, world.scope(), 13)) == {
        IN_WORK_LABEL: (4, {"Ended later", "Ended on the day", "Evidence seen", "Checked"}),
        NOT_IN_WORK_LABEL: (1, {"Ended before"}),
        UNKNOWN_LABEL: (3, {"Nobody has asked since", "Evidence too old", "Said no"}),
    }


def test_a_gap_between_jobs_counts_against_the_allowed_days(world: World) -> None:
    moved = world.enrol("Moved on", "04-01")
    world.job(moved, "04-15", ended="05-10")
    world.job(moved, "05-14", ended="08-01")
    strict, patient = world.scope(), world.scope(gap_days=3)
    assert sustained(world.session, strict, 13).groups[0].number == 0
    assert world.who(sustained(world.session, patient, 13).people) == {"Moved on"}
    assert sustained(world.session, world.scope(gap_days=2), 13).groups[1].number == 1


def test_jobs_side_by_side_leave_no_gap(world: World) -> None:
    both = world.enrol("Both", "04-01")
    world.job(both, "04-15", ended="08-01")
    world.job(both, "05-01", ended="05-20")
    world.job(both, "07-20")
    assert world.who(sustained(world.session, world.scope(), 13).people) == {"Both"}


def test_a_milestone_after_the_as_at_date_stands_aside(world: World) -> None:
    world.job(world.enrol("Soon", "04-01"), "06-20", ended="12-01")
    found = sustained(world.session, world.scope(as_at=day("09-01")), 13)
    assert (found.base, world.who(found.aside)) == (0, {"Soon"})
    assert found.note == "1 reach 13 weeks after the as-at date and are not counted."


def test_check_ins_count_when_held_by_due_and_grace(world: World) -> None:
    rhythm: dict[str, Any] = {"rhythm_days": (7, 14, 21), "grace_days": 3}
    job = world.job(world.enrol("Worker"), "08-01")
    world.check_in(job, "08-08", "08-11")
    world.check_in(job, "08-15", "08-19")
    short = world.job(world.enrol("Short"), "08-01", ended="08-10")
    world.check_in(short, "08-08", "08-08")
    assert world.groups(check_in_coverage(world.session, world.scope(**rhythm))) == {
        IN_TIME: (2, {"Worker", "Short"}),
        NOT_IN_TIME: (2, {"Worker"}),
    }


def test_a_moved_check_in_counts_on_its_new_day_and_one_left_out_does_not(world: World) -> None:
    rhythm: dict[str, Any] = {"rhythm_days": (7, 14, 21), "grace_days": 3}
    job = world.job(world.enrol("Worker"), "08-01")
    for due_on, moved_to in (("08-08", "08-20"), ("08-15", None)):
        moved = day(moved_to) if moved_to is not None else None
        told = {"due_on": day(due_on), "moved_to": moved, "reason": "client_holiday"}
        world.session.add(CheckInMove(client_id=job.client_id, job_id=job.id, **told))
    world.check_in(job, "08-20", "08-20")
    early = world.job(world.enrol("Early", "06-01"), "06-01")
    told = {"due_on": day("06-22"), "moved_to": day("07-02"), "reason": "health"}
    world.session.add(CheckInMove(client_id=early.client_id, job_id=early.id, **told))
    world.session.flush()
    assert world.groups(check_in_coverage(world.session, world.scope(**rhythm))) == {
        IN_TIME: (1, {"Worker"}),
        NOT_IN_TIME: (2, {"Worker", "Early"}),
    }


def test_a_check_in_within_its_grace_is_not_missed_yet(world: World) -> None:
    world.job(world.enrol("New"), "09-22")
    found = check_in_coverage(world.session, world.scope(rhythm_days=(7,), grace_days=3))
    assert (found.base, world.who(found.aside)) == (0, {"New"})
    assert found.note.startswith("Check-ins of 1 people are still within")
