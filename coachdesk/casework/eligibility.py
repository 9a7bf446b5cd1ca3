"""Why somebody may take part: reasons the client declares, added and removed in words.

A declaration is enough (facts 12.2); evidence is asked only where a programme's own definition says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from coachdesk.casework.definition import read_definition
from coachdesk.casework.programmes import programme_of
from coachdesk.errors import Refusal
from coachdesk.models import Client, Eligibility, Enrolment, Programme
from coachdesk.vault.work import clock_of, describe

OTHER = "other"
_THEIRS: BindParameter[UUID] = bindparam("client")
_IN_FORCE = (
    select(Eligibility.enrolment_id, Eligibility.reason, Eligibility.self_declared, Eligibility.note)
    .where(Eligibility.client_id == _THEIRS, Eligibility.archived_at.is_(None))
    .order_by(Eligibility.id)
)
"""Put together once: for one client, putting a question into SQL costs more than answering it."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One reason in force."""

    reason: str
    self_declared: bool
    note: str

    def words(self, titles: Mapping[str, str]) -> str:
        """Return the reason as it is read: what the client called it where the list only says "other"."""
        if self.reason == OTHER and self.note:
            return self.note
        return titles.get(self.reason, self.reason)


def declared_by_enrolment(session: Session, client_id: UUID) -> dict[UUID, list[Declared]]:
    """Return the reasons in force of a client by enrolment, in the order in which they were told."""
    found: dict[UUID, list[Declared]] = {}
    for enrolment_id, reason, self_declared, note in session.execute(_IN_FORCE, {"client": client_id}):
        found.setdefault(enrolment_id, []).append(Declared(reason, self_declared, note))
    return found


def evidence_asked(session: Session, programme_key: str) -> str:
    """Return what the programme asks to be seen, in its own words; nothing where a declaration is enough."""
    return read_definition(programme_of(session, programme_key).definition).eligibility_evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareEligibility:
    """All reasons that hold now; ``other_words`` says which other, ``evidence`` what was seen where it is asked for."""

    enrolment_id: UUID
    reasons: tuple[str, ...]
    other_words: str = ""
    evidence: str = ""


def declare_eligibility(session: Session, wish: DeclareEligibility) -> None:
    """Write the reasons that hold now: new ones are added, those left out are removed and stay in the history.

    Raises Refusal when the enrolment is gone, when "other" is not said in words, and for evidence that the
    programme does not ask for.
    """
    enrolment = session.get(Enrolment, wish.enrolment_id)
    client = session.get(Client, enrolment.client_id) if enrolment is not None else None
    if enrolment is None or client is None:
        raise Refusal("This enrolment is not there any more.")
    if OTHER in wish.reasons and not wish.other_words.strip():
        raise Refusal("Say which other reason.", fields={"other_words": "Type it in the client’s words."})
    asked = read_definition(
        session.get_one(Programme, enrolment.programme_id).definition
    ).eligibility_evidence
    if wish.evidence.strip() and not asked:
        sentence = "This programme asks for no evidence: what the client says is enough."
        raise Refusal(sentence, fields={"evidence": sentence})
    write_reasons(session, enrolment, wish.reasons, wish.other_words.strip(), wish.evidence.strip())
    describe(session, f"Changed why {client.initials()} may take part")


def write_reasons(
    session: Session, enrolment: Enrolment, reasons: Sequence[str], other_words: str = "", evidence: str = ""
) -> None:
    """Make these the reasons in force of an enrolment; one that was removed earlier comes back as it was."""
    query = select(Eligibility).where(Eligibility.enrolment_id == enrolment.id)
    known = {one.reason: one for one in session.scalars(query)}
    for reason in dict.fromkeys(reasons):
        one = known.pop(reason, None)
        if one is None:
            one = Eligibility(client_id=enrolment.client_id, enrolment_id=enrolment.id, reason=reason)
            session.add(one)
        one.archived_at = None
        if reason == OTHER and other_words:
            one.note = other_words
        elif evidence:
            one.note = evidence
        one.self_declared = not evidence
    for gone in known.values():
        if gone.archived_at is None:
            gone.archived_at = clock_of(session).now()
