"""What stands around the invented lives: enquiries, employers with people and pledges, vacancies, groups, the week."""

import datetime as dt
import random
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.practice_named import Named
from coachdesk.models import (
    CoachTime,
    EmployerContact,
    EmployerPerson,
    EmployerScheme,
    EmployerSite,
    Enquiry,
    GroupSession,
    Record,
    Scheme,
    Vacancy,
    WorkTime,
)
from coachdesk.resources import resource

if TYPE_CHECKING:
    from coachdesk.casework.practice import World

PURPOSES = ("learn", "for_client", "support", "thank")
WEEK_SORTS = (("travel", 180), ("admin", 240), ("team", 90), ("employers", 120))
WEEKS_KEPT = 12
GROUPS_HELD = 6


@lru_cache(maxsize=1)
def around() -> dict[str, Any]:
    """Return the invented words that ship for everything around a life."""
    with resource("practice", "around.toml").open("rb") as file:
        return tomllib.load(file)


def _days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


class Surroundings:
    """Makes the records that belong to no one client; the same chance makes the same ones."""

    def __init__(self, session: Session, world: "World", chance: random.Random) -> None:
        self.world, self.chance, self.today = world, chance, world.today
        self.schemes: Sequence[Scheme] = session.scalars(
            select(Scheme).where(Scheme.archived_at.is_(None)).order_by(Scheme.key)
        ).all()
        self.talks: list[tuple[UUID, UUID]] = []
        """Employer and id of each talk that was about a client."""
        self.vacancies: list[Vacancy] = []
        self.groups: list[GroupSession] = []
        self.named = Named(session, world.today)

    def records(self) -> Iterator[Record]:
        """Give everything, what others point at first."""
        for number, employer in enumerate(self.world.employers):
            yield from self._employer(number, employer)
        for told in around()["vacancies"]:
            vacancy = self._vacancy(*told)
            self.vacancies.append(vacancy)
            yield vacancy
        yield from self._enquiries()
        yield from self._groups()
        yield from self._weeks()
        yield from self.named.records()

    def _employer(self, number: int, employer: UUID) -> Iterator[Record]:
        chance, place = self.chance, self.chance.choice(self.world.places)
        site = EmployerSite(
            employer_id=employer,
            name="Main site",
            town=place.town,
            postcode=f"{place.postcode} 1AA",
            access_note="The bus stops outside. One step at the door.",
        )
        yield site
        name, title, decides = around()["people"][number % len(around()["people"])]
        person = EmployerPerson(
            employer_id=employer, site_id=site.id, name=name, job_title=title, decides=decides
        )
        yield person
        if self.schemes and number % 3 == 0:
            yield self._pledge(employer, number)
        for _ in range(chance.randint(1, 4)):
            contact = EmployerContact(
                employer_id=employer,
                site_id=site.id,
                person_id=person.id,
                coach_id=chance.choice(self.world.coaches),
                happened_on=self.today - _days(chance.randint(3, 300)),
                made_by=chance.choice(("coach", "coach", "both")),
                face_to_face=chance.random() < 2 / 3,
                minutes=chance.choice((10, 20, 30, 45)),
                purpose=chance.choice(PURPOSES),
                with_decider="yes" if decides else "no",
                outcome=chance.choice(around()["outcomes"]),
            )
            if chance.random() < 1 / 4:
                contact.follow_up = "Ring and ask how it stands"
                contact.follow_up_on = self.today + _days(chance.choice((-3, 2, 6, 12)))
            elif contact.purpose == "for_client":
                self.talks.append((employer, contact.id))
            yield contact

    def _pledge(self, employer: UUID, number: int) -> EmployerScheme:
        scheme = self.schemes[number // 3 % len(self.schemes)]
        since = self.today - _days(self.chance.randint(60, 900))
        months = scheme.valid_months
        return EmployerScheme(
            employer_id=employer,
            scheme_id=scheme.id,
            level=str(scheme.levels[0][0]) if scheme.levels else "",
            from_on=since,
            expires_on=since + _days(months * 365 // 12) if months else None,
            evidence="Seen on the wall at the last visit",
            evidence_seen_on=self.today - _days(40),
            promise=self.chance.choice(around()["promises"]),
            is_kept=self.chance.choice(("yes", "partly", "not_known")),
        )

    def _vacancy(self, title: str, least: int, most: int, has: list[str], has_not: list[str]) -> Vacancy:
        chance, place = self.chance, self.chance.choice(self.world.places)
        found = self.today - _days(chance.randint(1, 20))
        pay = chance.choice((1271, 1300, 1345, 1400))
        return Vacancy(
            employer_id=chance.choice(self.world.employers),
            title=title,
            source=chance.choice(("employer", "coach", "website")),
            found_on=found,
            closes_on=self.today + _days(chance.choice((2, 5, 9, 15, 24))),
            town=place.town,
            postcode=f"{place.postcode} 1AA",
            least_minutes=least * 60,
            most_minutes=most * 60,
            least_pence=pay,
            most_pence=pay + chance.choice((0, 0, 50)),
            contract=chance.choice(("permanent", "permanent", "fixed_term")),
            employment_type="employee",
            traits={**dict.fromkeys(has, "yes"), **dict.fromkeys(has_not, "no")},
            how_to_apply="Ring the site and ask for a look round.",
        )

    def _enquiries(self) -> Iterator[Record]:
        for number, (name, reach, note) in enumerate(around()["enquirers"]):
            yield Enquiry(
                name=name,
                reach=reach,
                note=note,
                received_on=self.today - _days(number * 2),
                source=self.chance.choice(("self", "gp_practice", "social_prescriber")),
                coach_id=self.world.coaches[0] if number % 2 else None,
            )

    def _groups(self) -> Iterator[Record]:
        for number in range(GROUPS_HELD):
            place = self.chance.choice(self.world.places)
            held = GroupSession(
                title=around()["groups"][number % len(around()["groups"])],
                happened_on=self.today - _days(7 * number + 2),
                minutes=90,
                place="hub",
                hub_id=place.hub_id,
                coach_id=self.chance.choice(self.world.coaches),
            )
            self.groups.append(held)
            yield held

    def _weeks(self) -> Iterator[Record]:
        monday = self.today - _days(self.today.weekday())
        for coach in self.world.coaches:
            yield CoachTime(
                coach_id=coach,
                from_on=self.today - _days(1000),
                hundredths=self.chance.choice((100, 100, 60)),
            )
            for week in range(1, WEEKS_KEPT + 1):
                for sort, minutes in WEEK_SORTS:
                    yield WorkTime(
                        coach_id=coach, worked_on=monday - _days(7 * week), sort=sort, minutes=minutes
                    )
