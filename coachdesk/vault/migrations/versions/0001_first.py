# ruff: noqa: INP001 - alembic runs this as a script, nothing imports it
"""The first schema: every table, its rules and its indexes, and the full-text index of clients."""

import sqlalchemy as sa
from alembic import op

from coachdesk.models.base import Instant, Key, Words

revision = "0001"
down_revision = None

FULL_TEXT = (
    """CREATE VIRTUAL TABLE client_fts USING fts5(folded, content='client_search', content_rowid='number',
    tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    "INSERT INTO client_fts(client_fts, rank) VALUES('secure-delete', 1)",
    """CREATE TRIGGER client_search_added AFTER INSERT ON client_search BEGIN
    INSERT INTO client_fts(rowid, folded) VALUES (new.number, new.folded); END""",
    """CREATE TRIGGER client_search_removed AFTER DELETE ON client_search BEGIN
    INSERT INTO client_fts(client_fts, rowid, folded) VALUES ('delete', old.number, old.folded); END""",
    """CREATE TRIGGER client_search_changed AFTER UPDATE ON client_search BEGIN
    INSERT INTO client_fts(client_fts, rowid, folded) VALUES ('delete', old.number, old.folded);
    INSERT INTO client_fts(rowid, folded) VALUES (new.number, new.folded); END""",
)


def _bank_holiday() -> None:
    op.create_table(
        "bank_holiday",
        sa.Column("falls_on", sa.Date(), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("source_note", Words(50000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_holiday")),
        sa.UniqueConstraint("falls_on", name=op.f("uq_bank_holiday_falls_on")),
    )


def _client_search() -> None:
    op.create_table(
        "client_search",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("folded", Words(50000), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_client_search")),
        sa.UniqueConstraint("client_id", name=op.f("uq_client_search_client_id")),
    )


def _code() -> None:
    op.create_table(
        "code",
        sa.Column("list_name", Words(60), nullable=False),
        sa.Column("key", Words(60), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("parent", Words(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("list_version", Words(60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source_note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("list_name <> '' and key <> '' and title <> ''", name=op.f("ck_code_named")),
        sa.CheckConstraint(
            "valid_to is null or valid_from is null or valid_to >= valid_from", name=op.f("ck_code_in_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
        sa.UniqueConstraint("list_name", "key", name=op.f("uq_code_list_name_key")),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("key", Words(200), nullable=False),
        sa.Column("form", Words(200), nullable=False),
        sa.Column("client_id", Key(), nullable=True),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_client_id"), "draft", ["client_id"], unique=False)


def _employer() -> None:
    op.create_table(
        "employer",
        sa.Column("name", Words(200), nullable=False),
        sa.Column("folded", Words(200), nullable=False),
        sa.Column("sector", Words(60), nullable=False),
        sa.Column("size_band", Words(60), nullable=False),
        sa.Column("sort", Words(60), nullable=False),
        sa.Column("town", Words(200), nullable=False),
        sa.Column("is_anchor", sa.Boolean(), nullable=False),
        sa.Column("do_not_approach", Words(4000), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_employer_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer")),
    )
    op.create_index("ix_employer_folded", "employer", ["folded"], unique=False)


def _hub() -> None:
    op.create_table(
        "hub",
        sa.Column("name", Words(200), nullable=False),
        sa.Column("address", Words(4000), nullable=False),
        sa.Column("postcode", Words(200), nullable=False),
        sa.Column("local_authority", Words(60), nullable=False),
        sa.Column("opening", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_hub_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub")),
        sa.UniqueConstraint("name", name=op.f("uq_hub_name")),
    )


def _import_mapping() -> None:
    op.create_table(
        "import_mapping",
        sa.Column("name", Words(200), nullable=False),
        sa.Column("sheet_kind", Words(60), nullable=False),
        sa.Column("headings", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("name", name=op.f("uq_import_mapping_name")),
    )


def _import_run() -> None:
    op.create_table(
        "import_run",
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("files", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )


def _journal_entry() -> None:
    op.create_table(
        "journal_entry",
        sa.Column("position", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("origin", Key(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("logical_clock", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", Words(200), nullable=False),
        sa.Column("unit", Key(), nullable=False),
        sa.Column("label", Words(200), nullable=False),
        sa.Column("reason", Words(50000), nullable=False),
        sa.Column("schema_revision", Words(40), nullable=False),
        sa.Column("scope", Words(40), nullable=False),
        sa.Column("entity", Words(40), nullable=False),
        sa.Column("row_id", Key(), nullable=True),
        sa.Column("field_group", Words(60), nullable=False),
        sa.Column("operation", Words(10), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint(
            "operation in ('insert', 'update', 'delete', 'event')",
            name=op.f("ck_journal_entry_operation_known"),
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_journal_entry")),
        sa.UniqueConstraint("origin", "sequence", name=op.f("uq_journal_entry_origin_sequence")),
    )
    op.create_index(
        "ix_journal_entry_record", "journal_entry", ["entity", "row_id", "position"], unique=False
    )
    op.create_index("ix_journal_entry_scope", "journal_entry", ["scope", "position"], unique=False)
    op.create_index("ix_journal_entry_unit", "journal_entry", ["unit"], unique=False)


def _organisation() -> None:
    op.create_table(
        "organisation",
        sa.Column("name", Words(200), nullable=False),
        sa.Column("charity_number", Words(200), nullable=False),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_organisation_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )


def _programme() -> None:
    op.create_table(
        "programme",
        sa.Column("key", Words(60), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("funder", Words(200), nullable=False),
        sa.Column("model", Words(200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=True),
        sa.Column("definition", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("definition_version", Words(200), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("key <> '' and title <> ''", name=op.f("ck_programme_named")),
        sa.CheckConstraint(
            "ends_on is null or starts_on is null or ends_on >= starts_on", name=op.f("ck_programme_in_order")
        ),
        sa.CheckConstraint(
            "threshold is null or threshold between 3 and 20", name=op.f("ck_programme_threshold_in_range")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("key", name=op.f("uq_programme_key")),
    )


def _rate() -> None:
    op.create_table(
        "rate",
        sa.Column("name", Words(60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("source_note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("pence > 0", name=op.f("ck_rate_positive")),
        sa.CheckConstraint("valid_to is null or valid_to >= valid_from", name=op.f("ck_rate_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate")),
        sa.UniqueConstraint("name", "valid_from", name=op.f("uq_rate_name_valid_from")),
    )
    op.create_index("ix_rate_name_from", "rate", ["name", "valid_from"], unique=False)


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", Words(200), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )


def _coach() -> None:
    op.create_table(
        "coach",
        sa.Column("name", Words(200), nullable=False),
        sa.Column("role", Words(20), nullable=False),
        sa.Column("slot", Words(200), nullable=False),
        sa.Column("hub_id", Key(), nullable=True),
        sa.Column("weekly_minutes", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_coach_name_given")),
        sa.CheckConstraint(
            "role in ('coach', 'manager', 'trustee', 'auditor')", name=op.f("ck_coach_role_known")
        ),
        sa.CheckConstraint(
            "ended_on is null or started_on is null or ended_on >= started_on", name=op.f("ck_coach_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["hub_id"], ["hub.id"], name=op.f("fk_coach_hub_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach")),
        sa.UniqueConstraint("name", name=op.f("uq_coach_name")),
    )
    op.create_index(op.f("ix_coach_hub_id"), "coach", ["hub_id"], unique=False)


def _profile_figure() -> None:
    op.create_table(
        "profile_figure",
        sa.Column("programme_id", Key(), nullable=False),
        sa.Column("measure", Words(60), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("figure", sa.Integer(), nullable=False),
        sa.Column("source_note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("figure >= 0", name=op.f("ck_profile_figure_not_negative")),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_profile_figure_in_order")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_profile_figure_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_figure")),
        sa.UniqueConstraint(
            "programme_id",
            "measure",
            "from_on",
            "to_on",
            name=op.f("uq_profile_figure_programme_id_measure_from_on_to_on"),
        ),
    )
    op.create_index(op.f("ix_profile_figure_programme_id"), "profile_figure", ["programme_id"], unique=False)


def _release() -> None:
    op.create_table(
        "release",
        sa.Column("programme_id", Key(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("issued_by", Words(200), nullable=False),
        sa.Column("audience", Words(200), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("rule_version", Words(200), nullable=False),
        sa.Column("engine_version", Words(200), nullable=False),
        sa.Column("journal_position", sa.Integer(), nullable=False),
        sa.Column("counted", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("printed", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("finding", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("supersedes_id", Key(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("threshold between 3 and 20", name=op.f("ck_release_threshold_in_range")),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_release_in_order")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_release_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"],
            ["release.id"],
            name=op.f("fk_release_supersedes_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
    )
    op.create_index(op.f("ix_release_programme_id"), "release", ["programme_id"], unique=False)


def _client() -> None:
    op.create_table(
        "client",
        sa.Column("reference", Words(60), nullable=False),
        sa.Column("first_name", Words(200), nullable=False),
        sa.Column("last_name", Words(200), nullable=False),
        sa.Column("known_as", Words(200), nullable=False),
        sa.Column("previous_names", Words(200), nullable=False),
        sa.Column("pronouns", Words(200), nullable=False),
        sa.Column("born_from", sa.Date(), nullable=True),
        sa.Column("born_to", sa.Date(), nullable=True),
        sa.Column("birth_precision", Words(10), nullable=False),
        sa.Column("birth_told_on", sa.Date(), nullable=True),
        sa.Column("nino", Words(9), nullable=False),
        sa.Column("temporary_reference", Words(20), nullable=False),
        sa.Column("address", Words(4000), nullable=False),
        sa.Column("town", Words(200), nullable=False),
        sa.Column("postcode", Words(12), nullable=False),
        sa.Column("no_fixed_abode", sa.Boolean(), nullable=False),
        sa.Column("local_authority", Words(60), nullable=False),
        sa.Column("icb", Words(60), nullable=False),
        sa.Column("phone", Words(60), nullable=False),
        sa.Column("email", Words(200), nullable=False),
        sa.Column("may_call", Words(60), nullable=False),
        sa.Column("may_leave_voicemail", Words(60), nullable=False),
        sa.Column("may_text", Words(60), nullable=False),
        sa.Column("may_email", Words(60), nullable=False),
        sa.Column("may_post", Words(60), nullable=False),
        sa.Column("safe_contact_note", Words(4000), nullable=False),
        sa.Column("language", Words(200), nullable=False),
        sa.Column("interpreter", Words(60), nullable=False),
        sa.Column("communication_needs", Words(4000), nullable=False),
        sa.Column("emergency_contact", Words(4000), nullable=False),
        sa.Column("risk_note", Words(4000), nullable=False),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("hub_id", Key(), nullable=True),
        sa.Column("unstated", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "birth_precision in ('', 'exact', 'month', 'year', 'about')",
            name=op.f("ck_client_precision_known"),
        ),
        sa.CheckConstraint(
            "first_name <> '' or last_name <> '' or known_as <> ''", name=op.f("ck_client_some_name")
        ),
        sa.CheckConstraint("(born_from is null) = (born_to is null)", name=op.f("ck_client_birth_whole")),
        sa.CheckConstraint(
            "born_from is null or born_to >= born_from", name=op.f("ck_client_birth_in_order")
        ),
        sa.CheckConstraint(
            "died_on is null or born_from is null or died_on >= born_from",
            name=op.f("ck_client_death_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"], ["coach.id"], name=op.f("fk_client_coach_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["hub_id"], ["hub.id"], name=op.f("fk_client_hub_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("reference", name=op.f("uq_client_reference")),
    )
    op.create_index(op.f("ix_client_coach_id"), "client", ["coach_id"], unique=False)
    op.create_index(op.f("ix_client_hub_id"), "client", ["hub_id"], unique=False)
    op.create_index("ix_client_names", "client", ["last_name", "first_name", "id"], unique=False)


def _release_file() -> None:
    op.create_table(
        "release_file",
        sa.Column("release_id", Key(), nullable=False),
        sa.Column("name", Words(200), nullable=False),
        sa.Column("sha256", Words(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name=op.f("fk_release_file_release_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_file")),
        sa.UniqueConstraint("release_id", "name", name=op.f("uq_release_file_release_id_name")),
    )


def _circumstances() -> None:
    op.create_table(
        "circumstances",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("as_on", sa.Date(), nullable=False),
        sa.Column("economic_activity", Words(60), nullable=False),
        sa.Column("months_since_work", sa.Integer(), nullable=True),
        sa.Column("benefits", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("qualification", Words(60), nullable=False),
        sa.Column("housing", Words(60), nullable=False),
        sa.Column("household", Words(60), nullable=False),
        sa.Column("caring", Words(60), nullable=False),
        sa.Column("transport", Words(60), nullable=False),
        sa.Column("digital_access", Words(60), nullable=False),
        sa.Column("work_restrictions", Words(4000), nullable=False),
        sa.Column("unstated", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_circumstances_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circumstances")),
    )
    op.create_index(op.f("ix_circumstances_client_id"), "circumstances", ["client_id"], unique=False)


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("purpose", Words(60), nullable=False),
        sa.Column("data_covered", Words(4000), nullable=False),
        sa.Column("recipient", Words(200), nullable=False),
        sa.Column("how_given", Words(60), nullable=False),
        sa.Column("wording_version", Words(200), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("witness", Words(200), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "expires_on is null or given_on is null or expires_on >= given_on",
            name=op.f("ck_consent_expiry_after"),
        ),
        sa.CheckConstraint(
            "withdrawn_on is null or given_on is null or withdrawn_on >= given_on",
            name=op.f("ck_consent_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_consent_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_client_id"), "consent", ["client_id"], unique=False)


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("channel", Words(60), nullable=False),
        sa.Column("place", Words(60), nullable=False),
        sa.Column("place_note", Words(200), nullable=False),
        sa.Column("with_whom", Words(200), nullable=False),
        sa.Column("note", Words(50000), nullable=False),
        sa.Column("note_kind", Words(20), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("did_not_attend", sa.Boolean(), nullable=False),
        sa.Column("goals", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "minutes is null or minutes between 0 and 1440", name=op.f("ck_contact_minutes_in_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_contact_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_contact_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(
        "ix_contact_client_date",
        "contact",
        ["client_id", "happened_on", "next_on", "archived_at"],
        unique=False,
    )
    op.create_index(op.f("ix_contact_coach_id"), "contact", ["coach_id"], unique=False)
    op.create_index("ix_contact_next", "contact", ["next_on", "client_id"], unique=False)


def _enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("programme_id", Key(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("source", Words(60), nullable=False),
        sa.Column("referrer", Words(200), nullable=False),
        sa.Column("route", Words(60), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("profile_started_on", sa.Date(), nullable=True),
        sa.Column("stage", Words(60), nullable=False),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("hub_id", Key(), nullable=True),
        sa.Column("expected_end_on", sa.Date(), nullable=True),
        sa.Column("exit_on", sa.Date(), nullable=True),
        sa.Column("exit_reason", Words(60), nullable=False),
        sa.Column("destination", Words(200), nullable=False),
        sa.Column("others_ruled_out", Words(60), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "accepted_on is null or received_on is null or accepted_on >= received_on",
            name=op.f("ck_enrolment_accepted_after"),
        ),
        sa.CheckConstraint(
            "exit_on is null or started_on is null or exit_on >= started_on",
            name=op.f("ck_enrolment_exit_after_start"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_enrolment_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_enrolment_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["hub_id"], ["hub.id"], name=op.f("fk_enrolment_hub_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_enrolment_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
    )
    op.create_index(op.f("ix_enrolment_client_id"), "enrolment", ["client_id"], unique=False)
    op.create_index(op.f("ix_enrolment_coach_id"), "enrolment", ["coach_id"], unique=False)
    op.create_index(op.f("ix_enrolment_hub_id"), "enrolment", ["hub_id"], unique=False)
    op.create_index(
        "ix_enrolment_programme_exit", "enrolment", ["programme_id", "exit_on", "client_id"], unique=False
    )
    op.create_index(
        "ix_enrolment_programme_start", "enrolment", ["programme_id", "started_on", "client_id"], unique=False
    )


def _equality() -> None:
    op.create_table(
        "equality",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("ethnic_group", Words(60), nullable=False),
        sa.Column("long_condition", Words(60), nullable=False),
        sa.Column("activity_restriction", Words(60), nullable=False),
        sa.Column("sex", Words(60), nullable=False),
        sa.Column("gender_identity", Words(60), nullable=False),
        sa.Column("religion", Words(60), nullable=False),
        sa.Column("sexual_orientation", Words(60), nullable=False),
        sa.Column("carer", Words(60), nullable=False),
        sa.Column("marital_status", Words(60), nullable=False),
        sa.Column("armed_forces", Words(60), nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=True),
        sa.Column("method", Words(200), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_equality_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality")),
        sa.UniqueConstraint("client_id", name=op.f("uq_equality_client_id")),
    )


def _import_row() -> None:
    op.create_table(
        "import_row",
        sa.Column("run_id", Key(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sheet", Words(200), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("outcome", Words(10), nullable=False),
        sa.Column("reference", Words(60), nullable=False),
        sa.Column("client_id", Key(), nullable=True),
        sa.Column("record_id", Key(), nullable=True),
        sa.Column("held_values", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("held_why", Words(50000), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "outcome in ('imported', 'merged', 'held')", name=op.f("ck_import_row_outcome_known")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_import_row_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["import_run.id"],
            name=op.f("fk_import_row_run_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_import_row_fingerprint")),
    )
    op.create_index(op.f("ix_import_row_client_id"), "import_row", ["client_id"], unique=False)
    op.create_index(op.f("ix_import_row_run_id"), "import_row", ["run_id"], unique=False)


def _eligibility() -> None:
    op.create_table(
        "eligibility",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("enrolment_id", Key(), nullable=False),
        sa.Column("reason", Words(60), nullable=False),
        sa.Column("self_declared", sa.Boolean(), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_eligibility_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_eligibility_enrolment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility")),
        sa.UniqueConstraint("enrolment_id", "reason", name=op.f("uq_eligibility_enrolment_id_reason")),
    )
    op.create_index(op.f("ix_eligibility_client_id"), "eligibility", ["client_id"], unique=False)
    op.create_index(op.f("ix_eligibility_enrolment_id"), "eligibility", ["enrolment_id"], unique=False)


def _job() -> None:
    op.create_table(
        "job",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("enrolment_id", Key(), nullable=True),
        sa.Column("employer_id", Key(), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("occupation", Words(200), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", Words(60), nullable=False),
        sa.Column("employment_type", Words(60), nullable=False),
        sa.Column("contract", Words(60), nullable=False),
        sa.Column("is_competitive", Words(60), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("four_hours_on", sa.Date(), nullable=True),
        sa.Column("evidence", Words(60), nullable=False),
        sa.Column("evidence_seen_on", sa.Date(), nullable=True),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("ended_on is null or ended_on >= started_on", name=op.f("ck_job_in_order")),
        sa.CheckConstraint(
            "four_hours_on is null or four_hours_on >= started_on", name=op.f("ck_job_paid_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_job_client_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
            name=op.f("fk_job_employer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_job_enrolment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_client_id"), "job", ["client_id"], unique=False)
    op.create_index(op.f("ix_job_employer_id"), "job", ["employer_id"], unique=False)
    op.create_index(op.f("ix_job_enrolment_id"), "job", ["enrolment_id"], unique=False)
    op.create_index("ix_job_start", "job", ["started_on", "client_id"], unique=False)


def _pause() -> None:
    op.create_table(
        "pause",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("enrolment_id", Key(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("to_on is null or to_on >= from_on", name=op.f("ck_pause_in_order")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_pause_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_pause_enrolment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    op.create_index(op.f("ix_pause_client_id"), "pause", ["client_id"], unique=False)
    op.create_index(op.f("ix_pause_enrolment_id"), "pause", ["enrolment_id"], unique=False)


def _plan() -> None:
    op.create_table(
        "plan",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("enrolment_id", Key(), nullable=True),
        sa.Column("kind", Words(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("how_agreed", Words(60), nullable=False),
        sa.Column("copy_format", Words(60), nullable=False),
        sa.Column("copy_given_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_plan_version_counts")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_plan_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_plan_enrolment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_client_id"), "plan", ["client_id"], unique=False)
    op.create_index(op.f("ix_plan_enrolment_id"), "plan", ["enrolment_id"], unique=False)


def _reading() -> None:
    op.create_table(
        "reading",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("enrolment_id", Key(), nullable=True),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("instrument", Words(40), nullable=False),
        sa.Column("instrument_version", Words(40), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("point", Words(60), nullable=False),
        sa.Column("setting", Words(60), nullable=False),
        sa.Column("items", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_reading_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_reading_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_reading_enrolment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    op.create_index(
        "ix_reading_client_date", "reading", ["client_id", "instrument", "taken_on"], unique=False
    )
    op.create_index(op.f("ix_reading_enrolment_id"), "reading", ["enrolment_id"], unique=False)


def _adjustment() -> None:
    op.create_table(
        "adjustment",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("job_id", Key(), nullable=True),
        sa.Column("category", Words(60), nullable=False),
        sa.Column("need", Words(4000), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("asked_of", Words(200), nullable=False),
        sa.Column("decision", Words(60), nullable=False),
        sa.Column("refusal_reason", Words(4000), nullable=False),
        sa.Column("in_place_on", sa.Date(), nullable=True),
        sa.Column("owner", Words(200), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("is_working", Words(60), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_adjustment_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_adjustment_job_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
    )
    op.create_index(op.f("ix_adjustment_client_id"), "adjustment", ["client_id"], unique=False)
    op.create_index(op.f("ix_adjustment_job_id"), "adjustment", ["job_id"], unique=False)


def _check_in() -> None:
    op.create_table(
        "check_in",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("job_id", Key(), nullable=False),
        sa.Column("contact_id", Key(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("channel", Words(60), nullable=False),
        sa.Column("still_there", Words(60), nullable=False),
        sa.Column("hours_changed", Words(60), nullable=False),
        sa.Column("pay_changed", Words(60), nullable=False),
        sa.Column("adjustments_working", Words(60), nullable=False),
        sa.Column("manager_talk", Words(60), nullable=False),
        sa.Column("risk_of_leaving", sa.Integer(), nullable=True),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "risk_of_leaving is null or risk_of_leaving between 0 and 10",
            name=op.f("ck_check_in_risk_on_scale"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_check_in_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_check_in_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_check_in_job_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
    )
    op.create_index(op.f("ix_check_in_client_id"), "check_in", ["client_id"], unique=False)
    op.create_index("ix_check_in_job_due", "check_in", ["job_id", "due_on"], unique=False)


def _goal() -> None:
    op.create_table(
        "goal",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("plan_id", Key(), nullable=False),
        sa.Column("own_words", Words(4000), nullable=False),
        sa.Column("coach_summary", Words(4000), nullable=False),
        sa.Column("area", Words(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("achieved_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_goal_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_goal_plan_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index(op.f("ix_goal_client_id"), "goal", ["client_id"], unique=False)
    op.create_index(op.f("ix_goal_plan_id"), "goal", ["plan_id"], unique=False)


def _good_work_check() -> None:
    op.create_table(
        "good_work_check",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("job_id", Key(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_good_work_check_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_good_work_check_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["job.id"],
            name=op.f("fk_good_work_check_job_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_good_work_check")),
    )
    op.create_index(op.f("ix_good_work_check_client_id"), "good_work_check", ["client_id"], unique=False)
    op.create_index(op.f("ix_good_work_check_job_id"), "good_work_check", ["job_id"], unique=False)


def _job_terms() -> None:
    op.create_table(
        "job_terms",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("job_id", Key(), nullable=False),
        sa.Column("as_on", sa.Date(), nullable=False),
        sa.Column("guaranteed_minutes", sa.Integer(), nullable=True),
        sa.Column("usual_minutes", sa.Integer(), nullable=True),
        sa.Column("hourly_pence", sa.Integer(), nullable=True),
        sa.Column("wants_more_hours", Words(60), nullable=False),
        sa.Column("unstated", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "guaranteed_minutes is null or guaranteed_minutes >= 0", name=op.f("ck_job_terms_guaranteed_sane")
        ),
        sa.CheckConstraint("hourly_pence is null or hourly_pence >= 0", name=op.f("ck_job_terms_pay_sane")),
        sa.CheckConstraint(
            "usual_minutes is null or usual_minutes between 0 and 10080",
            name=op.f("ck_job_terms_usual_in_a_week"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_job_terms_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_job_terms_job_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_terms")),
    )
    op.create_index(op.f("ix_job_terms_client_id"), "job_terms", ["client_id"], unique=False)
    op.create_index(op.f("ix_job_terms_job_id"), "job_terms", ["job_id"], unique=False)


def _action() -> None:
    op.create_table(
        "action",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("goal_id", Key(), nullable=True),
        sa.Column("contact_id", Key(), nullable=True),
        sa.Column("what", Words(4000), nullable=False),
        sa.Column("who", Words(20), nullable=False),
        sa.Column("who_name", Words(200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("what <> ''", name=op.f("ck_action_says_what")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_action_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_action_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goal.id"], name=op.f("fk_action_goal_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_client_id"), "action", ["client_id"], unique=False)
    op.create_index(op.f("ix_action_contact_id"), "action", ["contact_id"], unique=False)
    op.create_index(op.f("ix_action_goal_id"), "action", ["goal_id"], unique=False)
    op.create_index("ix_action_open", "action", ["done_on", "due_on", "client_id"], unique=False)


TABLES = (
    _bank_holiday,
    _client_search,
    _code,
    _draft,
    _employer,
    _hub,
    _import_mapping,
    _import_run,
    _journal_entry,
    _organisation,
    _programme,
    _rate,
    _setting,
    _coach,
    _profile_figure,
    _release,
    _client,
    _release_file,
    _circumstances,
    _consent,
    _contact,
    _enrolment,
    _equality,
    _import_row,
    _eligibility,
    _job,
    _pause,
    _plan,
    _reading,
    _adjustment,
    _check_in,
    _goal,
    _good_work_check,
    _job_terms,
    _action,
)


def upgrade() -> None:
    """Make everything in an empty file; there is no way back but a backup."""
    for table in TABLES:
        table()
    for statement in FULL_TEXT:
        op.execute(statement)
