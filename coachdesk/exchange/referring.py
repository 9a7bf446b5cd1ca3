"""Rows that speak of a client by reference: whom they mean, or why that cannot be said yet."""

from coachdesk.exchange.ground import Ground
from coachdesk.exchange.identity import fold_reference
from coachdesk.exchange.outcomes import ALREADY, ALREADY_HELD, Fate, Outcome, refused
from coachdesk.exchange.people import Person
from coachdesk.exchange.row_reading import ReadRow


def find_client(ground: Ground, row: ReadRow, heading: str) -> Person | None:
    """Return the client a row means; when nobody has the reference, the row is refused with a sentence."""
    reference = row.text("reference")
    if not reference:
        row.refuse(
            heading, "", "This row does not say which client it is about. Give the client’s reference."
        )
        return None
    known = ground.people.referred(reference)
    if known or is_held(ground, reference):
        return known
    in_row = ground.refused.get(fold_reference(reference))
    if in_row:
        sentence = (
            f"The client {reference} was refused in row {in_row:,} of the clients. Put that row right first."
        )
    else:
        sentence = (
            f"Nobody has the reference {reference}. Bring in the client first, or put the reference right."
        )
    row.refuse(heading, reference, sentence)
    return None


def is_held(ground: Ground, reference: str) -> bool:
    """Return whether a reference belongs to a client who waits for a decision."""
    return fold_reference(reference) in ground.held and not ground.people.is_taken(reference)


def came_before(ground: Ground, row: ReadRow, mark: bytes) -> Outcome | None:
    """Return the end of a row that came in before, or None for a row that is new."""
    waits = ground.waits(mark)
    if waits is None:
        return None
    reference = row.text("reference")
    known = ground.people.referred(reference)
    fate, why = (Fate.HELD, ALREADY_HELD) if waits else (Fate.MERGED, ALREADY)
    client_id = known.id if known else None
    return Outcome(fate=fate, why=why, reference=reference, client_id=client_id, is_known=True)


def without_a_new_record(row: ReadRow, known: Person | None) -> Outcome | None:
    """Return the end of a row that is refused or waits with its client, or None when it can go in."""
    reference = row.text("reference")
    if row.refusals:
        return refused(row, reference)
    if known is None:
        why = f"It belongs to {reference}, who waits for your decision, and will follow it."
        return Outcome(fate=Fate.HELD, why=why, reference=reference)
    return None
