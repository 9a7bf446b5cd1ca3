"""A reader keeps more pages and nothing looks for garbage while a whole vault is counted, and not a moment longer."""

import gc
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from coachdesk.vault.opened import OpenVault
from coachdesk.vault.room_to_count import room_to_count
from coachdesk.vault.work import reading

FEW, MANY = -8192, -65536


def pages(session: Session) -> int:
    return int(session.execute(text("PRAGMA cache_size")).scalar_one())


@pytest.fixture
def collecting() -> Iterator[None]:
    """The collector works, as on the command line, and afterwards is as it was."""
    was_on = gc.isenabled()
    gc.enable()
    yield
    if not was_on:
        gc.disable()


@pytest.mark.usefixtures("collecting")
def test_there_is_room_for_the_time_of_counting_alone(vault: OpenVault) -> None:
    with reading(vault) as session:
        with room_to_count(session):
            with room_to_count(session):
                assert (pages(session), gc.isenabled()) == (MANY, False)
            assert (pages(session), gc.isenabled()) == (MANY, False)
        assert (pages(session), gc.isenabled()) == (FEW, True)


@pytest.mark.usefixtures("collecting")
def test_a_count_that_ends_badly_leaves_everything_as_it_was(vault: OpenVault) -> None:
    with reading(vault) as session:
        with pytest.raises(ValueError, match="in the middle"), room_to_count(session):
            raise ValueError("in the middle")
        assert (pages(session), gc.isenabled()) == (FEW, True)


@pytest.mark.usefixtures("collecting")
def test_a_vault_that_is_locked_meanwhile_brings_no_second_trouble(vault: OpenVault) -> None:
    with vault.read_sessions() as session:
        with room_to_count(session):
            raw = session.connection().connection.driver_connection
            assert raw is not None
            raw.close()
        session.invalidate()
    assert gc.isenabled()


@pytest.mark.usefixtures("collecting")
def test_a_collector_that_rests_goes_on_resting(vault: OpenVault) -> None:
    gc.disable()
    with reading(vault) as session, room_to_count(session):
        assert not gc.isenabled()
    assert not gc.isenabled()
