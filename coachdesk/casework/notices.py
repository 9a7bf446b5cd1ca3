"""The privacy notice: which wording is in force, and who was given which, when and how."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import SetCode, set_code, titles_of
from coachdesk.errors import Refusal
from coachdesk.models import Client, Code, NoticeGiven
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_is_manager, check_may_see
from coachdesk.vault.work import clock_of, describe

VERSIONS = "notice_version"
"""The list of wordings; the one that is not retired is in force."""
_NO_WORDING = "Say which wording: its date or number, as it stands on the notice."


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice that was given."""

    id: UUID
    version: str
    given_on: dt.date
    how: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesTold:
    """A client's notices, the newest first; the wording in force, and the one to offer in the form."""

    client_id: UUID
    notices: tuple[NoticeRow, ...]
    in_force: str
    offered: str

    @property
    def is_missing(self) -> bool:
        """Whether the client has not been given the wording in force, or none at all."""
        if not self.notices:
            return True
        return bool(self.in_force) and all(one.version != self.in_force for one in self.notices)


def read_notices(session: Session, client_id: UUID) -> NoticesTold:
    """Return the notices a client was given, how in words."""
    check_may_see(session, client_id)
    titles = titles_of(session, "notice_format")["notice_format"]
    query = select(NoticeGiven).where(NoticeGiven.client_id == client_id, NoticeGiven.archived_at.is_(None))
    given = session.scalars(query.order_by(NoticeGiven.given_on.desc(), NoticeGiven.id.desc()))
    in_force = notice_version(session, None)
    return NoticesTold(
        client_id=client_id,
        notices=tuple(
            NoticeRow(
                id=one.id,
                version=one.version,
                given_on=one.given_on,
                how=titles.get(one.how, one.how),
                note=one.note,
            )
            for one in given
        ),
        in_force=in_force,
        offered=in_force or _last_used(session),
    )


def notice_version(session: Session, _question: None) -> str:
    """Return the wording in force; nothing until the charity says which."""
    query = (
        select(Code.title)
        .where(Code.list_name == VERSIONS, Code.valid_to.is_(None), Code.archived_at.is_(None))
        .order_by(Code.position.desc())
        .limit(1)
    )
    return session.scalar(query) or ""


def _last_used(session: Session) -> str:
    query = select(NoticeGiven.version).where(NoticeGiven.archived_at.is_(None))
    return session.scalar(query.order_by(NoticeGiven.id.desc()).limit(1)) or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNoticeVersion:
    """The wording in force from now on; empty for none."""

    version: str


def set_notice_version(session: Session, wish: SetNoticeVersion) -> None:
    """Put a wording into force and retire the one before; raises Refusal for anybody but a manager."""
    check_is_manager(session)
    wanted = wish.version.strip()
    query = select(Code).where(Code.list_name == VERSIONS, Code.valid_to.is_(None))
    for code in session.scalars(query):
        if code.title != wanted:
            code.valid_to = clock_of(session).today()
    if wanted:
        session.flush()
        set_code(session, SetCode(list_name=VERSIONS, key="", title=wanted))
    describe(session, "Changed which privacy notice is in force")


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveNotice:
    """The notice was given to a client."""

    client_id: UUID
    version: str
    given_on: dt.date
    how: str = Unstated.NOT_ASKED
    note: str = ""


def give_notice(session: Session, wish: GiveNotice) -> UUID:
    """Write down that the notice was given; raises Refusal without a wording or for a day to come."""
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    if not wish.version.strip():
        raise Refusal(_NO_WORDING, fields={"version": _NO_WORDING})
    if wish.given_on > clock_of(session).today():
        raise Refusal("This day is still to come.", fields={"given_on": "This day is still to come."})
    notice = NoticeGiven(
        client_id=client.id,
        version=wish.version.strip(),
        given_on=wish.given_on,
        how=wish.how,
        note=wish.note.strip(),
    )
    session.add(notice)
    describe(session, f"Gave the privacy notice to {client.initials()}")
    return notice.id
