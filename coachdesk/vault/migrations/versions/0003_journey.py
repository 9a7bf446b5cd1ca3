# ruff: noqa: INP001 - alembic runs this as a script, nothing imports it
"""From enquiry to coming back: the whole person, letters and documents, group sessions, lists and fields of one's own."""

import sqlalchemy as sa
from alembic import op

from coachdesk.models.base import Instant, Key, Words

revision = "0003"
down_revision = "0002"


def _letter_template() -> None:
    op.create_table(
        "letter_template",
        sa.Column("key", Words(40), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("addressed_to", Words(20), nullable=False),
        sa.Column("purpose", Words(60), nullable=False),
        sa.Column("subject", Words(200), nullable=False),
        sa.Column("body", Words(50000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("source_note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("key <> '' and title <> ''", name=op.f("ck_letter_template_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_template_key")),
    )


def _scale() -> None:
    op.create_table(
        "scale",
        sa.Column("key", Words(40), nullable=False),
        sa.Column("version", Words(40), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("question", Words(4000), nullable=False),
        sa.Column("low_words", Words(200), nullable=False),
        sa.Column("high_words", Words(200), nullable=False),
        sa.Column("higher_is_better", sa.Boolean(), nullable=False),
        sa.Column("bands", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("source_note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("key <> '' and title <> '' and question <> ''", name=op.f("ck_scale_says_what")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scale")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_scale_key_version")),
    )


def _custom_field() -> None:
    op.create_table(
        "custom_field",
        sa.Column("key", Words(40), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("sort", Words(10), nullable=False),
        sa.Column("help", Words(4000), nullable=False),
        sa.Column("programme_id", Key(), nullable=True),
        sa.Column("choices", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("is_breakdown", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("source_note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("key <> '' and title <> ''", name=op.f("ck_custom_field_named")),
        sa.CheckConstraint(
            "sort in ('text', 'choice', 'choices', 'date', 'number', 'yes_no')",
            name=op.f("ck_custom_field_sort_known"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_custom_field_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_field")),
        sa.UniqueConstraint("key", name=op.f("uq_custom_field_key")),
    )
    op.create_index(op.f("ix_custom_field_programme_id"), "custom_field", ["programme_id"], unique=False)


def _cover() -> None:
    op.create_table(
        "cover",
        sa.Column("away_id", Key(), nullable=False),
        sa.Column("covered_by_id", Key(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reason", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("away_id <> covered_by_id", name=op.f("ck_cover_somebody_else")),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_cover_in_order")),
        sa.ForeignKeyConstraint(
            ["away_id"], ["coach.id"], name=op.f("fk_cover_away_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["covered_by_id"],
            ["coach.id"],
            name=op.f("fk_cover_covered_by_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
    )
    op.create_index(op.f("ix_cover_away_id"), "cover", ["away_id"], unique=False)
    op.create_index(op.f("ix_cover_covered_by_id"), "cover", ["covered_by_id"], unique=False)


def _group_session() -> None:
    op.create_table(
        "group_session",
        sa.Column("title", Words(200), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("place", Words(60), nullable=False),
        sa.Column("hub_id", Key(), nullable=True),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("title <> ''", name=op.f("ck_group_session_named")),
        sa.CheckConstraint(
            "minutes is null or minutes between 0 and 1440", name=op.f("ck_group_session_minutes_in_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_group_session_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["hub_id"],
            ["hub.id"],
            name=op.f("fk_group_session_hub_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_session")),
    )
    op.create_index(op.f("ix_group_session_coach_id"), "group_session", ["coach_id"], unique=False)


def _saved_list() -> None:
    op.create_table(
        "saved_list",
        sa.Column("title", Words(200), nullable=False),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("definition", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("title <> ''", name=op.f("ck_saved_list_named")),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_saved_list_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_list")),
    )
    op.create_index(op.f("ix_saved_list_coach_id"), "saved_list", ["coach_id"], unique=False)


def _work_time() -> None:
    op.create_table(
        "work_time",
        sa.Column("coach_id", Key(), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("sort", Words(20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("minutes between 1 and 1440", name=op.f("ck_work_time_minutes_in_a_day")),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_work_time_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_time")),
    )
    op.create_index("ix_work_time_coach_day", "work_time", ["coach_id", "worked_on"], unique=False)


def _contact_rhythm() -> None:
    op.create_table(
        "contact_rhythm",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("reason", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("every_days between 1 and 366", name=op.f("ck_contact_rhythm_days_sane")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_contact_rhythm_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_rhythm")),
    )
    op.create_index(op.f("ix_contact_rhythm_client_id"), "contact_rhythm", ["client_id"], unique=False)


def _custom_answer() -> None:
    op.create_table(
        "custom_answer",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("field_id", Key(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("unstated", Words(60), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_custom_answer_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["field_id"],
            ["custom_field.id"],
            name=op.f("fk_custom_answer_field_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_answer")),
        sa.UniqueConstraint("client_id", "field_id", name=op.f("uq_custom_answer_client_id_field_id")),
    )
    op.create_index(op.f("ix_custom_answer_field_id"), "custom_answer", ["field_id"], unique=False)


def _enquiry() -> None:
    op.create_table(
        "enquiry",
        sa.Column("name", Words(200), nullable=False),
        sa.Column("reach", Words(200), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("source", Words(60), nullable=False),
        sa.Column("referrer", Words(200), nullable=False),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("client_id", Key(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", Words(60), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_enquiry_name_given")),
        sa.CheckConstraint("closed_on is null or closed_on >= received_on", name=op.f("ck_enquiry_in_order")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_enquiry_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_enquiry_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
    )
    op.create_index(op.f("ix_enquiry_client_id"), "enquiry", ["client_id"], unique=False)
    op.create_index(op.f("ix_enquiry_coach_id"), "enquiry", ["coach_id"], unique=False)


def _notice_given() -> None:
    op.create_table(
        "notice_given",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("version", Words(200), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("how", Words(60), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_notice_given_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_given")),
    )
    op.create_index(op.f("ix_notice_given_client_id"), "notice_given", ["client_id"], unique=False)


def _vocational_profile() -> None:
    op.create_table(
        "vocational_profile",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("hopes", Words(4000), nullable=False),
        sa.Column("strengths", Words(4000), nullable=False),
        sa.Column("preferred_place", Words(4000), nullable=False),
        sa.Column("preferred_hours", Words(4000), nullable=False),
        sa.Column("preferred_sector", Words(4000), nullable=False),
        sa.Column("preferred_environment", Words(4000), nullable=False),
        sa.Column("past_work", Words(4000), nullable=False),
        sa.Column("helped_before", Words(4000), nullable=False),
        sa.Column("health_impact", Words(4000), nullable=False),
        sa.Column("good_day", Words(4000), nullable=False),
        sa.Column("hard_day", Words(4000), nullable=False),
        sa.Column("people_who_know_me", Words(4000), nullable=False),
        sa.Column("benefits_questions", Words(4000), nullable=False),
        sa.Column("deal_breakers", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "completed_on is null or started_on is null or completed_on >= started_on",
            name=op.f("ck_vocational_profile_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_vocational_profile_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vocational_profile")),
        sa.UniqueConstraint("client_id", name=op.f("uq_vocational_profile_client_id")),
    )


def _ending() -> None:
    op.create_table(
        "ending",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("enrolment_id", Key(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("what_stands", Words(4000), nullable=False),
        sa.Column("may_ask_later", Words(60), nullable=False),
        sa.Column("ask_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("answer", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_ending_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_ending_enrolment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ending")),
    )
    op.create_index(op.f("ix_ending_client_id"), "ending", ["client_id"], unique=False)
    op.create_index(op.f("ix_ending_enrolment_id"), "ending", ["enrolment_id"], unique=False)


def _group_place() -> None:
    op.create_table(
        "group_place",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("group_session_id", Key(), nullable=False),
        sa.Column("contact_id", Key(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_group_place_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_group_place_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["group_session_id"],
            ["group_session.id"],
            name=op.f("fk_group_place_group_session_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_place")),
        sa.UniqueConstraint(
            "group_session_id", "client_id", name=op.f("uq_group_place_group_session_id_client_id")
        ),
    )
    op.create_index(op.f("ix_group_place_client_id"), "group_place", ["client_id"], unique=False)


def _person_around() -> None:
    op.create_table(
        "person_around",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("name", Words(200), nullable=False),
        sa.Column("relation", Words(60), nullable=False),
        sa.Column("organisation", Words(200), nullable=False),
        sa.Column("phone", Words(60), nullable=False),
        sa.Column("email", Words(200), nullable=False),
        sa.Column("consent_id", Key(), nullable=True),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("name <> '' or organisation <> ''", name=op.f("ck_person_around_somebody")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_person_around_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent.id"],
            name=op.f("fk_person_around_consent_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_around")),
    )
    op.create_index(op.f("ix_person_around_client_id"), "person_around", ["client_id"], unique=False)
    op.create_index(op.f("ix_person_around_consent_id"), "person_around", ["consent_id"], unique=False)


def _sharing() -> None:
    op.create_table(
        "sharing",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("shared_on", sa.Date(), nullable=False),
        sa.Column("sort", Words(20), nullable=False),
        sa.Column("purpose", Words(60), nullable=False),
        sa.Column("recipient", Words(200), nullable=False),
        sa.Column("what", Words(4000), nullable=False),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("consent_id", Key(), nullable=True),
        sa.Column("override_reason", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "consent_id is not null or override_reason <> ''", name=op.f("ck_sharing_permission_or_reason")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_sharing_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_sharing_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent.id"],
            name=op.f("fk_sharing_consent_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing")),
    )
    op.create_index(op.f("ix_sharing_client_id"), "sharing", ["client_id"], unique=False)


def _agreed_plan() -> None:
    op.create_table(
        "agreed_plan",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("plan_id", Key(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("how_agreed", Words(60), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("signature", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_agreed_plan_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plan.id"],
            name=op.f("fk_agreed_plan_plan_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_plan")),
    )
    op.create_index(op.f("ix_agreed_plan_client_id"), "agreed_plan", ["client_id"], unique=False)
    op.create_index(op.f("ix_agreed_plan_plan_id"), "agreed_plan", ["plan_id"], unique=False)


def _letter() -> None:
    op.create_table(
        "letter",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("template_id", Key(), nullable=True),
        sa.Column("enrolment_id", Key(), nullable=True),
        sa.Column("sharing_id", Key(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("recipient", Words(200), nullable=False),
        sa.Column("recipient_address", Words(4000), nullable=False),
        sa.Column("subject", Words(200), nullable=False),
        sa.Column("body", Words(50000), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_letter_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"], ["coach.id"], name=op.f("fk_letter_coach_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_letter_enrolment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["sharing_id"],
            ["sharing.id"],
            name=op.f("fk_letter_sharing_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["letter_template.id"],
            name=op.f("fk_letter_template_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index(op.f("ix_letter_client_id"), "letter", ["client_id"], unique=False)


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("sort", Words(60), nullable=False),
        sa.Column("file_name", Words(200), nullable=False),
        sa.Column("media_type", Words(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", Words(64), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("contact_id", Key(), nullable=True),
        sa.Column("plan_id", Key(), nullable=True),
        sa.Column("consent_id", Key(), nullable=True),
        sa.Column("letter_id", Key(), nullable=True),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("title <> ''", name=op.f("ck_document_named")),
        sa.CheckConstraint("size between 0 and 26214400", name=op.f("ck_document_size_in_range")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_document_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_document_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent.id"],
            name=op.f("fk_document_consent_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_document_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["letter.id"],
            name=op.f("fk_document_letter_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_document_plan_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_client_id"), "document", ["client_id"], unique=False)


def _document_content() -> None:
    op.create_table(
        "document_content",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("document_id", Key(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_document_content_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_document_content_document_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_content")),
        sa.UniqueConstraint("document_id", name=op.f("uq_document_content_document_id")),
    )
    op.create_index(op.f("ix_document_content_client_id"), "document_content", ["client_id"], unique=False)


TABLES = (
    _letter_template,
    _scale,
    _custom_field,
    _cover,
    _group_session,
    _saved_list,
    _work_time,
    _contact_rhythm,
    _custom_answer,
    _enquiry,
    _notice_given,
    _vocational_profile,
    _ending,
    _group_place,
    _person_around,
    _sharing,
    _agreed_plan,
    _letter,
    _document,
    _document_content,
)


def upgrade() -> None:
    """Add the tables; nothing that was there is touched."""
    for table in TABLES:
        table()
