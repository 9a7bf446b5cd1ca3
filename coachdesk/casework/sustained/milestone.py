"""In paid work on the day so many weeks after the first job began, and cohorts by the day of the first job."""

import datetime as dt

from coachdesk.casework.due_rules import months_after
from coachdesk.casework.sustained.cover import gap_days, held_on, standing
from coachdesk.casework.sustained.decision import Decision, Verdict
from coachdesk.casework.sustained.histories import JobHistory, WorkHistory
from coachdesk.casework.sustained.settings import Cohort, Milestone

_BY_STANDING = {
    "in work": Verdict.REACHED,
    "not in work": Verdict.CANNOT,
    "not known": Verdict.UNKNOWN,
}


def milestone_of(job: JobHistory, rule: Milestone) -> dt.date:
    """Return the day of the milestone: so many weeks after a job began."""
    return job.started_on + dt.timedelta(weeks=rule.weeks)


def decide_milestone(history: WorkHistory, rule: Milestone, as_at: dt.date) -> Decision:
    """Return how a client stands by a milestone (facts 12.4 row 17)."""
    first = history.first_job(as_at)
    if first is None:
        return _without_job(history, rule, as_at)
    on = milestone_of(first, rule)
    spans = [job.span for job in history.counted(as_at) if job.started_on >= first.started_on]
    if on <= as_at:
        verdict = _BY_STANDING[standing(spans, first.started_on, on, rule.gap_days)]
        return Decision(verdict=verdict, on=on if verdict is Verdict.REACHED else None)
    if gap_days(spans, first.started_on, as_at) > rule.gap_days:
        return Decision(verdict=Verdict.CANNOT)
    goes_on = held_on(spans, on, sure=False) and gap_days(spans, first.started_on, on) <= rule.gap_days
    return Decision(verdict=Verdict.NOT_YET, projected=on if goes_on else None)


def running(history: WorkHistory, as_at: dt.date) -> tuple[JobHistory, ...]:
    """Return the jobs within support that have not ended, as far as anybody knows."""
    return tuple(
        job
        for job in history.counted(as_at)
        if history.begun_within(job) and (job.ended_on is None or job.ended_on > as_at)
    )


def _without_job(history: WorkHistory, rule: Milestone, as_at: dt.date) -> Decision:
    if history.unclear_job(as_at) is not None:
        return Decision(verdict=Verdict.UNKNOWN)
    new = next((job for job in running(history, as_at) if job.ended_on is None), None)
    if new is not None:
        return Decision(verdict=Verdict.NOT_YET, projected=milestone_of(new, rule))
    is_over = history.supported_to is not None and history.supported_to <= as_at
    still = is_over and not running(history, as_at)
    return Decision(verdict=Verdict.CANNOT if still else Verdict.NOT_YET)


def months_up(history: WorkHistory, rule: Cohort) -> dt.date | None:
    """Return the day on which a client's months are up; None before support has begun."""
    return None if history.supported_from is None else months_after(history.supported_from, rule.months)


def decide_cohort(history: WorkHistory, rule: Cohort, as_at: dt.date) -> Decision:
    """Return whether a first job began within the months (facts 12.4 row 14); before they are up it can still be."""
    up = months_up(history, rule)
    if up is None:
        return Decision(verdict=Verdict.UNKNOWN)
    first = history.first_job(as_at)
    if first is not None and first.started_on <= up:
        return Decision(verdict=Verdict.REACHED, on=first.started_on)
    unclear = history.unclear_job(as_at)
    if unclear is not None and unclear.started_on <= up:
        return Decision(verdict=Verdict.UNKNOWN)
    coming = next((job for job in running(history, as_at) if job.started_on <= up), None)
    if coming is not None and coming.four_hours_paid(as_at) is False:
        return Decision(verdict=Verdict.NOT_YET, projected=coming.started_on)
    is_over = up <= as_at or (history.supported_to is not None and history.supported_to <= as_at)
    return Decision(verdict=Verdict.CANNOT if is_over else Verdict.NOT_YET)
