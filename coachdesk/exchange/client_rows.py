"""Rows of clients: a new client with enrolment, a known one whose blanks are filled, or a decision to make."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import select

from coachdesk.exchange.cells import phone_digits
from coachdesk.exchange.client_parts import (
    about_circumstances,
    about_client,
    about_enrolment,
    about_equality,
    consent_of,
    eligibilities,
    fill_blanks,
)
from coachdesk.exchange.ground import Ground
from coachdesk.exchange.identity import Birth, fold_reference, split_name
from coachdesk.exchange.outcomes import ALREADY, ALREADY_HELD, Fate, Outcome, fingerprint, refused
from coachdesk.exchange.own_questions import add_answers, fill_answers
from coachdesk.exchange.people import Person, is_somebody_else, person_of
from coachdesk.exchange.row_reading import ReadRow
from coachdesk.models import Circumstances, Client, Consent, Eligibility, Enrolment, Equality, new_id

IN_ORDER = (
    ("birth", "started_on", "The start date lies before the birth date."),
    ("received_on", "accepted_on", "The referral was accepted before it was received."),
    ("started_on", "exit_on", "The exit date lies before the start date."),
    ("received_on", "exit_on", "The exit date lies before the referral."),
)


class ClientRows:
    """Takes rows of a sheet of clients, one after the other."""

    def __init__(self, ground: Ground, headings: dict[str, str]) -> None:
        self._ground = ground
        self._headings = headings

    def mark(self, row: ReadRow) -> bytes:
        """Return the fingerprint of a row: everything it says, and the programme it comes in for."""
        return fingerprint("clients", self._ground.programme_id.hex, row.values, row.unstated)

    def take(self, row: ReadRow, mark: bytes) -> Outcome:
        """Return what became of a row, having put it into the session."""
        self.complete(row)
        self._check(row)
        reference = row.text("reference")
        if row.refusals:
            if reference and not self._ground.people.is_taken(reference):
                self._ground.refused.setdefault(fold_reference(reference), row.number)
            return refused(row, reference)
        waits = self._ground.waits(mark)
        if waits is not None:
            return self._again(reference, waiting=waits)
        return self._place(row, reference)

    def _again(self, reference: str, *, waiting: bool) -> Outcome:
        person = self._ground.people.referred(reference)
        fate, why = (Fate.HELD, ALREADY_HELD) if waiting else (Fate.MERGED, ALREADY)
        return Outcome(
            fate=fate, why=why, reference=reference, client_id=person.id if person else None, is_known=True
        )

    def _place(self, row: ReadRow, reference: str) -> Outcome:
        """Decide between a known client, a likely duplicate and a new client."""
        candidate = candidate_of(row, new_id())
        known = self._ground.people.referred(reference) if reference else None
        if known:
            if is_somebody_else(candidate, known):
                why = f"The reference {reference} belongs to {known.shown}, whose name and birth date are others."
                return self._hold(reference, why, known)
            return self.merge(row, known)
        if fold_reference(reference) in self._ground.held:
            return self._hold(reference, "A row with this reference already waits for your decision.", None)
        likely = self._ground.people.alike(candidate)
        if likely and likely.is_certain and not reference:
            return self.merge(row, likely.person)
        if likely:
            return self._hold(reference, likely.why, likely.person)
        return self.add(row, candidate)

    def _hold(self, reference: str, why: str, likely: Person | None) -> Outcome:
        if reference and not self._ground.people.is_taken(reference):
            self._ground.held.setdefault(fold_reference(reference), why)
        return Outcome(fate=Fate.HELD, why=why, reference=reference, likely_id=likely.id if likely else None)

    def add(self, row: ReadRow, candidate: Person | None = None) -> Outcome:
        """Return the outcome of a row that became a new client, enrolled on the programme."""
        candidate = candidate or candidate_of(row, new_id())
        ground = self._ground
        reference = ground.free_reference(row.text("reference"))
        coach_id, hub_id = ground.coach(row.text("coach")), ground.hub(row.text("hub"))
        client = Client(
            id=candidate.id,
            reference=reference,
            coach_id=coach_id,
            hub_id=hub_id,
            **about_client(row, ground.today),
        )
        ground.session.add(client)
        self._surround(row, client.id)
        self._enrol(row, client.id, coach_id, hub_id)
        person = candidate_of(row, client.id, reference=reference, coach_id=coach_id)
        ground.people.add(person)
        return Outcome(
            fate=Fate.IMPORTED,
            becomes=f"New client {person.shown} ({reference})",
            reference=row.text("reference") or reference,
            client_id=client.id,
            record_id=client.id,
        )

    def _surround(self, row: ReadRow, client_id: UUID) -> None:
        """Add what stands beside a new client: equality answers, circumstances and consent."""
        if equality := about_equality(row):
            self._ground.session.add(Equality(client_id=client_id, method="Spreadsheet", **equality))
        if circumstances := about_circumstances(row, self._ground.today):
            self._ground.session.add(Circumstances(client_id=client_id, **circumstances))
        if consent := consent_of(row, client_id):
            self._ground.session.add(consent)
        add_answers(self._ground, row, client_id)

    def _enrol(self, row: ReadRow, client_id: UUID, coach_id: UUID | None, hub_id: UUID | None) -> None:
        enrolment = Enrolment(
            client_id=client_id,
            programme_id=self._ground.programme_id,
            coach_id=coach_id,
            hub_id=hub_id,
            **about_enrolment(row),
        )
        self._ground.session.add(enrolment)
        self._ground.session.add_all(eligibilities(row, client_id, enrolment.id))
        self._ground.enrolments[client_id] = enrolment.id

    def merge(self, row: ReadRow, known: Person) -> Outcome:
        """Return the outcome of a row about somebody known: only blanks are filled, nothing is overwritten."""
        session = self._ground.session
        session.flush()  # the client may have come in a row or two before
        client = session.get_one(Client, known.id)
        coach_id, hub_id = self._ground.coach(row.text("coach")), self._ground.hub(row.text("hub"))
        filled = fill_blanks(
            client, about_client(row, self._ground.today) | {"coach_id": coach_id, "hub_id": hub_id}
        )
        filled += self._merge_beside(row, client.id)
        filled += self._merge_enrolment(row, client.id, coach_id, hub_id)
        why = f"Filled in: {', '.join(filled)}." if filled else "Nothing in this row is new."
        return Outcome(
            fate=Fate.MERGED,
            becomes=f"{known.shown} ({known.reference})",
            why=why,
            reference=row.text("reference"),
            client_id=client.id,
            record_id=client.id,
        )

    def _merge_beside(self, row: ReadRow, client_id: UUID) -> list[str]:
        session = self._ground.session
        filled: list[str] = []
        equality = session.scalars(select(Equality).where(Equality.client_id == client_id)).first()
        if equality:
            filled += fill_blanks(equality, about_equality(row))
        elif answers := about_equality(row):
            session.add(Equality(client_id=client_id, method="Spreadsheet", **answers))
            filled.append("equality answers")
        consent = consent_of(row, client_id)
        if consent and not session.scalars(select(Consent.id).where(Consent.client_id == client_id)).first():
            session.add(consent)
            filled.append("consent")
        if not session.scalars(
            select(Circumstances.id).where(Circumstances.client_id == client_id)
        ).first() and (circumstances := about_circumstances(row, self._ground.today)):
            session.add(Circumstances(client_id=client_id, **circumstances))
            filled.append("circumstances")
        return filled + fill_answers(self._ground, row, client_id)

    def _merge_enrolment(
        self, row: ReadRow, client_id: UUID, coach_id: UUID | None, hub_id: UUID | None
    ) -> list[str]:
        session = self._ground.session
        enrolment_id = self._ground.enrolments.get(client_id)
        if enrolment_id is None:
            self._enrol(row, client_id, coach_id, hub_id)
            return ["enrolment"]
        enrolment = session.get_one(Enrolment, enrolment_id)
        wanted = about_enrolment(row) | {"coach_id": coach_id, "hub_id": hub_id}
        filled = fill_blanks(enrolment, _that_fit(enrolment, wanted))
        session.flush()
        reasons = set(
            session.scalars(select(Eligibility.reason).where(Eligibility.enrolment_id == enrolment_id))
        )
        fresh = [one for one in eligibilities(row, client_id, enrolment_id) if one.reason not in reasons]
        session.add_all(fresh)
        return filled + (["eligibility reasons"] if fresh else [])

    @staticmethod
    def complete(row: ReadRow) -> None:
        """Divide a full name into its parts when the sheet has no column for each."""
        if row.text("full_name") and not row.text("last_name"):
            first, last = split_name(row.text("full_name"))
            row.values["last_name"] = last
            row.values["first_name"] = row.text("first_name") or first

    def _check(self, row: ReadRow) -> None:
        if not any(row.text(name) for name in ("first_name", "last_name", "known_as")):
            row.refuse(
                self._headings.get("first_name", ""),
                "",
                "This row has no name. Give a name, or take the row out.",
            )
        for earlier, later, sentence in IN_ORDER:
            first, last = _earliest(row.get(earlier)), row.get(later)
            if first and isinstance(last, dt.date) and last < first:
                row.refuse(
                    self._headings.get(later, ""), row.typed(later), f"{sentence} Put the two dates right."
                )


def _earliest(value: Any) -> dt.date | None:
    if isinstance(value, Birth):
        return value.born_from
    return value if isinstance(value, dt.date) else None


def _that_fit(enrolment: Enrolment, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return what can be filled without putting an end before a start that is already known."""
    fits = dict(wanted)
    start, leaving = enrolment.started_on or wanted["started_on"], enrolment.exit_on or wanted["exit_on"]
    if start and leaving and leaving < start:
        fits["started_on"] = fits["exit_on"] = None
    received, accepted = (
        enrolment.received_on or wanted["received_on"],
        enrolment.accepted_on or wanted["accepted_on"],
    )
    if received and accepted and accepted < received:
        fits["received_on"] = fits["accepted_on"] = None
    return fits


def candidate_of(
    row: ReadRow, client_id: UUID, *, reference: str = "", coach_id: UUID | None = None
) -> Person:
    """Return a row in the form in which people are compared."""
    return person_of(
        client_id=client_id,
        reference=reference or row.text("reference"),
        first_name=row.text("first_name"),
        last_name=row.text("last_name"),
        known_as=row.text("known_as"),
        birth=row.get("birth"),
        nino=row.text("nino"),
        phone=phone_digits(row.text("phone")),
        postcode=row.text("postcode"),
        coach_id=coach_id,
    )
