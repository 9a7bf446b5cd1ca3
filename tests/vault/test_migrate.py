"""Every schema we ever shipped opens; the migrations and the models agree; nothing is lost on the way."""

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, select

from coachdesk.clock import FixedClock
from coachdesk.errors import Trouble
from coachdesk.models import Base, Client, Goal
from coachdesk.vault import migrate
from coachdesk.vault.backup import looked_into
from coachdesk.vault.backup_folder import beside
from coachdesk.vault.birth import make_tables
from coachdesk.vault.chronicle import SCHEMA
from coachdesk.vault.driver import connected
from coachdesk.vault.engine import upgrading_engine
from coachdesk.vault.health import check
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.work import reading
from tests.vault_fixtures import Template

PINNED = Path(__file__).parent.parent / "data" / "vaults"
PUBLISHED = "published passphrase of the pinned vaults"
KEY = bytes(range(32))


def schema_of(connection: Connection) -> set[tuple[str, str, str]]:
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    return {(kind, name, "".join(text.split()).replace('"', "").lower()) for kind, name, text in rows}


def migrated(path: Path) -> set[tuple[str, str, str]]:
    engine = upgrading_engine(lambda: connected(path, KEY, create=True))
    with engine.begin() as connection:
        migrate.run_migrations(connection)
        found = schema_of(connection)
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata
        )
        kept = [
            one for one in differences if "client_fts" not in str(one) and "alembic_version" not in str(one)
        ]
    engine.dispose()
    assert kept == []
    return found


def test_a_new_vault_equals_a_migrated_one(tmp_path: Path) -> None:
    make_tables(lambda: connected(tmp_path / "made.db", KEY, create=True))
    engine = upgrading_engine(lambda: connected(tmp_path / "made.db", KEY))
    with engine.begin() as connection:
        made = schema_of(connection)
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == SCHEMA
    engine.dispose()
    found = migrated(tmp_path / "migrated.db")
    assert {(kind, name) for kind, name, _ in found} == {(kind, name) for kind, name, _ in made}
    assert {one for one in found if one[0] != "table"} == {one for one in made if one[0] != "table"}
    assert {len(text) for _, _, text in found} == {len(text) for _, _, text in made}


def test_the_head_is_the_last_revision() -> None:
    assert migrate.REVISIONS[-1] == SCHEMA


@pytest.mark.parametrize("revision", migrate.REVISIONS)
def test_every_pinned_vault_opens(tmp_path: Path, clock: FixedClock, revision: str) -> None:
    folder = tmp_path / f"v{revision}.coachdesk"
    shutil.copytree(PINNED / folder.name, folder)
    vault = SealedVault(folder).open(PUBLISHED, clock=clock)
    with reading(vault) as session:
        counts = {
            mapper.class_.__tablename__: session.scalar(select(func.count()).select_from(mapper.class_))
            for mapper in Base.registry.mappers
        }
        assert session.scalars(select(Goal.own_words)).one() == "I want to bake"
        assert session.scalars(select(Client.first_name)).one() == "Zoë"
    assert counts.pop("setting"), "what the program keeps for itself differs from one schema to the next"
    assert {name: count for name, count in counts.items() if count} == {
        "action": 1,
        "client": 1,
        "client_search": 1,
        "coach": 1,
        "contact": 1,
        "employer": 1,
        "enrolment": 1,
        "goal": 1,
        "job": 1,
        "journal_entry": 14,
        "organisation": 1,
        "plan": 1,
        "programme": 1,
    }
    assert check(vault).problems == ()
    with vault._reader.connect() as connection:
        settings = connection.exec_driver_sql("PRAGMA cipher_settings").scalars().all()
    assert settings == [
        "PRAGMA kdf_iter = 256000;",
        "PRAGMA cipher_page_size = 4096;",
        "PRAGMA cipher_use_hmac = 1;",
        "PRAGMA cipher_plaintext_header_size = 0;",
        "PRAGMA cipher_hmac_algorithm = HMAC_SHA512;",
        "PRAGMA cipher_kdf_algorithm = PBKDF2_HMAC_SHA512;",
    ]
    vault.close()


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts)
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, "9999"))
    return scripts / "versions" / "9999_next.py"


def write_step(path: Path, *statements: str) -> None:
    lines = [f"    op.execute({statement!r})" for statement in statements]
    head = ["from alembic import op", "revision = '9999'", f"down_revision = {SCHEMA!r}", "def upgrade():"]
    path.write_text("\n".join([*head, *lines]))


def test_an_older_vault_is_brought_up_to_date_after_a_backup(
    next_step: Path, vault_template: Template, vault_folder: Path, clock: FixedClock
) -> None:
    write_step(next_step, "ALTER TABLE hub ADD COLUMN motto VARCHAR NOT NULL DEFAULT 'hello'")
    vault: OpenVault = vault_template.opened(vault_folder, clock)
    with vault._reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT motto FROM hub").scalar_one() == "hello"
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "9999"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    vault.close()
    (backup,) = beside(vault_folder).iterdir()
    told = looked_into(backup).told(vault_template.keyring())
    assert told is not None
    assert (told.why, told.contents.count("hub")) == ("upgrade", 1)


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (["DELETE FROM organisation"], "would lose rows of organisation"),
        (["DELETE FROM hub", "INSERT INTO hub SELECT * FROM hub"], "would lose rows of hub"),
        (["UPDATE hub SET id = zeroblob(16)"], "would break 1 links"),
        (["ALTER TABLE hub ADD COLUMN motto VARCHAR", "UPDATE coach SET role = 'king'"], "do not fit"),
    ],
)
def test_a_step_that_would_lose_something_changes_nothing(
    next_step: Path,
    vault_template: Template,
    vault_folder: Path,
    clock: FixedClock,
    statements: list[str],
    sentence: str,
) -> None:
    write_step(next_step, *statements)
    with pytest.raises((Trouble, Exception), match=sentence):
        vault_template.opened(vault_folder, clock)
    next_step.unlink()
    migrate_now = vault_template.file
    stored = migrate.stored_revision(vault_folder / migrate_now.db, vault_template.keyring().sub("db"))
    assert stored == SCHEMA
    assert not (vault_folder / "coachdesk.lock").exists()
