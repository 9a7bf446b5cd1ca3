"""One invented life of the practice world: the client, the support, the work, told back from today."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from coachdesk.casework.due_rules import months_after
from coachdesk.casework.practice_work import working_life
from coachdesk.models import (
    Action,
    Circumstances,
    Client,
    Consent,
    Contact,
    Eligibility,
    Enrolment,
    Equality,
    Goal,
    Plan,
    Reading,
    Record,
    new_id,
)

if TYPE_CHECKING:
    from coachdesk.casework.practice import World

ROUTES = (("out_of_work", 62), ("in_work_at_risk", 18), ("signed_off", 14), ("in_work_wants_change", 6))
SOURCES = (
    "self",
    "gp_practice",
    "social_prescriber",
    "jobcentre_plus",
    "vcsef_organisation",
    "council",
    "family_friend",
)
REASONS = (
    *("mental_health", "long_term_physical_health_condition", "disabled", "autism", "carer", "ex_offender"),
    *("care_experienced", "homeless", "armed_forces_veteran", "refugee", "learning_disability"),
)
ETHNIC = (
    *(
        ("white_british", 78),
        ("white_other", 6),
        ("asian_pakistani", 3),
        ("asian_indian", 2),
        ("black_african", 3),
    ),
    *(("mixed_other", 2), ("other_arab", 1), ("not_asked", 3), ("prefers_not_to_say", 2)),
)
LEAVING = ("moved_provision", "health", "moved_away", "no_longer_wants", "lost_contact")
CHANNELS = (
    ("phone", "phone"),
    ("face_to_face", "hub"),
    ("text", "phone"),
    ("face_to_face", "public"),
    ("video", "video"),
)
ONS4 = ("satisfied", "worthwhile", "happy", "anxious")
LONGEST_AGO = 980
DRAMA_NUMBERS = 1000


def _days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


class Life:
    """Makes the records of one invented client; the same chance makes the same life."""

    def __init__(self, world: "World", chance: random.Random, number: int) -> None:
        self.world = world
        self.today = world.today
        self.chance = chance
        self.number = number
        self.client_id = new_id()
        self.enrolment_id = new_id()
        self.coach_id: UUID = chance.choice(world.coaches)
        self.place = chance.choice(world.places)
        self.programme_id, self.definition = chance.choices(world.programmes, world.weights)[0]
        self.route = chance.choices([key for key, _ in ROUTES], [weight for _, weight in ROUTES])[0]
        is_new = chance.random() < 1 / 12
        ago = chance.randint(1, 40) if is_new else round(chance.triangular(14, LONGEST_AGO, 170))
        self.received_on = self.today - _days(ago)
        self.accepted_on: dt.date | None = self.not_yet(self.received_on + _days(chance.randint(1, 12)))
        self.started_on: dt.date | None = self.not_yet(self.received_on + _days(chance.randint(12, 30)))
        self.exit_on = self._leaves()
        self.until = self.exit_on or self.today

    def not_yet(self, day: dt.date) -> dt.date | None:
        """Return a day that has come, None for one that has not."""
        return day if day <= self.today else None

    def _leaves(self) -> dt.date | None:
        """Return when support ended: at its limit, or earlier for one in six."""
        if self.started_on is None:
            return None
        months = (
            self.definition.out_of_work_months
            if self.route == "out_of_work"
            else self.definition.in_work_months
        )
        limit = months_after(self.started_on, months or 12)
        early = (
            self.started_on + _days(self.chance.randint(30, 200)) if self.chance.random() < 1 / 6 else limit
        )
        return self.not_yet(min(early, limit))

    def records(self) -> Iterator[Record]:
        """Give the records of this life, the client first."""
        yield from self._person()
        yield from self._enrolment()
        if self.started_on is not None:
            yield from self._contacts(self.started_on)
            yield from self._plan(self.started_on)
            yield from self._readings(self.started_on)
            yield from working_life(self, self.started_on)

    def _person(self) -> Iterator[Record]:
        chance, words = self.chance, self.world.words
        is_woman = chance.random() < 0.54  # noqa: PLR2004 -- a little more than half
        first = chance.choice(words.women if is_woman else words.men)
        born = self.today - _days(chance.randint(17 * 366, 64 * 365))
        mobile = f"07700 900{self.number % DRAMA_NUMBERS:03}"
        yield Client(
            id=self.client_id,
            reference=f"PW{self.number + 1:05}",
            first_name=first,
            last_name=chance.choice(words.surnames),
            known_as=words.known_as.get(first, "") if chance.random() < 1 / 2 else "",
            born_from=born,
            born_to=born,
            birth_precision="exact",
            nino=f"QQ{self.number % 1_000_000:06}{chance.choice('ABCD')}",
            town=self.place.town,
            postcode=f"{self.place.postcode} {chance.randint(1, 9)}{chance.choice('ABDEFGHJ')}{chance.choice('LNPQRST')}",
            local_authority=self.place.local_authority,
            phone=mobile,
            email=f"{first.casefold()}.{self.number + 1}@example.org".replace("á", "a").replace("é", "e"),
            may_call="yes",
            may_text=chance.choice(("yes", "yes", "no", "not_asked")),
            communication_needs="Large print, please" if chance.random() < 1 / 12 else "",
            coach_id=self.coach_id,
            hub_id=self.place.hub_id,
        )
        yield self._equality(is_woman=is_woman)
        yield Circumstances(
            client_id=self.client_id,
            as_on=self.received_on,
            economic_activity="unemployed" if self.route == "out_of_work" else "working",
            months_since_work=chance.randint(1, 60) if self.route == "out_of_work" else None,
            housing=chance.choice(("private_rent", "social_rent", "owner", "family_friends", "temporary")),
            qualification=chance.choice(("none", "level_1", "level_2", "level_3", "not_asked")),
        )

    def _equality(self, *, is_woman: bool) -> Equality:
        chance = self.chance
        condition = chance.choices(("yes", "no", "not_asked", "prefers_not_to_say"), (70, 20, 6, 4))[0]
        limits = (
            chance.choice(("a_lot", "a_little", "a_little", "not_at_all"))
            if condition == "yes"
            else "not_applicable"
        )
        return Equality(
            client_id=self.client_id,
            sex=("female" if is_woman else "male") if chance.random() > 1 / 30 else "not_asked",
            ethnic_group=chance.choices([key for key, _ in ETHNIC], [weight for _, weight in ETHNIC])[0],
            long_condition=condition,
            activity_restriction=limits,
            carer=chance.choice(("yes", "no", "no", "no", "not_asked")),
            collected_on=self.received_on,
            method="Asked by the coach",
        )

    def _enrolment(self) -> Iterator[Record]:
        chance, started = self.chance, self.started_on
        profile = self.not_yet(started + _days(chance.randint(1, 14))) if started else None
        waiting = ("engagement", "profiling", "job_finding", "employer_engagement")
        yield Enrolment(
            id=self.enrolment_id,
            client_id=self.client_id,
            programme_id=self.programme_id,
            received_on=self.received_on,
            accepted_on=self.accepted_on,
            source=chance.choice(SOURCES),
            route=self.route,
            started_on=started,
            profile_started_on=profile if profile and profile <= self.until else None,
            stage=chance.choice(waiting) if started else "not_asked",
            coach_id=self.coach_id,
            hub_id=self.place.hub_id,
            exit_on=self.exit_on,
            exit_reason=chance.choice(LEAVING) if self.exit_on else "not_asked",
        )
        for reason in sorted(chance.sample(REASONS, chance.randint(1, 3))):
            yield Eligibility(client_id=self.client_id, enrolment_id=self.enrolment_id, reason=reason)
        purposes = ["record", *(["share_employer"] if chance.random() < 1 / 2 else [])]
        for purpose in purposes:
            yield Consent(
                client_id=self.client_id,
                purpose=purpose,
                how_given="signed",
                given_on=started or self.received_on,
            )

    def _contact_days(self, started: dt.date) -> list[dt.date]:
        each, span = self.world.contacts_each, (self.until - started).days
        if each is not None:
            return [started + _days(span * step // max(1, each - 1)) for step in range(each)]
        days, day = [], started
        while day <= self.until:
            days.append(day)
            day += _days(self.chance.randint(7, 24))
        return days

    def _contacts(self, started: dt.date) -> Iterator[Record]:
        chance, days = self.chance, self._contact_days(started)
        for place, day in enumerate(days):
            following = days[place + 1] if place + 1 < len(days) else self._next_day(day)
            channel, where = chance.choice(CHANNELS)
            minutes, met = chance.choice((5, 10, 15, 30, 45, 60)), chance.choice(self.world.words.notes)
            missed = chance.random() < 1 / 15
            absences = self.world.words.missed
            yield Contact(
                client_id=self.client_id,
                coach_id=self.coach_id,
                happened_on=day,
                minutes=minutes,
                channel=channel,
                place=where,
                note=absences[place % len(absences)] if missed else met,
                did_not_attend=missed,
                next_on=following,
                entered_at=dt.datetime(day.year, day.month, day.day, 16, tzinfo=dt.UTC),
            )

    def _next_day(self, last: dt.date) -> dt.date | None:
        """Return the day agreed after the last contact: a little late, today, or in the days to come."""
        if self.exit_on or self.chance.random() < 1 / 4:
            return None
        return max(last, self.today + _days(self.chance.choice((-6, -3, -1, 0, 0, 1, 2, 4, 7, 12))))

    def _plan(self, started: dt.date) -> Iterator[Record]:
        chance = self.chance
        agreed = self.not_yet(started + _days(chance.randint(5, 20)))
        if agreed is None or agreed > self.until:
            return
        kind = {"out_of_work": "into_work", "signed_off": "return_to_work"}.get(self.route, "thrive_at_work")
        review = None if self.exit_on else self.today + _days(chance.randint(-5, 25))
        plan = Plan(
            client_id=self.client_id,
            enrolment_id=self.enrolment_id,
            kind=kind,
            version=1,
            agreed_on=agreed,
            how_agreed=chance.choice(("signed_screen", "spoken")),
            copy_format=chance.choice(("print", "email", "large_print")),
            copy_given_on=agreed,
            next_review_on=max(agreed, review) if review else None,
        )
        yield plan
        for position, (own_words, area) in enumerate(
            chance.sample(self.world.words.goals, chance.randint(1, 2))
        ):
            goal = Goal(
                client_id=self.client_id, plan_id=plan.id, own_words=own_words, area=area, position=position
            )
            yield goal
            yield from self._actions(goal, agreed)

    def _actions(self, goal: Goal, agreed: dt.date) -> Iterator[Record]:
        chance, span = self.chance, max(1, (self.until - agreed).days)
        picked = chance.sample(self.world.words.actions, chance.randint(1, 3))
        for place, (what, who) in enumerate(picked):
            is_open = self.exit_on is None and place == 0 and chance.random() < 1 / 2
            due = agreed + _days(chance.randint(0, span))
            if is_open:
                due = self.today + _days(chance.choice((-9, -4, -2, 0, 0, 1, 3, 5, 10, 20)))
            yield Action(
                client_id=self.client_id,
                goal_id=goal.id,
                what=what,
                who=who,
                due_on=due,
                done_on=None if is_open else min(due + _days(chance.randint(-2, 6)), self.until),
                outcome="" if is_open else "Done together.",
            )

    def _readings(self, started: dt.date) -> Iterator[Record]:
        levels = [self.chance.randint(2, 6) for _ in ONS4]
        for after, point in ((0, "baseline"), (91, "review"), (182, "review")):
            day = started + _days(after)
            if day > self.until:
                return
            items = {key: max(0, min(10, level)) for key, level in zip(ONS4, levels, strict=True)}
            yield Reading(
                client_id=self.client_id,
                enrolment_id=self.enrolment_id,
                coach_id=self.coach_id,
                taken_on=day,
                point=point,
                setting="in_person",
                items=items,
            )
            # Anxiety falls where the other three rise: each is shown for itself, never added up.
            levels = [
                level + self.chance.randint(-1, 2) * (-1 if key == "anxious" else 1)
                for key, level in zip(ONS4, levels, strict=True)
            ]
