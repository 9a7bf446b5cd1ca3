"""All ways to a job of a caseload, by stage: who is where, and what comes next."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.applications import (
    ACCEPTED,
    NO_JOB,
    ApplicationRow,
    Stage,
    application_rows,
    stages_in_use,
)
from coachdesk.casework.listed import listed
from coachdesk.models import Application, Client
from coachdesk.vault.caseload_rights import READS_ALL, acting_role
from coachdesk.vault.work import coach_of

ENDED_WEEKS = 12
"""How far back the count of those that led to no job goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardQuestion:
    """The caseload of whoever asks; for who sees everybody, everybody's if asked for."""

    today: dt.date
    everybody: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One application on the board, with whose it is."""

    client_id: UUID
    client: str
    application: ApplicationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardColumn:
    """A stage and who is at it."""

    stage: Stage
    lines: tuple[BoardLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationBoard:
    """The stages that lead to a job, each with who is there; and how many lately came to no job."""

    columns: tuple[BoardColumn, ...]
    ended: int
    sees_everybody: bool

    @property
    def count(self) -> int:
        """How many applications stand on the board."""
        return sum(len(column.lines) for column in self.columns)


def read_board(session: Session, question: BoardQuestion) -> ApplicationBoard:
    """Return the applications that are open, or accepted and not a job yet, of the clients in the reader's list."""
    sees_everybody = acting_role(session) in READS_ALL
    coach = None if question.everybody and sees_everybody else coach_of(session)
    mine = select(Client).where(*listed(session, coach, covering=True))
    names = {client.id: client.called() for client in session.scalars(mine)}
    waiting = and_(Application.stage == ACCEPTED, Application.job_id.is_(None))
    lately = and_(
        Application.stage.in_(NO_JOB),
        Application.ended_on >= question.today - dt.timedelta(weeks=ENDED_WEEKS),
    )
    rows = _rows(session, question.today, or_(Application.ended_on.is_(None), waiting, lately), names)
    standing = [one for one in rows if one.application.stage not in NO_JOB]
    shown = {stage.key: stage for stage in stages_in_use(session) if stage.key not in NO_JOB}
    for line in standing:  # a stage that is offered no more stays while somebody is there
        one = line.application
        shown.setdefault(one.stage, Stage(key=one.stage, title=one.stage_words))
    return ApplicationBoard(
        columns=tuple(
            BoardColumn(
                stage=stage, lines=tuple(one for one in standing if one.application.stage == stage.key)
            )
            for stage in shown.values()
        ),
        ended=len(rows) - len(standing),
        sees_everybody=sees_everybody,
    )


def _rows(
    session: Session, today: dt.date, wanted: ColumnElement[bool], names: dict[UUID, str]
) -> list[BoardLine]:
    rows = (one for one in application_rows(session, today, wanted) if one.client_id in names)
    lines = [BoardLine(client_id=one.client_id, client=names[one.client_id], application=one) for one in rows]
    return sorted(lines, key=_order)


def _order(line: BoardLine) -> tuple[dt.date, str, UUID]:
    return line.application.next_on or dt.date.max, line.client.casefold(), line.application.id
