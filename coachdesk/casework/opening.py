"""What has to be put right before anybody looks: erasures that an older, restored state does not know of."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.enquiry_rules import take_out_enquiries
from coachdesk.casework.erasing import empty_records
from coachdesk.casework.furnish import furnish_if_older
from coachdesk.models import Client, Enquiry, Erasure
from coachdesk.vault.erasure_list import keep_listed, listed_in
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import PROGRAM, clock_of, describe, reading, unit_of_work

AGAIN = "Erased before; done again because an older backup was restored"


def settled(vault: OpenVault) -> OpenVault:
    """Return the vault, with everybody erased who was erased before a backup was restored.

    A vault that was furnished by an older version gets the lists and rules that ship since. A vault that is open for
    reading only is left as it is; what it shows is then an old state.
    """
    listed = listed_in(vault.folder)
    with reading(vault) as session:
        known = frozenset(session.scalars(select(Erasure.client_id)))
        missing = [one for one in sorted(listed - known) if session.get(Client, one) is not None]
        enquiries = list(
            session.scalars(select(Enquiry.id).where(Enquiry.id.in_(listed - known - set(missing))))
        )
    if vault.read_only:
        return vault
    keep_listed(vault.folder, known)
    if missing or enquiries:
        with unit_of_work(vault, by_program=True) as work:
            _erase_again(work.session, missing)
            take_out_enquiries(work.session, enquiries)
        vault.checkpoint()
    furnish_if_older(vault)
    return vault


def _erase_again(session: Session, clients: list[UUID]) -> None:
    for client_id in clients:
        empty_records(session, session.get_one(Client, client_id))
        session.add(
            Erasure(
                client_id=client_id,
                erased_at=clock_of(session).now(),
                erased_by=PROGRAM,
                reason=AGAIN,
                counts={},
            )
        )
    describe(session, "Erased again who had been erased before the backup was restored")
