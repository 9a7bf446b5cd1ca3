"""The record of processing: what we do with whose data, why, for whom and how long; for the trustees to print."""

import tomllib
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import ProcessingActivity
from coachdesk.resources import resource
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.work import describe


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """One line of the record; blank fields are not decided yet."""

    id: UUID
    title: str
    purpose: str
    people: str
    data_kinds: str
    lawful_basis: str
    special_condition: str
    recipients: str
    retention: str
    safeguards: str

    def blanks(self) -> tuple[str, ...]:
        """Return the names of the fields that nobody has filled in."""
        return tuple(name for name, value in asdict(self).items() if value == "")


FIELDS = tuple(name for name in ActivityRow.__dataclass_fields__ if name not in ("id", "title"))


def list_activities(session: Session, _question: None) -> tuple[ActivityRow, ...]:
    """Return the record in its order."""
    query = select(ProcessingActivity).where(ProcessingActivity.archived_at.is_(None))
    return tuple(
        ActivityRow(id=one.id, title=one.title, **{name: getattr(one, name) for name in FIELDS})
        for one in session.scalars(query.order_by(ProcessingActivity.position, ProcessingActivity.title))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveActivity:
    """Add a line, or change the one with this id."""

    title: str
    values: dict[str, str]
    id: UUID | None = None


def save_activity(session: Session, wish: SaveActivity) -> UUID:
    """Write a line; return its id. Raises Refusal for anybody but a manager, and without a title of its own."""
    check_is_manager(session)
    title = wish.title.strip()
    if not title:
        raise Refusal("A line needs a title.", fields={"title": "Say what is done."})
    found = session.get(ProcessingActivity, wish.id) if wish.id else None
    if wish.id and found is None:
        raise Refusal("This line is not there any more.")
    same = session.scalar(select(ProcessingActivity.id).where(ProcessingActivity.title == title))
    if same is not None and same != wish.id:
        raise Refusal("There is a line of this title.", fields={"title": "Choose another title."})
    if found is None:
        found = ProcessingActivity(title=title, position=len(list_activities(session, None)) + 1)
        session.add(found)
    found.title = title
    for name in FIELDS:
        setattr(found, name, wish.values.get(name, getattr(found, name) or "").strip())
    describe(session, "Changed the record of processing")
    return found.id


def seed_activities(session: Session) -> None:
    """Put in the lines that ship, where there are none yet."""
    if session.scalar(select(ProcessingActivity.id).limit(1)) is not None:
        return
    shipped = tomllib.loads(resource("rights", "processing.toml").read_text(encoding="utf-8"))["activity"]
    session.add_all(ProcessingActivity(position=place, **told) for place, told in enumerate(shipped, start=1))
