"""What stands beside an invented life: looking for work, adjustments step by step, time off, breaks and endings."""

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from coachdesk.casework.practice_office import around
from coachdesk.models import (
    Absence,
    AccessToWork,
    Adjustment,
    AdjustmentStep,
    Application,
    AwardItem,
    BenefitsQuestion,
    ContactRhythm,
    DisclosureDecision,
    EmployerTalk,
    Ending,
    GroupPlace,
    Interview,
    Job,
    JobEvidence,
    JobTerms,
    JobWish,
    Pause,
    Record,
    ReturnStep,
    VocationalProfile,
    WorkWeek,
)

if TYPE_CHECKING:
    from coachdesk.casework.practice_lives import Life
    from coachdesk.casework.practice_office import Surroundings

WEEKS = 8
RETURNING = ((0, 0.4), (7, 0.6), (14, 0.8), (21, 1.0))
"""Days after the first day back, and the share of the usual hours."""


def _days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


class Beside:
    """Makes what stands beside one life, from a chance of its own so that the life itself stays as it was."""

    def __init__(
        self, life: "Life", made: Sequence[Record], office: "Surroundings", chance: random.Random
    ) -> None:
        self.life, self.office, self.chance, self.today = life, office, chance, life.today
        self.job = next((one for one in made if isinstance(one, Job)), None)
        self.terms = next((one for one in made if isinstance(one, JobTerms)), None)
        self.adjustments = [one for one in made if isinstance(one, Adjustment)]
        self.goes_on = life.started_on is not None and life.exit_on is None

    def records(self) -> Iterator[Record]:
        """Give the records, what others point at first."""
        life = self.life
        if life.started_on is None:
            return
        yield from self._profile(life.started_on)
        if life.exit_on is not None:
            yield from self._ending(life.started_on, life.exit_on)
        if self.goes_on:
            yield from self._break_and_rhythm(life.started_on)
            yield from self._in_groups()
        if self.goes_on and self.job is None:
            yield from self._search()
        if self.job is not None:
            yield from self._evidence(self.job)
            yield from self._steps()
            if self.goes_on and self.job.ended_on is None:
                yield from self._staying(self.job)

    def _some(self, share: float, make: Callable[[], Iterator[Record]]) -> Iterator[Record]:
        if self.chance.random() < share:
            yield from make()

    def _pick(self, words: str) -> str:
        return str(self.chance.choice(around()[words]))

    def _profile(self, started: dt.date) -> Iterator[Record]:
        if self.chance.random() < 1 / 2:
            yield VocationalProfile(
                client_id=self.life.client_id,
                started_on=min(started + _days(5), self.life.until),
                hopes=self._pick("hopes"),
                strengths="Kind, patient, turns up.",
                preferred_hours="A few hours to begin with.",
            )

    def _ending(self, started: dt.date, ended: dt.date) -> Iterator[Record]:
        may, asking = self.chance.choice(("yes", "no", "not_asked")), ended + _days(90)
        was_asked = may == "yes" and asking < self.today - _days(5)
        yield Ending(
            client_id=self.life.client_id,
            enrolment_id=self.life.enrolment_id,
            ended_on=max(ended, started),
            what_stands=self._pick("standing"),
            may_ask_later=may,
            ask_on=asking if may == "yes" else None,
            asked_on=asking + _days(2) if was_asked else None,
            answer="Still there, and glad of the call." if was_asked else "",
        )

    def _break_and_rhythm(self, started: dt.date) -> Iterator[Record]:
        client = self.life.client_id
        if self.chance.random() < 1 / 6:
            yield ContactRhythm(
                client_id=client, every_days=self.chance.choice((7, 14, 28)), agreed_on=started
            )
        if self.chance.random() < 1 / 30 and started <= self.today - _days(30):
            yield Pause(
                client_id=client,
                enrolment_id=self.life.enrolment_id,
                from_on=self.today - _days(12),
                to_on=self.today + _days(self.chance.choice((3, 20))),
                reason=self._pick("pauses"),
            )

    def _in_groups(self) -> Iterator[Record]:
        for held in self.office.groups:
            if held.coach_id == self.life.coach_id and self.chance.random() < 1 / 3:
                yield GroupPlace(
                    client_id=self.life.client_id,
                    group_session_id=held.id,
                    attended=self.chance.random() < 4 / 5,
                )

    def _search(self) -> Iterator[Record]:
        client = self.life.client_id
        for trait, strength, least, most, own in self.chance.sample(around()["wishes"], 3):
            yield JobWish(
                client_id=client,
                trait=trait,
                strength=strength,
                least=least or None,
                most=most or None,
                own_words=own,
            )
        yield from self._some(2 / 3, self._application)
        if self.chance.random() < 1 / 3:
            yield BenefitsQuestion(
                client_id=client,
                asked_on=self.today - _days(9),
                question=self._pick("questions"),
                asked_of="Citizens Advice",
            )
        if self.office.talks and self.chance.random() < 1 / 3:
            _, talk = self.chance.choice(self.office.talks)
            yield EmployerTalk(client_id=client, employer_contact_id=talk)

    def _application(self) -> Iterator[Record]:
        vacancy = self.chance.choice(self.office.vacancies)
        stage = self.chance.choice(("lead", "applied", "applied", "interview", "not_taken"))
        applied = None if stage == "lead" else self.today - _days(3)
        found = min(vacancy.found_on, applied or self.today)
        one = Application(
            client_id=self.life.client_id,
            enrolment_id=self.life.enrolment_id,
            vacancy_id=vacancy.id,
            employer_id=vacancy.employer_id,
            title=vacancy.title,
            source="coach",
            found_on=found,
            stage=stage,
            applied_on=applied,
            ended_on=self.today - _days(1) if stage == "not_taken" else None,
            end_reason="Somebody with more experience this time." if stage == "not_taken" else "",
            next_on=self.today + _days(2) if stage in ("lead", "applied") else None,
            next_step="Send the form together" if stage == "lead" else "Ring and ask" if applied else "",
        )
        yield one
        if stage == "interview":
            yield Interview(
                client_id=self.life.client_id,
                application_id=one.id,
                sort="interview",
                happens_on=self.today + _days(self.chance.choice((1, 3, 6))),
                at_time=self.chance.choice(("09:30", "11:00", "14:15")),
                place="At the site",
                support="The questions on paper beforehand",
            )
            yield DisclosureDecision(
                client_id=self.life.client_id,
                employer_id=vacancy.employer_id,
                decision="part",
                what="That mornings are slow, nothing else",
                to_whom="Whoever leads the interview",
                by_whom="The client",
                own_words=self._pick("words_for_employers"),
                decided_on=self.today - _days(4),
            )

    def _evidence(self, job: Job) -> Iterator[Record]:
        if self.chance.random() < 1 / 2:
            yield JobEvidence(
                client_id=self.life.client_id,
                job_id=job.id,
                outcome="job_start",
                sort=job.evidence,
                seen_on=min(job.started_on + _days(20), self.today),
                coach_id=self.life.coach_id,
            )
        yield from self._weeks(job)

    def _weeks(self, job: Job) -> Iterator[Record]:
        """Give the last weeks of a job, the older ones seen on a payslip."""
        terms, last = self.terms, min(job.ended_on or self.life.until, self.life.until)
        monday = last - _days(last.weekday() + 7)
        if terms is None or terms.usual_minutes is None or self.chance.random() < 1 / 2:
            return
        for back in range(WEEKS):
            week = monday - _days(7 * back)
            if week < job.started_on:
                return
            worked = round(terms.usual_minutes * self.chance.choice((0.75, 1, 1, 1, 1.1)))
            yield WorkWeek(
                client_id=self.life.client_id,
                job_id=job.id,
                week_on=week,
                paid_minutes=worked,
                gross_pence=round(worked * (terms.hourly_pence or 0) / 60) or None,
                is_confirmed=back > 1,
            )

    def _steps(self) -> Iterator[Record]:
        """Give how each adjustment came about; some were refused first."""
        for one in self.adjustments:
            asked = one.requested_on or self.today
            if one.in_place_on and one.in_place_on > asked + _days(8) and self.chance.random() < 1 / 4:
                yield self._step(one, asked + _days(4), "refused", self._pick("refusals"))
            yield self._step(one, asked, "asked", "")
            if one.in_place_on:
                one.decided_on = one.in_place_on
                one.is_working = self.chance.choice(("yes", "yes", "no", "not_asked"))
                one.review_on = one.in_place_on + _days(182)
                yield self._step(one, one.in_place_on, "agreed", "")
                yield self._step(one, one.in_place_on, "in_place", "")

    def _step(self, one: Adjustment, on: dt.date, event: str, note: str) -> AdjustmentStep:
        return AdjustmentStep(
            client_id=one.client_id,
            adjustment_id=one.id,
            happened_on=on,
            event=event,
            with_whom="The line manager",
            note=note,
            coach_id=self.life.coach_id,
        )

    def _staying(self, job: Job) -> Iterator[Record]:
        if self.chance.random() < 1 / 8:
            yield from self._access_to_work(job)
        if self.chance.random() < 1 / 8 and job.started_on < self.today - _days(60):
            yield from self._absence(job)

    def _access_to_work(self, job: Job) -> Iterator[Record]:
        applied = max(job.started_on, self.today - _days(50))
        awarded = self.chance.random() < 1 / 2
        case = AccessToWork(
            client_id=self.life.client_id,
            job_id=job.id,
            stage="awarded" if awarded else "submitted",
            employer_asked_on=applied,
            submitted_on=applied,
            decided_on=self.today - _days(2) if awarded else None,
            expires_on=self.today + _days(700) if awarded else None,
        )
        yield case
        if awarded:
            yield AwardItem(
                client_id=self.life.client_id,
                access_to_work_id=case.id,
                what="Taxi to the early shift",
                sort="travel",
                amount_pence=6400,
                per="week",
                from_on=self.today - _days(2),
            )

    def _absence(self, job: Job) -> Iterator[Record]:
        first = self.today - _days(self.chance.randint(10, 30))
        back = self.today + _days(self.chance.randint(4, 12))
        away = Absence(
            client_id=self.life.client_id,
            job_id=job.id,
            from_on=first,
            own_words=self._pick("absences"),
            fit_note_from=first + _days(7),
            fit_note_until=back - _days(1),
            may_be_fit="yes",
            fit_note_advice="Amended duties and a phased return",
            return_on=back,
            would_help=self._pick("helps"),
        )
        yield away
        usual = self.terms.usual_minutes if self.terms else None
        for after, share in RETURNING:
            yield ReturnStep(
                client_id=self.life.client_id,
                absence_id=away.id,
                from_on=back + _days(after),
                to_on=back + _days(after + 6),
                week_minutes=round(usual * share / 30) * 30 if usual else None,
                duties="The usual work" if share == 1.0 else "Lighter duties, never alone",
            )


def beside(
    life: "Life", made: Sequence[Record], office: "Surroundings", seed: int, number: int
) -> Iterator[Record]:
    """Give what stands beside a life, always the same for the same seed and number."""
    chance = random.Random(f"{seed} beside {number}")  # noqa: S311 -- invented lives, not secrets
    yield from Beside(life, made, office, chance).records()
    yield from office.named.of_life(life, seed, number)
