# ruff: noqa: INP001 - alembic runs this as a script, nothing imports it
"""Returns that prove themselves: wordings, lay-outs, figures by hand, what is written and what is passed on."""

import sqlalchemy as sa
from alembic import op

from coachdesk.models.base import Instant, Key, Words

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables; nothing that stands is touched."""
    _indicator_wording()
    _return_layout()
    _manual_figure()
    _release_review()
    _narrative_prompt()
    _narrative()
    _case_study()
    _funder_sheet()
    _saved_question()
    _sharing_basis()
    _named_export()


def _indicator_wording() -> None:
    op.create_table(
        "indicator_wording",
        sa.Column("indicator", Words(60), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("intervention", Words(200), nullable=False),
        sa.Column("definition", Words(4000), nullable=False),
        sa.Column("unit", Words(200), nullable=False),
        sa.Column("evidence", Words(4000), nullable=False),
        sa.Column("formula", Words(4000), nullable=False),
        sa.Column("source_note", Words(4000), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("rules", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("examples", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "indicator <> '' and title <> '' and definition <> ''", name=op.f("ck_indicator_wording_said")
        ),
        sa.CheckConstraint(
            "valid_to is null or valid_to >= valid_from", name=op.f("ck_indicator_wording_in_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_wording")),
        sa.UniqueConstraint(
            "indicator", "valid_from", name=op.f("uq_indicator_wording_indicator_valid_from")
        ),
    )


def _return_layout() -> None:
    op.create_table(
        "return_layout",
        sa.Column("programme_id", Key(), nullable=False),
        sa.Column("indicators", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("breakdowns", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("crossed", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("every", Words(20), nullable=False),
        sa.Column("first_month", sa.Integer(), nullable=False),
        sa.Column("grant_from", sa.Date(), nullable=True),
        sa.Column("protection", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("first_month between 1 and 12", name=op.f("ck_return_layout_month_known")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_return_layout_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_layout")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_return_layout_programme_id")),
    )


def _manual_figure() -> None:
    op.create_table(
        "manual_figure",
        sa.Column("programme_id", Key(), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("unit", Words(200), nullable=False),
        sa.Column("counts_people", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("figure", sa.Integer(), nullable=False),
        sa.Column("reason", Words(4000), nullable=False),
        sa.Column("source_note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("title <> '' and reason <> ''", name=op.f("ck_manual_figure_said")),
        sa.CheckConstraint("figure >= 0", name=op.f("ck_manual_figure_not_negative")),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_manual_figure_in_order")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_manual_figure_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_figure")),
    )
    op.create_index(op.f("ix_manual_figure_programme_id"), "manual_figure", ["programme_id"], unique=False)


def _release_review() -> None:
    op.create_table(
        "release_review",
        sa.Column("release_id", Key(), nullable=False),
        sa.Column("sort", Words(20), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("reason", Words(4000), nullable=False),
        sa.Column("protection", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("intruder", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("checked_by", Words(200), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name=op.f("fk_release_review_release_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_review")),
        sa.UniqueConstraint("release_id", name=op.f("uq_release_review_release_id")),
    )


def _narrative_prompt() -> None:
    op.create_table(
        "narrative_prompt",
        sa.Column("programme_id", Key(), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("prompt", Words(4000), nullable=False),
        sa.Column("most_words", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("title <> ''", name=op.f("ck_narrative_prompt_named")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_narrative_prompt_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_narrative_prompt")),
    )
    op.create_index(
        op.f("ix_narrative_prompt_programme_id"), "narrative_prompt", ["programme_id"], unique=False
    )


def _narrative() -> None:
    op.create_table(
        "narrative",
        sa.Column("prompt_id", Key(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("text", Words(50000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_narrative_in_order")),
        sa.ForeignKeyConstraint(
            ["prompt_id"],
            ["narrative_prompt.id"],
            name=op.f("fk_narrative_prompt_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_narrative")),
        sa.UniqueConstraint(
            "prompt_id", "from_on", "to_on", name=op.f("uq_narrative_prompt_id_from_on_to_on")
        ),
    )


def _case_study() -> None:
    op.create_table(
        "case_study",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("programme_id", Key(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("text", Words(50000), nullable=False),
        sa.Column("consent_id", Key(), nullable=True),
        sa.Column("seen_by_client_on", sa.Date(), nullable=True),
        sa.Column("intruder", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("written_by", Words(200), nullable=False),
        sa.Column("reviewed_by", Words(200), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("title <> ''", name=op.f("ck_case_study_named")),
        sa.CheckConstraint(
            "to_on is null or from_on is null or to_on >= from_on", name=op.f("ck_case_study_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_case_study_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent.id"],
            name=op.f("fk_case_study_consent_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_case_study_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_study")),
    )
    op.create_index(op.f("ix_case_study_client_id"), "case_study", ["client_id"], unique=False)


def _funder_sheet() -> None:
    op.create_table(
        "funder_sheet",
        sa.Column("programme_id", Key(), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("file_name", Words(200), nullable=False),
        sa.Column("sha256", Words(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("cells", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("title <> ''", name=op.f("ck_funder_sheet_named")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_funder_sheet_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funder_sheet")),
    )
    op.create_index(op.f("ix_funder_sheet_programme_id"), "funder_sheet", ["programme_id"], unique=False)


def _saved_question() -> None:
    op.create_table(
        "saved_question",
        sa.Column("title", Words(200), nullable=False),
        sa.Column("programme_id", Key(), nullable=True),
        sa.Column("question", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("title <> ''", name=op.f("ck_saved_question_named")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_saved_question_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_question")),
        sa.UniqueConstraint("title", name=op.f("uq_saved_question_title")),
    )


def _sharing_basis() -> None:
    op.create_table(
        "sharing_basis",
        sa.Column("programme_id", Key(), nullable=False),
        sa.Column("recipient", Words(200), nullable=False),
        sa.Column("basis", Words(4000), nullable=False),
        sa.Column("agreement", Words(200), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("recipient <> '' and basis <> ''", name=op.f("ck_sharing_basis_said")),
        sa.CheckConstraint(
            "ends_on is null or agreed_on is null or ends_on >= agreed_on",
            name=op.f("ck_sharing_basis_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_sharing_basis_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_basis")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_sharing_basis_programme_id")),
    )


def _named_export() -> None:
    op.create_table(
        "named_export",
        sa.Column("programme_id", Key(), nullable=False),
        sa.Column("sort", Words(20), nullable=False),
        sa.Column("recipient", Words(200), nullable=False),
        sa.Column("purpose", Words(4000), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Words(200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("client_count", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("file_name", Words(200), nullable=False),
        sa.Column("sha256", Words(64), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("recipient <> '' and purpose <> ''", name=op.f("ck_named_export_said")),
        sa.CheckConstraint("sort in ('transfer', 'audit')", name=op.f("ck_named_export_sort_known")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_named_export_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_export")),
    )
