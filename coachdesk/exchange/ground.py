"""What an import stands on: everything the vault holds that rows are compared with, read once before the first row."""

import base64
import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.exchange.cells import phone_digits
from coachdesk.exchange.fields import Field, fields_of_vault
from coachdesk.exchange.identity import Birth, fold_name, fold_reference
from coachdesk.exchange.people import People, Person, person_of
from coachdesk.exchange.wordings import Wordings
from coachdesk.models import (
    Client,
    Coach,
    Contact,
    Employer,
    Enrolment,
    Hub,
    ImportRow,
    ImportRun,
    Job,
    Programme,
)
from coachdesk.vault.work import chronicle_of

MARK_BYTES = 16
"""How much of a fingerprint is kept for each contact and job: chance never makes two alike."""


@dataclass(slots=True)
class Ground:
    """The vault as an import sees it, kept in step while rows go in; nothing here queries row by row."""

    session: Session
    today: dt.date
    programme_id: UUID
    wordings: Wordings
    people: People
    coaches: dict[str, UUID]
    hubs: dict[str, UUID]
    employers: dict[str, UUID]
    enrolments: dict[UUID, UUID]
    """The newest enrolment on the programme, by client."""
    jobs: dict[tuple[UUID, UUID, dt.date], UUID]
    seen: dict[bytes, bool]
    """Marks of rows that came in, and whether they still wait for a decision; ask ``waits`` and ``remember``."""
    held: dict[str, str]
    """References that wait for a decision, folded, with the sentence why."""
    fields: dict[str, Field]
    """Every field a column can fill, the questions of our own among them."""
    refused: dict[str, int] = field(default_factory=dict)
    """References refused in this import, folded, with the row that was refused."""
    contacts: list[dict[str, Any]] = field(default_factory=list)
    """New contacts, not yet written: they come by the ten thousand and nothing else in an import looks at them."""

    def settle(self) -> None:
        """Write what came in: the records in the session, then the contacts by one statement."""
        self.session.flush()
        chronicle_of(self.session).insert_many(self.session, Contact, self.contacts)
        self.contacts = []

    def waits(self, mark: bytes) -> bool | None:
        """Return whether a row that came in before still waits for a decision; None when it never came."""
        return self.seen.get(mark[:MARK_BYTES])

    def remember(self, mark: bytes, *, waiting: bool) -> None:
        """Keep a row in mind for the rest of this import."""
        self.seen[mark[:MARK_BYTES]] = waiting

    def coach(self, name: str) -> UUID | None:
        """Return the coach of a name, taken on when new; None for no name."""
        folded = fold_name(name)
        if folded and folded not in self.coaches:
            coach = Coach(name=name)
            self.session.add(coach)
            self.coaches[folded] = coach.id
        return self.coaches.get(folded)

    def hub(self, name: str) -> UUID | None:
        """Return the hub of a name, opened when new; None for no name."""
        folded = fold_name(name)
        if folded and folded not in self.hubs:
            hub = Hub(name=name)
            self.session.add(hub)
            self.hubs[folded] = hub.id
        return self.hubs.get(folded)

    def employer(self, name: str, town: str = "") -> UUID:
        """Return the employer of a name, added when new."""
        folded = fold_name(name)
        if folded not in self.employers:
            employer = Employer(name=name, folded=folded, town=town)
            self.session.add(employer)
            self.employers[folded] = employer.id
        return self.employers[folded]

    def free_reference(self, wanted: str) -> str:
        """Return a reference nobody has: the one wanted, or the next number of the import's own series."""
        if wanted and not self.people.is_taken(wanted):
            return wanted
        form = f"{wanted}-{{}}" if wanted else "IN-{:04}"
        numbers = itertools.count(2 if wanted else 1)
        return next(free for number in numbers if not self.people.is_taken(free := form.format(number)))


def survey(session: Session, programme_key: str, today: dt.date) -> Ground:
    """Return the ground for an import; raises Refusal when there is no such programme."""
    programme_id = session.scalar(select(Programme.id).where(Programme.key == programme_key))
    if programme_id is None:
        known = session.scalars(select(Programme.key).order_by(Programme.key)).all()
        listed = f" Choose one of: {', '.join(known)}." if known else ""
        raise Refusal(f"There is no programme “{programme_key}” in this vault.{listed}")
    rows = session.execute(
        select(
            ImportRow.fingerprint,
            ImportRow.outcome,
            ImportRow.decided_at,
            ImportRow.reference,
            ImportRow.client_id,
            ImportRow.held_why,
        )
    ).all()
    waiting = {row for row in rows if row.outcome == "held" and row.decided_at is None}
    aliases = {(row.reference, row.client_id) for row in rows if row.reference and row.client_id}
    return Ground(
        session=session,
        today=today,
        programme_id=programme_id,
        wordings=Wordings.of_vault(session),
        people=People(_people(session), aliases),
        coaches={fold_name(name): one for one, name in session.execute(select(Coach.id, Coach.name))},
        hubs={fold_name(name): one for one, name in session.execute(select(Hub.id, Hub.name))},
        employers={folded: one for one, folded in session.execute(select(Employer.id, Employer.folded))},
        enrolments=_enrolments(session, programme_id),
        jobs={
            (client_id, employer_id, started_on): one
            for one, client_id, employer_id, started_on in session.execute(
                select(Job.id, Job.client_id, Job.employer_id, Job.started_on)
            )
        },
        seen=_marks(session) | {row.fingerprint[:MARK_BYTES]: row in waiting for row in rows},
        held={fold_reference(row.reference): row.held_why for row in waiting if row.reference},
        fields=fields_of_vault(session),
    )


def _marks(session: Session) -> dict[bytes, bool]:
    """Return the marks of contacts and jobs of earlier imports, kept with each file of a run."""
    marks: dict[bytes, bool] = {}
    for files in session.scalars(select(ImportRun.files)):
        for file in files:
            packed = base64.b64decode(file["marks"])
            places = range(0, len(packed), MARK_BYTES)
            marks.update(dict.fromkeys((packed[place : place + MARK_BYTES] for place in places), False))
    return marks


def _people(session: Session) -> list[Person]:
    columns = (
        *(Client.id, Client.reference, Client.first_name, Client.last_name, Client.known_as, Client.nino),
        *(
            Client.born_from,
            Client.born_to,
            Client.birth_precision,
            Client.phone,
            Client.postcode,
            Client.coach_id,
        ),
    )
    return [
        person_of(
            client_id=row.id,
            reference=row.reference,
            first_name=row.first_name,
            last_name=row.last_name,
            known_as=row.known_as,
            birth=Birth(born_from=row.born_from, born_to=row.born_to, precision=row.birth_precision)
            if row.born_from
            else None,
            nino=row.nino,
            phone=phone_digits(row.phone),
            postcode=row.postcode,
            coach_id=row.coach_id,
        )
        for row in session.execute(select(*columns).order_by(Client.id))
    ]


def _enrolments(session: Session, programme_id: UUID) -> dict[UUID, UUID]:
    query = (
        select(Enrolment.client_id, Enrolment.id)
        .where(Enrolment.programme_id == programme_id)
        .order_by(Enrolment.id)
    )
    return {row.client_id: row.id for row in session.execute(query)}
