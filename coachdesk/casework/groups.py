"""Group sessions: a register of who came, kept as one act; each person who came has a contact of their own."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import next_reference
from coachdesk.casework.codes import titles_of
from coachdesk.casework.listed import names_of
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Contact, GroupPlace, GroupSession
from coachdesk.models.base import LINE
from coachdesk.terms import Role, Unstated
from coachdesk.vault.caseload_rights import TRUSTEE_KEEPS_KEYS, acting_role
from coachdesk.vault.work import clock_of, coach_of, describe

CHANNEL = "group"
"""How a contact was held that came of a group session; a key of the list of channels."""
_DAY_MINUTES = 24 * 60
_GONE = "This group session is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSessionRow:
    """A group session as a line: what about, when and where, and how many came of those on the register."""

    id: UUID
    title: str
    happened_on: dt.date
    minutes: int | None
    place: str
    coach: str
    came: int
    registered: int


def list_group_sessions(session: Session, _question: object) -> tuple[GroupSessionRow, ...]:
    """Return all group sessions of the team, the newest first; a trustee sees none."""
    if acting_role(session) is Role.TRUSTEE:
        return ()
    places = titles_of(session, "place")["place"]
    came = func.coalesce(func.sum(case((GroupPlace.attended.is_(True), 1), else_=0)), 0)
    query = (
        select(GroupSession, Coach.name, came, func.count(GroupPlace.id))
        .outerjoin(Coach, Coach.id == GroupSession.coach_id)
        .outerjoin(
            GroupPlace,
            (GroupPlace.group_session_id == GroupSession.id) & GroupPlace.archived_at.is_(None),
        )
        .where(GroupSession.archived_at.is_(None))
        .group_by(GroupSession.id)
        .order_by(GroupSession.happened_on.desc(), GroupSession.id.desc())
    )
    return tuple(
        GroupSessionRow(
            id=held.id,
            title=held.title,
            happened_on=held.happened_on,
            minutes=held.minutes,
            place=places.get(held.place, held.place),
            coach=coach or "",
            came=came_,
            registered=registered,
        )
        for held, coach, came_, registered in session.execute(query)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """Somebody on a register who may be shown by name."""

    client_id: UUID
    name: str
    attended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A group session with its register. ``hidden`` counts clients of colleagues, who stay as they are."""

    id: UUID | None
    title: str
    happened_on: dt.date
    minutes: int | None
    place: str
    note: str
    lines: tuple[RegisterLine, ...] = ()
    hidden: int = 0


def new_register(session: Session, _question: object) -> Register:
    """Return the register of a new session: title, place and length as this coach's last session had them, and today."""
    query = select(GroupSession).where(
        GroupSession.archived_at.is_(None), GroupSession.coach_id.is_not_distinct_from(coach_of(session))
    )
    newest = GroupSession.happened_on.desc(), GroupSession.id.desc()
    last = session.scalars(query.order_by(*newest).limit(1)).first()
    return Register(
        id=None,
        title=last.title if last else "",
        happened_on=clock_of(session).today(),
        minutes=last.minutes if last else None,
        place=last.place if last else Unstated.NOT_ASKED,
        note="",
    )


