"""Whatever counts all of a vault asks once for the room to do so, around the whole of its counting."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from coachdesk.returns.comparing import compared
from coachdesk.returns.planning import planned
from coachdesk.returns.prepare import snapshot_for
from coachdesk.returns.questions import answered
from coachdesk.returns.questions_ground import ChoicesQuestion, choices
from coachdesk.returns.questions_out import prepared_question
from coachdesk.returns.reconciling import reconciled
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading
from tests.returns.issued_once import issued_of
from tests.returns.test_definitions import a_comparison, a_wish
from tests.returns.test_prepare import WISH, people
from tests.returns.test_questions_out import REACH
from tests.returns.test_reopened import ANSWERS, QUICK

SILENT = Watch.silent()
ROOM = "PRAGMA cache_size=-65536"
BACK = "PRAGMA cache_size=-8192"
GROUND = ChoicesQuestion(programme_key="grant", from_on=WISH.from_on, to_on=WISH.to_on, as_at=WISH.as_at)


@contextmanager
def heard() -> Iterator[list[str]]:
    """Give what the vault's file is asked in the block, in its order: the driver itself tells."""
    told: list[str] = []
    connections: list[Any] = []

    def listen(_session: Session, _transaction: object, connection: Any) -> None:
        raw = connection.connection.driver_connection
        raw.set_trace_callback(told.append)
        connections.append(raw)

    event.listen(Session, "after_begin", listen)
    try:
        yield told
    finally:
        event.remove(Session, "after_begin", listen)
        for raw in connections:
            raw.set_trace_callback(None)


def plan(vault: OpenVault) -> None:
    with reading(vault) as session:
        planned(session, WISH)


def offer(vault: OpenVault) -> None:
    with reading(vault) as session:
        choices(session, GROUND)


def compare(vault: OpenVault) -> None:
    compared(vault, a_comparison(a_wish()), SILENT)


def snapshot(vault: OpenVault) -> None:
    snapshot_for(vault, WISH, SILENT)


def answer(vault: OpenVault) -> None:
    answered(vault, REACH, SILENT)


def answer_to_leave(vault: OpenVault) -> None:
    prepared_question(vault, REACH, SILENT)


def assert_room_was_asked_for_once(told: list[str]) -> None:
    assert [one for one in told if one in {ROOM, BACK}] == [ROOM, BACK]
    counting = [place for place, one in enumerate(told) if "enrolment" in one]
    assert len(counting) > 10
    assert told.index(ROOM) < counting[0]
    assert counting[-1] < told.index(BACK)


@pytest.mark.parametrize("ask", [plan, snapshot, offer, answer, answer_to_leave, compare])
def test_room_is_asked_for_once_around_all_the_counting(
    vault: OpenVault, ask: Callable[[OpenVault], None]
) -> None:
    people(vault, 90)
    with heard() as told:
        ask(vault)
    assert_room_was_asked_for_once(told)


def test_an_issued_return_is_counted_again_with_room_too(vault: OpenVault) -> None:
    issued = issued_of(vault, 36, QUICK, checked_by=" Jo Trustee ", intruder=ANSWERS)
    with heard() as told:
        reconciled(vault, issued.release_id, SILENT)
    assert_room_was_asked_for_once(told)
