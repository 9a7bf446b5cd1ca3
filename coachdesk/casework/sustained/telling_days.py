"""Milestones and cohorts in words: stretches of work, gaps, and days that nobody knows of."""

import datetime as dt
from collections.abc import Sequence

from coachdesk.casework.sustained.cover import Stretch, gap_days, held_on, stretches
from coachdesk.casework.sustained.decision import Verdict
from coachdesk.casework.sustained.histories import JobHistory
from coachdesk.casework.sustained.milestone import milestone_of, months_up
from coachdesk.casework.sustained.settings import Cohort, Milestone
from coachdesk.casework.sustained.telling import (
    Case,
    Piece,
    Shade,
    Told,
    count_words,
    day_words,
    sentence_of,
)

ONE_DAY = dt.timedelta(days=1)
_NO_HOURS = "Nobody has written down when four hours of paid work were done, nor the usual hours."
_SETTLE_HOURS = "The day on which four hours of paid work were done, or the usual hours a week."


def tell_milestone(case: Case, rule: Milestone) -> Told:
    """Return how a milestone came out, step by step."""
    first = case.history.first_job(case.as_at)
    sentence = sentence_of(case.decision)
    if first is None:
        return _without_job(case, sentence)
    on = milestone_of(first, rule)
    jobs = [job for job in case.history.counted(case.as_at) if job.started_on >= first.started_on]
    until = min(on, case.as_at)
    gap = gap_days([job.span for job in jobs], first.started_on, until)
    steps = [
        f"The first job with four paid hours began on {day_words(first.started_on)} ({first.called}).",
        f"{rule.weeks} weeks later is {day_words(on)}.",
        f"Days in no job from then to {day_words(until)}: {count_words(gap, 'day')}; allowed: {rule.gap_days}.",
    ]
    if on <= case.as_at:
        steps.append(_on_the_day(jobs, on))
    return Told(
        sentence=sentence,
        steps=tuple(steps),
        pieces=_pieces(jobs, first.started_on, on, case.as_at),
        breaks=_breaks(case, rule, on, gap),
        settles=_settles(case, jobs, on),
    )


def _without_job(case: Case, sentence: str) -> Told:
    unclear = case.history.unclear_job(case.as_at)
    if unclear is not None:
        begun = f"A job began on {day_words(unclear.started_on)} ({unclear.called})."
        return Told(sentence=sentence, steps=(begun, _NO_HOURS), settles=(_SETTLE_HOURS,))
    return Told(sentence=sentence, steps=("No job with four paid hours has begun during support.",))


def _on_the_day(jobs: Sequence[JobHistory], on: dt.date) -> str:
    held = [job for job in jobs if held_on([job.span], on, sure=False)]
    if not held:
        return f"On {day_words(on)} no job was held."
    sure = next((job for job in held if held_on([job.span], on, sure=True)), None)
    if sure is None:
        job = held[-1]
        since = f"since {day_words(job.sign_on)}" if job.sign_on is not None else "since it began"
        return f"On {day_words(on)} nobody knows: of {job.called} nothing was heard {since}."
    if sure.ended_on is not None:
        return f"On {day_words(on)} in a job: {sure.called}, until {day_words(sure.ended_on)}."
    seen = day_words(sure.sign_on or on)
    return f"On {day_words(on)} in a job: {sure.called}, known to go on until {seen} at least."


def _pieces(jobs: Sequence[JobHistory], since: dt.date, on: dt.date, as_at: dt.date) -> tuple[Piece, ...]:
    until = min(on, as_at)
    spans = [job.span for job in jobs]
    found: list[Piece] = []
    for may in stretches(spans, since, until, sure=False):
        if not may.is_work:
            found.append(_piece(may, Shade.GAP, "In no job"))
            continue
        for sure in stretches(spans, may.from_on, may.to_on, sure=True):
            shade = Shade.COUNTS if sure.is_work else Shade.UNKNOWN
            found.append(_piece(sure, shade, _called(jobs, sure)))
    if on > as_at:
        found.append(_piece(Stretch(as_at + ONE_DAY, on, is_work=False), Shade.TO_COME, "To come"))
    return tuple(found)


def _called(jobs: Sequence[JobHistory], part: Stretch) -> str:
    names = [
        job.called
        for job in jobs
        if job.started_on <= part.to_on and (job.ended_on is None or job.ended_on >= part.from_on)
    ]
    return " and ".join(dict.fromkeys(names))


def _piece(part: Stretch, shade: Shade, what: str) -> Piece:
    return Piece(
        from_on=part.from_on,
        to_on=part.to_on,
        shade=shade,
        what=what,
        amount=count_words(part.days, "day"),
    )


def _breaks(case: Case, rule: Milestone, on: dt.date, gap: int) -> tuple[str, ...]:
    if case.decision.verdict is not Verdict.NOT_YET:
        return ()
    left = rule.gap_days - gap
    more = f"more than {count_words(left, 'day')}" if left else "even one day"
    return (
        f"A gap of {more} before {day_words(on)}.",
        f"Being in no job on {day_words(on)} itself.",
    )


def _settles(case: Case, jobs: Sequence[JobHistory], on: dt.date) -> tuple[str, ...]:
    if case.decision.verdict is not Verdict.UNKNOWN:
        return ()
    found = [
        f"{job.called}: a check-in, evidence or a confirmed week on or after {day_words(on)}; or its last day."
        for job in jobs
        if job.ended_on is None and job.started_on <= on
    ]
    return tuple(dict.fromkeys(found))


def tell_cohort(case: Case, rule: Cohort) -> Told:
    """Return how somebody stands in the cohort, step by step."""
    up = months_up(case.history, rule)
    since = case.history.supported_from
    sentence = sentence_of(case.decision)
    if up is None or since is None:
        return Told(sentence=sentence, steps=("Nobody has written down when support began.",))
    first = case.history.first_job(case.as_at)
    steps = [
        f"Support began on {day_words(since)}.",
        f"{count_words(rule.months, 'month')} are up on {day_words(up)}.",
        f"The first job with four paid hours began on {day_words(first.started_on)} ({first.called})."
        if first is not None
        else "No job with four paid hours is known.",
    ]
    if up > case.as_at and case.decision.verdict is not Verdict.REACHED:
        steps.append("The months are not up: this client is not in the rate yet.")
    begun = first.started_on if first is not None else None
    unsaid = case.decision.verdict is Verdict.UNKNOWN
    return Told(
        sentence=sentence,
        steps=(*steps, _NO_HOURS) if unsaid else tuple(steps),
        pieces=_cohort_pieces(since, up, begun, case.as_at),
        settles=(_SETTLE_HOURS,) if unsaid else (),
    )


def _cohort_pieces(since: dt.date, up: dt.date, begun: dt.date | None, as_at: dt.date) -> tuple[Piece, ...]:
    last = min(up, as_at)
    found = []
    if begun is None or begun > since:
        before = last if begun is None or begun > last else begun - ONE_DAY
        found.append(_piece(Stretch(since, before, is_work=False), Shade.GAP, "Before the first job"))
    if begun is not None and begun <= last:
        found.append(_piece(Stretch(begun, last, is_work=True), Shade.COUNTS, "Since the first job"))
    if up > as_at:
        begins = max(as_at + ONE_DAY, since)
        found.append(_piece(Stretch(begins, up, is_work=False), Shade.TO_COME, "To come"))
    return tuple(found)