def read_register(session: Session, session_id: UUID) -> Register:
    """Return a session with its register; raises Refusal when it is gone, and for a trustee."""
    if acting_role(session) is Role.TRUSTEE:
        raise Refusal(TRUSTEE_KEEPS_KEYS)
    held = _held(session, session_id)
    places = {one.client_id: one for one in _places(session, held.id) if one.archived_at is None}
    names = names_of(session, list(places))
    lines = [
        RegisterLine(client_id=client_id, name=name, attended=places[client_id].attended)
        for client_id, name in names.items()
    ]
    return Register(
        id=held.id,
        title=held.title,
        happened_on=held.happened_on,
        minutes=held.minutes,
        place=held.place,
        note=held.note,
        lines=tuple(sorted(lines, key=lambda line: (line.name.casefold(), line.client_id))),
        hidden=len(places) - len(lines),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredPerson:
    """Somebody on the register: a client by id, or somebody new by name."""

    client_id: UUID | None = None
    new_name: str = ""
    attended: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveGroupSession:
    """A group session and who was there; with an id, the one that is corrected."""

    title: str
    happened_on: dt.date
    people: tuple[RegisteredPerson, ...]
    id: UUID | None = None
    minutes: int | None = None
    place: str = Unstated.NOT_ASKED
    note: str = ""


def save_group_session(session: Session, wish: SaveGroupSession) -> UUID:
    """Keep a session with its register; whoever came has a contact of it, whoever is new becomes a client.

    Correcting takes the contacts along. Returns the session's id. Raises Refusal without a title or anybody on the
    register, for a day to come, a length that does not fit into a day, and when the session or a client is gone.
    """
    _check(wish, clock_of(session).today())
    held = GroupSession(coach_id=coach_of(session), **_facts(wish))
    before = None
    if wish.id is None:
        session.add(held)
    else:
        held = _held(session, wish.id)
        before = _contact_note(held.title, held.note)
        for name, value in _facts(wish).items():
            setattr(held, name, value)
    people = _people(session, wish)
    kept = {place.client_id: place for place in _places(session, held.id)}
    for client_id, attended in people.items():
        place = kept.get(client_id)
        if place is None:
            place = GroupPlace(client_id=client_id, group_session_id=held.id)
            session.add(place)
        _note_place(session, held, place, before, attended=attended)
    _take_off(session, kept.values(), people)
    describe(session, f"{'Corrected' if wish.id else 'Registered'} a group session: {held.title}"[:LINE])
    return held.id


def put_group_session_away(session: Session, session_id: UUID) -> None:
    """Put a session away with the contacts that came of it; raises Refusal when it is gone."""
    held = _held(session, session_id)
    held.archived_at = clock_of(session).now()
    _take_off(session, _places(session, held.id), {}, everybody=True)
    describe(session, f"Put a group session away: {held.title}"[:LINE])


def _check(wish: SaveGroupSession, today: dt.date) -> None:
    if not wish.title.strip():
        raise Refusal("A group session needs a title.", fields={"title": "Say what it was about."})
    if wish.happened_on > today:
        raise Refusal(
            "A session is registered once it has happened.",
            fields={"happened_on": "This day is still to come."},
        )
    if wish.minutes is not None and not 0 <= wish.minutes <= _DAY_MINUTES:
        raise Refusal(
            "That length does not fit into a day.", fields={"minutes": "Type minutes, up to 1,440."}
        )
    if not wish.people and wish.id is None:
        raise Refusal("Nobody is on the register yet.", fields={"people": "Add whoever was there."})


def _facts(wish: SaveGroupSession) -> dict[str, object]:
    return {
        "title": wish.title.strip(),
        "happened_on": wish.happened_on,
        "minutes": wish.minutes,
        "place": wish.place,
        "note": wish.note.strip(),
    }


def _held(session: Session, session_id: UUID) -> GroupSession:
    held = session.get(GroupSession, session_id)
    if held is None or held.archived_at is not None:
        raise Refusal(_GONE)
    return held


def _places(session: Session, session_id: UUID) -> list[GroupPlace]:
    query = select(GroupPlace).where(GroupPlace.group_session_id == session_id)
    return list(session.scalars(query.order_by(GroupPlace.id)))


def _people(session: Session, wish: SaveGroupSession) -> dict[UUID, bool]:
    """Return who is on the register and whether they came; somebody new becomes a client."""
    found: dict[UUID, bool] = {}
    for one in wish.people:
        if one.client_id is None:
            found[_register(session, one.new_name)] = one.attended
        else:
            found[one.client_id] = one.attended
    wanted = [one.client_id for one in wish.people if one.client_id is not None]
    there = select(func.count()).select_from(Client).where(Client.id.in_(wanted))
    if session.scalar(there) != len(set(wanted)):
        raise Refusal(
            "Somebody on this register is not there any more.", fields={"people": "Look at the names."}
        )
    return found


def _register(session: Session, name: str) -> UUID:
    """Make somebody new a client, as an enquiry: the last word is the last name."""
    words = name.split()
    if not words:
        raise Refusal(
            "Somebody new needs a name.", fields={"people": "Type a name for everybody who is new."}
        )
    me = coach_of(session)
    hub = session.scalar(select(Coach.hub_id).where(Coach.id == me))
    client = Client(
        reference=next_reference(session),
        first_name=" ".join(words[:-1]) or words[0],
        last_name=words[-1] if len(words) > 1 else "",
        coach_id=me,
        hub_id=hub,
    )
    session.add(client)
    session.flush()  # the next one new must not be given the same reference
    return client.id


def _note_place(
    session: Session, held: GroupSession, place: GroupPlace, before: str | None, *, attended: bool
) -> None:
    """Note whether somebody came; the contact of somebody who did follows the session, a note of its own stays."""
    place.attended, place.archived_at = attended, None
    contact = session.get(Contact, place.contact_id) if place.contact_id is not None else None
    if not attended:
        if contact is not None:
            contact.archived_at = contact.archived_at or clock_of(session).now()
        return
    told = _contact_note(held.title, held.note)
    if contact is None:
        contact = Contact(
            client_id=place.client_id,
            coach_id=held.coach_id,
            channel=CHANNEL,
            entered_at=clock_of(session).now(),
        )
        contact.note = told
        session.add(contact)
        place.contact_id = contact.id
    elif contact.note == before:
        contact.note = told
    contact.archived_at = None
    contact.happened_on, contact.minutes, contact.place = held.happened_on, held.minutes, held.place


def _contact_note(title: str, note: str) -> str:
    return f"{title}\n{note}" if note else title


def _take_off(
    session: Session, places: Iterable[GroupPlace], people: dict[UUID, bool], *, everybody: bool = False
) -> None:
    """Put away the places and contacts of those who are no longer on the register.

    Clients of colleagues, whom whoever corrects the register does not see, stay on it.
    """
    gone = [place for place in places if place.client_id not in people and place.archived_at is None]
    seen = names_of(session, [place.client_id for place in gone])
    now = clock_of(session).now()
    for place in gone:
        if not everybody and place.client_id not in seen:
            continue
        place.archived_at = now
        contact = session.get(Contact, place.contact_id) if place.contact_id is not None else None
        if contact is not None:
            contact.archived_at = contact.archived_at or now
