"""One client's whole file for an auditor of quality: the same as a client is given, to read and as data."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.about_others import Spans, found_in, names_of_others
from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.casework.holding import what_we_hold
from coachdesk.casework.seeing import OpeningsQuestion, openings
from coachdesk.casework.taking_out import places_taken_out, without
from coachdesk.errors import Refusal
from coachdesk.models import Client, Organisation
from coachdesk.papers.held_pack import JSON_NAME, MOST_ACTIONS, PDF_NAME, HeldPack, as_data, document
from coachdesk.press.pdf import pdf


def whole_file(
    session: Session, client_id: UUID, made_on: dt.date, about_others: Spans
) -> Mapping[str, bytes]:
    """Return the two files of everything held about a client, by their names.

    ``about_others`` are the passages that speak of somebody else: each is left out, with a mark in its place, and so
    is what names somebody else in the reasons that were written down.
    Raises Refusal for a client who is not there, and where the client may not be seen.
    """
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    organisation = session.scalars(select(Organisation)).first()
    every_day = OpeningsQuestion(
        from_on=dt.date(2000, 1, 1), to_on=dt.date(9000, 1, 1), client_id=client.id, limit=MOST_ACTIONS
    )
    names = names_of_others(session, client)

    def plain(text: str) -> str:
        return without(text, [(start, end) for start, end, _ in found_in(text, client, names)])

    history = read_history(session, HistoryQuestion(client_id=client.id, limit=MOST_ACTIONS))
    pack = HeldPack(
        organisation=organisation.name if organisation else "",
        name=client.called(),
        reference=client.reference,
        made_on=made_on,
        sections=what_we_hold(session, client.id, about_others),
        openings=tuple(replace(one, reason=plain(one.reason)) for one in openings(session, every_day)),
        history=tuple(replace(one, label=plain(one.label), reason=plain(one.reason)) for one in history),
        taken_out=sum(places_taken_out(spans) for spans in about_others.values()),
        is_practice=bool(organisation and organisation.is_practice),
    )
    return {PDF_NAME: pdf(document(pack)), JSON_NAME: as_data(pack)}
