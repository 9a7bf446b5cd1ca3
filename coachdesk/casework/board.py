"""The board: open clients by the stage of their enrolment, the stages as the charity names them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.caseload_columns import ListRow
from coachdesk.casework.caseload_lists import ListQuestion, read_list
from coachdesk.casework.codes import list_codes, titles_of
from coachdesk.casework.plain_rows import key_of
from coachdesk.errors import Refusal
from coachdesk.models import Client, Enrolment
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

NO_STAGE = str(Unstated.NOT_ASKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardColumn:
    """A stage and the clients in it; nobody is left off."""

    key: str
    title: str
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The columns from left to right, and the question they were read by."""

    question: ListQuestion
    columns: tuple[BoardColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCard:
    """A client's enrolment goes on to another stage, or back to none."""

    enrolment_id: UUID
    stage: str


def read_board(session: Session, question: ListQuestion) -> Board:
    """Return the clients of a list by stage: those without one first, then as the stages follow each other.

    Whoever has no enrolment that goes on has no stage and stands on no board. A stage that was retired has a column
    for as long as anybody is in it.
    """
    rows = [row for row in read_list(session, question).rows if row.facts.enrolment is not None]
    codes = [code for code in list_codes(session, "stage") if code.key not in UNSTATED_WORDS]
    by_stage: dict[str, list[ListRow]] = {NO_STAGE: [], **{code.key: [] for code in codes}}
    for row in rows:
        stage = row.facts.stage or NO_STAGE
        by_stage.setdefault(NO_STAGE if stage in UNSTATED_WORDS else stage, []).append(row)
    titles = {**titles_of(session, "stage")["stage"], NO_STAGE: "No stage yet"}
    retired = {code.key for code in codes if code.retired}
    columns = tuple(
        BoardColumn(key=key, title=titles.get(key, key), rows=tuple(found))
        for key, found in by_stage.items()
        if found or key not in retired
    )
    return Board(question=question, columns=columns)


def enrolment_of(row: ListRow) -> UUID:
    """Return the enrolment that a card stands for."""
    assert row.facts.enrolment is not None  # noqa: S101  only those with one are on the board
    return key_of(row.facts.enrolment)


def move_card(session: Session, wish: MoveCard) -> None:
    """Move an enrolment to a stage; raises Refusal for one that is gone or has ended, and for a stage not in use."""
    enrolment = session.get(Enrolment, wish.enrolment_id)
    if enrolment is None or enrolment.archived_at is not None:
        raise Refusal("This enrolment is not there any more.")
    check_may_see(session, enrolment.client_id)
    if enrolment.exit_on is not None and enrolment.exit_on <= clock_of(session).today():
        raise Refusal("Support has ended; there is no stage to move to.")
    in_use = {code.key: code.title for code in list_codes(session, "stage") if not code.retired}
    title = in_use.get(wish.stage)
    if title is None:
        raise Refusal("That stage is not in use any more.")
    enrolment.stage = wish.stage
    initials = session.get_one(Client, enrolment.client_id).initials()
    words = (
        f"Moved {initials} to “{title}”" if wish.stage != NO_STAGE else f"Took {initials} out of every stage"
    )
    describe(session, words)
