"""The first contents of a new vault: the schema, the charity, the first manager."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from coachdesk.models import Base, Coach, Organisation, Setting, new_id
from coachdesk.terms import Role
from coachdesk.vault import search_index
from coachdesk.vault.chronicle import SCHEMA
from coachdesk.vault.engine import upgrading_engine
from coachdesk.vault.key_change import keep_generation
from coachdesk.vault.opened import REPLICA, OpenVault
from coachdesk.vault.recovery_slot import RECOVERY_KEY
from coachdesk.vault.settings import keep_setting
from coachdesk.vault.work import unit_of_work

SETUP = "CoachDesk"
"""Who acts while a vault is set up: no person's step to take back."""


def make_schema(connection: Connection) -> None:
    """Make all tables and the search index as the migrations would, and note the revision.

    A test proves the equality, so that creating a vault need not load the migrations.
    """
    Base.metadata.create_all(connection)
    search_index.install(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (SCHEMA,))


def make_tables(opener: Callable[[], Any]) -> None:
    """Make the schema in an empty encrypted file, in one transaction."""
    engine = upgrading_engine(opener)
    try:
        with engine.begin() as connection:
            make_schema(connection)
    finally:
        engine.dispose()


def make_contents(vault: OpenVault, *, organisation: str, person: str, practice: bool) -> None:
    """Write the first records: the organisation, and the person as its manager."""
    vault.person = SETUP
    vault.origin = new_id()
    with unit_of_work(vault, label=f"Set up {organisation}", by_program=True) as work:
        work.session.add(Setting(key=REPLICA, value={"id": vault.origin.hex}))
        work.session.add(Organisation(name=organisation, is_practice=practice))
        today = vault.clock.today()
        keep_generation(work.session, vault.slot_file)
        keep_setting(work.session, RECOVERY_KEY, {"since": today.isoformat()})
        work.session.add(Coach(name=person, role=Role.MANAGER, slot=vault.slot.id, started_on=today))
