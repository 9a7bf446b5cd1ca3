"""A vault of a large office: 5,000 clients and 200,000 contacts, invented, the same at every making.

Written through the unit of work, so that journal and search index are as full as in life. Kept between runs in the
folder ``out``, because making it takes minutes.
"""

import datetime as dt
import random
import sys
import time
from pathlib import Path

from sqlalchemy import select

from coachdesk.casework.furnish import furnish_vault
from coachdesk.clock import FixedClock
from coachdesk.models import (
    Client,
    Coach,
    Contact,
    Eligibility,
    Employer,
    Enrolment,
    Equality,
    Hub,
    Job,
    JobTerms,
    Programme,
    Reading,
    Record,
)
from coachdesk.vault.cost import Cost
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.work import unit_of_work

OUT = Path(__file__).resolve().parents[1] / "out" / "benchmarks"
PASSPHRASE = "five herons cross the estuary"  # noqa: S105  opens nothing but invented people
PERSON = "Amina"
TODAY = dt.date(2026, 10, 5)
CLOCK = FixedClock.on(TODAY)
CLIENTS = 5_000
CONTACTS_EACH = 40
BATCH = 250

FIRST = ["Amara", "Ben", "Chidi", "Dawn", "Emma", "Farid", "Grace", "Harjit", "Ines", "Jack", "Kofi", "Leah", "Moira", "Niamh", "Owen", "Priya", "Quentin", "Rosa", "Samir", "Tilda", "Usha", "Victor", "Wren", "Xiu", "Yusuf", "Zoë"]  # fmt: skip
LAST = ["Armstrong", "Bell", "Clarke", "Dixon", "Ekwueme", "Fell", "Graham", "Hodgson", "Irving", "Jackson", "Kaur", "Little", "Musgrave", "Nixon", "Okafor", "Postlethwaite", "Quinn", "Robson", "Slack", "Tyson", "Usman", "Vickers", "Weir", "Young"]  # fmt: skip
WORDS = ["talked", "about", "mornings", "bus", "interview", "nervous", "wants", "kitchen", "school", "run", "pain", "better", "letter", "employer", "call", "tribunal", "form", "sleep", "garden", "warehouse", "training", "reference", "hours", "manager", "phased", "plan", "steps", "week"]  # fmt: skip
SEXES = ("female", "male", "female", "male", "not_asked", "prefers_not_to_say")
REASONS = (
    "mental_health",
    "long_term_physical_health_condition",
    "disabled",
    "learning_disability",
    "autism",
)
SOURCES = ("self", "gp_practice", "social_prescriber", "family_friend", "nhs_talking_therapies")
ETHNIC = (
    "white_british",
    "white_british",
    "white_british",
    "white_other",
    "asian_indian",
    "black_african",
    "not_asked",
)
DISTRICTS = ("E06000063", "E06000064", "E06000002", "")


def large_vault(clients: int = CLIENTS, contacts_each: int = CONTACTS_EACH) -> Path:
    """Return the folder of the vault, made first if it is not there."""
    folder = OUT / f"large-{clients}.coachdesk"
    if folder.exists():
        return folder
    started = time.perf_counter()
    OUT.mkdir(parents=True, exist_ok=True)
    making = OUT / f"making-{clients}.coachdesk"
    vault = SealedVault.create(
        making,
        organisation="A large office",
        person=PERSON,
        passphrase=PASSPHRASE,
        clock=CLOCK,
        practice=True,
        cost=Cost.floor(),
    ).vault
    furnish_vault(vault)
    _fill(vault, clients, contacts_each)
    vault.close()
    making.rename(folder)
    took = time.perf_counter() - started
    sys.stderr.write(f"made {folder.name}: {clients * contacts_each:,} contacts in {took:.0f} s\n")
    return folder


def opened(folder: Path) -> OpenVault:
    """Return a large vault unlocked."""
    return SealedVault(folder).open(PASSPHRASE, clock=CLOCK)


