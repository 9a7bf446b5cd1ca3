"""One client's whole file for an auditor of quality: the same as a client is given, to read and as data."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.casework.holding import what_we_hold
from coachdesk.casework.seeing import OpeningsQuestion, openings
from coachdesk.errors import Refusal
from coachdesk.models import Client, Organisation
from coachdesk.papers.held_pack import JSON_NAME, MOST_ACTIONS, PDF_NAME, HeldPack, as_data, document
from coachdesk.press.pdf import pdf


def whole_file(session: Session, client_id: UUID, made_on: dt.date) -> Mapping[str, bytes]:
    """Return the two files of everything held about a client, by their names.

    Raises Refusal for a client who is not there, and where the client may not be seen.
    """
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    organisation = session.scalars(select(Organisation)).first()
    every_day = OpeningsQuestion(
        from_on=dt.date(2000, 1, 1), to_on=dt.date(9000, 1, 1), client_id=client.id, limit=MOST_ACTIONS
    )
    pack = HeldPack(
        organisation=organisation.name if organisation else "",
        name=client.called(),
        reference=client.reference,
        made_on=made_on,
        sections=what_we_hold(session, client.id),
        openings=openings(session, every_day),
        history=read_history(session, HistoryQuestion(client_id=client.id, limit=MOST_ACTIONS)),
        taken_out=0,
        is_practice=bool(organisation and organisation.is_practice),
    )
    return {PDF_NAME: pdf(document(pack)), JSON_NAME: as_data(pack)}
