"""A remembered world is the same as one that was made, and never given to a vault that has something of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.clock import FixedClock
from coachdesk.models import Client, JournalEntry
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.settings import keep_setting
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import a_caseload
from tests.makers import a_client, ask, days_ago, keep
from tests.vault_fixtures import Template
from tests.worlds import made_once


class Maker:
    """Puts one client into a vault and counts how often it did."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, vault: OpenVault) -> str:
        self.times += 1
        keep(vault, a_client(first_name="Zofia"))
        return "made"


@pytest.fixture
def another(vault_template: Template, tmp_path: Path, clock: FixedClock) -> Iterator[OpenVault]:
    with _opened(vault_template, tmp_path / "Another.coachdesk", clock) as found:
        yield found


@contextmanager
def _opened(template: Template, folder: Path, clock: FixedClock) -> Iterator[OpenVault]:
    found = template.opened(template.copied_to(folder), clock)
    yield found
    found.close()


def names(session: Session, _question: object) -> list[str]:
    return list(session.scalars(select(Client.first_name).order_by(Client.first_name)))


def lines(session: Session, _question: object) -> int:
    return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def test_a_second_vault_takes_what_the_first_had_made(vault: OpenVault, another: OpenVault) -> None:
    make = Maker()
    assert made_once("second", make, vault) == made_once("second", make, another) == "made"
    assert make.times == 1
    assert ask(another, names) == ["Zofia"]
    assert ask(another, lines) == ask(vault, lines)
    keep(another, a_client(first_name="Anna"))
    assert ask(another, names) == ["Anna", "Zofia"]
    assert ask(vault, names) == ["Zofia"]


def test_a_copy_is_opened_again_like_any_vault(
    vault: OpenVault, another: OpenVault, vault_template: Template, clock: FixedClock
) -> None:
    a_caseload(vault)
    people = a_caseload(another)
    another.close()
    again = vault_template.opened(another.folder, clock)
    assert ask(again, lambda session, _: session.get_one(Client, people.late).first_name) == "Maya"
    again.close()


def test_a_vault_with_something_of_its_own_has_the_world_made(vault: OpenVault, another: OpenVault) -> None:
    make = Maker()
    made_once("own", make, vault)
    keep(another, a_client(first_name="Anna"))
    made_once("own", make, another)
    assert make.times == 2
    assert ask(another, names) == ["Anna", "Zofia"]


def test_a_setting_of_its_own_is_something_too(vault: OpenVault, another: OpenVault) -> None:
    make = Maker()
    made_once("setting", make, vault)
    with unit_of_work(another) as work:
        keep_setting(work.session, "look", {"scale": 2})
    made_once("setting", make, another)
    assert make.times == 2


def test_another_day_is_another_world(vault: OpenVault, vault_template: Template, tmp_path: Path) -> None:
    make = Maker()
    made_once("day", make, vault)
    with _opened(vault_template, tmp_path / "Later.coachdesk", FixedClock.on(days_ago(1))) as other:
        made_once("day", make, other)
    assert make.times == 2


def test_who_opened_somebody_with_a_reason_has_the_world_made(vault: OpenVault, another: OpenVault) -> None:
    make = Maker()
    made_once("reason", make, vault)
    another.opened_with_reason.add(another.vault_id)
    made_once("reason", make, another)
    assert make.times == 2