def _fill(vault: OpenVault, clients: int, contacts_each: int) -> None:
    chance = random.Random(20261005)  # noqa: S311  invented people, not keys
    with unit_of_work(vault, label="Set up the office") as work:
        hubs = [Hub(name=name) for name in ("Barrow", "Carlisle", "Kendal", "Workington", "Penrith")]
        work.session.add_all(hubs)
        work.session.flush()
        coaches = [Coach(name=f"Coach {number}", hub_id=hubs[number % 5].id) for number in range(25)]
        employers = [
            Employer(name=f"Employer {number}", folded=f"employer {number}") for number in range(300)
        ]
        work.session.add_all([*coaches, *employers])
        coaches.append(work.session.scalars(select(Coach).where(Coach.name == PERSON)).one())
        programme = work.session.scalars(select(Programme.id).where(Programme.key == "connect-to-work")).one()
        places = [hub.id for hub in hubs], [coach.id for coach in coaches], [one.id for one in employers]
    for start in range(0, clients, BATCH):
        with unit_of_work(vault, label="Bring in clients") as work:
            for number in range(start, min(start + BATCH, clients)):
                work.session.add_all(_client(chance, number, programme, places, contacts_each))


def _client(chance: random.Random, number: int, programme, places, contacts_each: int) -> list[Record]:  # noqa: ANN001  keys of records
    hubs, coaches, employers = places
    born = dt.date(1960, 1, 1) + dt.timedelta(days=chance.randrange(16_000))
    client = Client(
        reference=f"BM{number:05}",
        first_name=chance.choice(FIRST),
        last_name=f"{chance.choice(LAST)}-{chance.choice(LAST)}",
        born_from=born,
        born_to=born,
        birth_precision="exact",
        phone=f"07700 {900000 + number % 1000}",
        local_authority=chance.choice(DISTRICTS),
        postcode=f"CA{1 + number % 28} {number % 9}AA",
        coach_id=chance.choice(coaches),
        hub_id=chance.choice(hubs),
    )
    started = dt.date(2025, 4, 1) + dt.timedelta(days=chance.randrange(545))
    left = started + dt.timedelta(days=chance.randrange(60, 300))
    enrolment = Enrolment(
        client_id=client.id,
        programme_id=programme,
        received_on=started - dt.timedelta(days=chance.randrange(1, 40)),
        accepted_on=started,
        started_on=started,
        profile_started_on=started,
        source=chance.choice(SOURCES),
        coach_id=client.coach_id,
        hub_id=client.hub_id,
        exit_on=left if left < TODAY and chance.random() < 0.4 else None,
    )
    records: list[Record] = [
        client,
        enrolment,
        Eligibility(client_id=client.id, enrolment_id=enrolment.id, reason=chance.choice(REASONS)),
        Equality(
            client_id=client.id,
            sex=chance.choice(SEXES),
            ethnic_group=chance.choice(ETHNIC),
            long_condition=chance.choice(("yes", "no", "not_asked")),
            activity_restriction=chance.choice(("a_lot", "a_little", "not_at_all")),
        ),
        Reading(client_id=client.id, enrolment_id=enrolment.id, taken_on=started, items={"satisfied": 5}),
    ]
    if chance.random() < 0.35:
        records += _job(chance, client, enrolment, chance.choice(employers))
    for _ in range(contacts_each):
        on = started + dt.timedelta(days=chance.randrange((TODAY - started).days + 1))
        records.append(
            Contact(
                client_id=client.id,
                coach_id=client.coach_id,
                happened_on=on,
                minutes=chance.choice((10, 20, 30, 45, 60)),
                channel=chance.choice(("phone", "in_person", "text")),
                note=" ".join(chance.choices(WORDS, k=chance.randrange(15, 60))),
                next_on=on + dt.timedelta(days=14) if chance.random() < 0.5 else None,
                entered_at=CLOCK.now(),
            )
        )
    return records


def _job(chance: random.Random, client: Client, enrolment: Enrolment, employer) -> list[Record]:  # noqa: ANN001  a record's key
    assert enrolment.started_on is not None
    first_day = enrolment.started_on + dt.timedelta(days=chance.randrange(20, 200))
    job = Job(
        client_id=client.id,
        enrolment_id=enrolment.id,
        employer_id=employer,
        title="Packer",
        started_on=first_day,
        ended_on=first_day + dt.timedelta(days=100) if chance.random() < 0.2 else None,
    )
    terms = JobTerms(
        client_id=client.id, job_id=job.id, as_on=first_day, usual_minutes=1200, hourly_pence=1260
    )
    return [job, terms]


if __name__ == "__main__":
    print(large_vault())
