"""What the engine is told about one client: jobs with dated terms and weeks, the days of support, the birth date."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from coachdesk.casework.births import NOT_KNOWN, Birth

WEEK = 7
HOUR = 60
FOUR_HOURS = 4 * HOUR
_SIX_DAYS = dt.timedelta(days=6)
"""From the first to the last day of a week."""


class Terms(NamedTuple):
    """Usual minutes a week and pence an hour, as on a day."""

    as_on: dt.date
    usual_minutes: int | None
    hourly_pence: int | None


class Logged(NamedTuple):
    """A week as it was written down; ``is_away`` where somebody said why there was less work."""

    paid_minutes: int | None
    gross_pence: int | None
    is_away: bool = False
    is_confirmed: bool = False


class Span(NamedTuple):
    """The days of a job: until when it is known to have gone on, and until when it may have (None: no end known)."""

    from_on: dt.date
    sure_to: dt.date | None
    may_to: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobHistory:
    """One job as far as it bears on sustained work."""

    started_on: dt.date
    ended_on: dt.date | None = None
    sign_on: dt.date | None = None
    """The last day on which a check-in, evidence or a confirmed week showed the client there."""
    called: str = ""
    four_hours_on: dt.date | None = None
    is_self_employed: bool = False
    is_apprentice: bool = False
    terms: tuple[Terms, ...] = ()
    """The earliest first."""
    weeks: Mapping[int, Logged] = field(default_factory=lambda: MappingProxyType({}))
    """By the ordinal of the week's Monday."""

    @property
    def span(self) -> Span:
        """Return the days on which the job was held, for sure and perhaps."""
        return Span(self.started_on, self.ended_on or self.sign_on, self.ended_on)

    def four_hours_paid(self, as_at: dt.date) -> bool | None:
        """Return whether four paid hours were completed by a date (facts 2.3); None when nobody can say.

        The recorded day decides. Where it is blank, a job with usual hours of at least four a week has
        given four paid hours once it has lasted a week.
        """
        if self.four_hours_on is not None:
            return self.four_hours_on <= as_at
        if not any((one.usual_minutes or 0) >= FOUR_HOURS for one in self.terms):
            return None
        last = as_at if self.ended_on is None else min(self.ended_on, as_at)
        return last - self.started_on >= _SIX_DAYS

    def terms_on(self, day: dt.date) -> Terms | None:
        """Return the terms in force on a day; None before the first."""
        found = None
        for one in self.terms:
            if one.as_on > day:
                break
            found = one
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkHistory:
    """A client's jobs and the days of support they are counted for."""

    jobs: tuple[JobHistory, ...] = ()
    """The earliest first."""
    supported_from: dt.date | None = None
    supported_to: dt.date | None = None
    """The last day of support; None while it goes on."""
    birth: Birth = NOT_KNOWN

    def counted(self, as_at: dt.date) -> tuple[JobHistory, ...]:
        """Return the jobs that had begun by a day, none from before support."""
        since = self.supported_from or dt.date.min
        return tuple(job for job in self.jobs if since <= job.started_on <= as_at)

    def begun_within(self, job: JobHistory) -> bool:
        """Return whether a job began before support ended."""
        return self.supported_to is None or job.started_on <= self.supported_to

    def first_job(self, as_at: dt.date) -> JobHistory | None:
        """Return the first job with four paid hours that began within support (facts 12.4 row 11)."""
        within = (job for job in self.counted(as_at) if self.begun_within(job))
        return next((job for job in within if job.four_hours_paid(as_at)), None)

    def unclear_job(self, as_at: dt.date) -> JobHistory | None:
        """Return the first job within support of which nobody can say whether four hours were paid."""
        within = (job for job in self.counted(as_at) if self.begun_within(job))
        return next((job for job in within if job.four_hours_paid(as_at) is None), None)
