# ruff: noqa: INP001 - alembic runs this as a script, nothing imports it
"""What people may ask about their data: requests and their clocks, redactions, breaches, retention, erasures."""

import sqlalchemy as sa
from alembic import op

from coachdesk.models.base import Instant, Key, Words

revision = "0002"
down_revision = "0001"


def _breach() -> None:
    op.create_table(
        "breach",
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("what_happened", Words(50000), nullable=False),
        sa.Column("data_touched", Words(4000), nullable=False),
        sa.Column("people_affected", sa.Integer(), nullable=True),
        sa.Column("risk", Words(60), nullable=False),
        sa.Column("decision_note", Words(50000), nullable=False),
        sa.Column("authority_told_on", sa.Date(), nullable=True),
        sa.Column("people_told_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("what_happened <> ''", name=op.f("ck_breach_says_what")),
        sa.CheckConstraint(
            "people_affected is null or people_affected >= 0", name=op.f("ck_breach_not_negative")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach")),
    )


def _processing_activity() -> None:
    op.create_table(
        "processing_activity",
        sa.Column("title", Words(200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("purpose", Words(4000), nullable=False),
        sa.Column("people", Words(4000), nullable=False),
        sa.Column("data_kinds", Words(4000), nullable=False),
        sa.Column("lawful_basis", Words(4000), nullable=False),
        sa.Column("special_condition", Words(4000), nullable=False),
        sa.Column("recipients", Words(4000), nullable=False),
        sa.Column("retention", Words(4000), nullable=False),
        sa.Column("safeguards", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("title <> ''", name=op.f("ck_processing_activity_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processing_activity")),
        sa.UniqueConstraint("title", name=op.f("uq_processing_activity_title")),
    )


def _retention_rule() -> None:
    op.create_table(
        "retention_rule",
        sa.Column("programme_id", Key(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("counted_from", Words(20), nullable=False),
        sa.Column("source_note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "counted_from in ('exit', 'last_contact', 'programme_end')",
            name=op.f("ck_retention_rule_counted_from_known"),
        ),
        sa.CheckConstraint(
            "months is null or months between 1 and 1200", name=op.f("ck_retention_rule_months_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_retention_rule_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_retention_rule_programme_id")),
    )


def _erasure() -> None:
    op.create_table(
        "erasure",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("erased_at", Instant(), nullable=False),
        sa.Column("erased_by", Words(200), nullable=False),
        sa.Column("reason", Words(4000), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_erasure_has_reason")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_erasure_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("client_id", name=op.f("uq_erasure_client_id")),
    )


def _rights_request() -> None:
    op.create_table(
        "rights_request",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("kind", Words(20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("how_received", Words(200), nullable=False),
        sa.Column("what_asked", Words(50000), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("extension_reason", Words(4000), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("outcome", Words(60), nullable=False),
        sa.Column("answer_note", Words(50000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "extended_on is null or extension_reason <> ''",
            name=op.f("ck_rights_request_extension_has_reason"),
        ),
        sa.CheckConstraint(
            "kind in ('access', 'rectification', 'erasure', 'objection', 'restriction', 'complaint')",
            name=op.f("ck_rights_request_kind_known"),
        ),
        sa.CheckConstraint(
            "acknowledged_on is null or acknowledged_on >= received_on",
            name=op.f("ck_rights_request_acknowledged_after"),
        ),
        sa.CheckConstraint(
            "answered_on is null or answered_on >= received_on", name=op.f("ck_rights_request_answered_after")
        ),
        sa.CheckConstraint(
            "extended_on is null or extended_on >= received_on", name=op.f("ck_rights_request_extended_after")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_rights_request_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
    )
    op.create_index(op.f("ix_rights_request_client_id"), "rights_request", ["client_id"], unique=False)


def _clock_stop() -> None:
    op.create_table(
        "clock_stop",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("request_id", Key(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("to_on is null or to_on >= from_on", name=op.f("ck_clock_stop_in_order")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_clock_stop_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_clock_stop_request_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_stop")),
    )
    op.create_index(op.f("ix_clock_stop_client_id"), "clock_stop", ["client_id"], unique=False)
    op.create_index(op.f("ix_clock_stop_request_id"), "clock_stop", ["request_id"], unique=False)


def _redaction() -> None:
    op.create_table(
        "redaction",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("request_id", Key(), nullable=False),
        sa.Column("entity", Words(40), nullable=False),
        sa.Column("row_id", Key(), nullable=False),
        sa.Column("field_name", Words(60), nullable=False),
        sa.Column("from_character", sa.Integer(), nullable=False),
        sa.Column("to_character", sa.Integer(), nullable=False),
        sa.Column("decision", Words(10), nullable=False),
        sa.Column("reason", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("decision in ('keep', 'redact')", name=op.f("ck_redaction_decision_known")),
        sa.CheckConstraint(
            "to_character > from_character and from_character >= 0", name=op.f("ck_redaction_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_redaction_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_redaction_request_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
        sa.UniqueConstraint(
            "request_id",
            "row_id",
            "field_name",
            "from_character",
            "to_character",
            name=op.f("uq_redaction_request_id_row_id_field_name_from_character_to_character"),
        ),
    )
    op.create_index(op.f("ix_redaction_client_id"), "redaction", ["client_id"], unique=False)


TABLES = (_breach, _processing_activity, _retention_rule, _erasure, _rights_request, _clock_stop, _redaction)


def upgrade() -> None:
    """Add the tables; nothing that was there is touched."""
    for table in TABLES:
        table()
