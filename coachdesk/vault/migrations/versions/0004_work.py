# ruff: noqa: INP001 - alembic runs this as a script, nothing imports it
"""Work and staying in it: employers, job search, evidence and weeks, check-ins, adjustments, Access to Work, absence."""

import sqlalchemy as sa
from alembic import op

from coachdesk.models.base import Instant, Key, Words

revision = "0004"
down_revision = "0003"

WIDENED = {
    "employer": (
        (
            "name",
            "folded",
            "sector",
            "size_band",
            "sort",
            "town",
            "is_anchor",
            "do_not_approach",
            "note",
            "id",
            "archived_at",
        ),
        {"website": "''", "phone": "''"},
    ),
    "job": (
        (
            "client_id",
            "enrolment_id",
            "employer_id",
            "title",
            "occupation",
            "started_on",
            "ended_on",
            "end_reason",
            "employment_type",
            "contract",
            "is_competitive",
            "is_main",
            "four_hours_on",
            "evidence",
            "evidence_seen_on",
            "note",
            "id",
            "archived_at",
        ),
        {"soc": "''", "site": "''", "end_note": "''"},
    ),
    "check_in": (
        (
            "client_id",
            "job_id",
            "contact_id",
            "due_on",
            "done_on",
            "channel",
            "still_there",
            "hours_changed",
            "pay_changed",
            "adjustments_working",
            "manager_talk",
            "risk_of_leaving",
            "note",
            "id",
            "archived_at",
        ),
        {"areas": "'{}'"},
    ),
    "adjustment": (
        (
            "client_id",
            "job_id",
            "category",
            "need",
            "requested_on",
            "asked_of",
            "decision",
            "refusal_reason",
            "in_place_on",
            "owner",
            "review_on",
            "is_working",
            "id",
            "archived_at",
        ),
        {"why": "''", "may_say_why": "0", "agreed": "''"},
    ),
}
"""Tables that gain columns: those that were there, and what a new one holds where nothing may be missing."""


def _employer() -> None:
    op.create_table(
        "widened_employer",
        sa.Column("name", Words(200), nullable=False),
        sa.Column("folded", Words(200), nullable=False),
        sa.Column("sector", Words(60), nullable=False),
        sa.Column("size_band", Words(60), nullable=False),
        sa.Column("sort", Words(60), nullable=False),
        sa.Column("town", Words(200), nullable=False),
        sa.Column("website", Words(200), nullable=False),
        sa.Column("phone", Words(60), nullable=False),
        sa.Column("is_anchor", sa.Boolean(), nullable=False),
        sa.Column("do_not_approach", Words(4000), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("joined_with_id", Key(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_employer_name_given")),
        sa.ForeignKeyConstraint(
            ["joined_with_id"],
            ["employer.id"],
            name=op.f("fk_employer_joined_with_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer")),
    )
    _take_over("employer")
    op.create_index("ix_employer_folded", "employer", ["folded"], unique=False)
    op.create_index(op.f("ix_employer_joined_with_id"), "employer", ["joined_with_id"], unique=False)


def _guidance_sheet() -> None:
    op.create_table(
        "guidance_sheet",
        sa.Column("key", Words(40), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("body", Words(50000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("source_note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("key <> '' and title <> ''", name=op.f("ck_guidance_sheet_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_sheet")),
        sa.UniqueConstraint("key", name=op.f("uq_guidance_sheet_key")),
    )


def _scheme() -> None:
    op.create_table(
        "scheme",
        sa.Column("key", Words(40), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("levels", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("warn_days", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("source_note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("key <> '' and title <> ''", name=op.f("ck_scheme_named")),
        sa.CheckConstraint(
            "valid_months is null or valid_months between 1 and 240", name=op.f("ck_scheme_months_sane")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme")),
        sa.UniqueConstraint("key", name=op.f("uq_scheme_key")),
    )


def _employer_scheme() -> None:
    op.create_table(
        "employer_scheme",
        sa.Column("employer_id", Key(), nullable=False),
        sa.Column("scheme_id", Key(), nullable=True),
        sa.Column("level", Words(40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("evidence", Words(4000), nullable=False),
        sa.Column("evidence_seen_on", sa.Date(), nullable=True),
        sa.Column("promise", Words(4000), nullable=False),
        sa.Column("is_kept", Words(60), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "scheme_id is not null or promise <> ''", name=op.f("ck_employer_scheme_says_what")
        ),
        sa.CheckConstraint(
            "expires_on is null or from_on is null or expires_on >= from_on",
            name=op.f("ck_employer_scheme_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
            name=op.f("fk_employer_scheme_employer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id"],
            ["scheme.id"],
            name=op.f("fk_employer_scheme_scheme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_scheme")),
    )
    op.create_index(op.f("ix_employer_scheme_employer_id"), "employer_scheme", ["employer_id"], unique=False)
    op.create_index(op.f("ix_employer_scheme_scheme_id"), "employer_scheme", ["scheme_id"], unique=False)


def _employer_site() -> None:
    op.create_table(
        "employer_site",
        sa.Column("employer_id", Key(), nullable=False),
        sa.Column("name", Words(200), nullable=False),
        sa.Column("address", Words(4000), nullable=False),
        sa.Column("town", Words(200), nullable=False),
        sa.Column("postcode", Words(20), nullable=False),
        sa.Column("phone", Words(60), nullable=False),
        sa.Column("access_note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "name <> '' or address <> '' or town <> ''", name=op.f("ck_employer_site_somewhere")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
            name=op.f("fk_employer_site_employer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_site")),
    )
    op.create_index(op.f("ix_employer_site_employer_id"), "employer_site", ["employer_id"], unique=False)


def _outcome_rule() -> None:
    op.create_table(
        "outcome_rule",
        sa.Column("key", Words(60), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("sort", Words(20), nullable=False),
        sa.Column("programme_id", Key(), nullable=True),
        sa.Column("settings", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("examples", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("key <> '' and title <> ''", name=op.f("ck_outcome_rule_named")),
        sa.CheckConstraint(
            "sort in ('milestone', 'weeks', 'earnings', 'cohort')", name=op.f("ck_outcome_rule_sort_known")
        ),
        sa.CheckConstraint(
            "valid_to is null or valid_from is null or valid_to >= valid_from",
            name=op.f("ck_outcome_rule_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_outcome_rule_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_rule")),
        sa.UniqueConstraint("key", name=op.f("uq_outcome_rule_key")),
    )
    op.create_index(op.f("ix_outcome_rule_programme_id"), "outcome_rule", ["programme_id"], unique=False)


def _coach_time() -> None:
    op.create_table(
        "coach_time",
        sa.Column("coach_id", Key(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("hundredths between 0 and 100", name=op.f("ck_coach_time_share_of_full_time")),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_coach_time_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_time")),
        sa.UniqueConstraint("coach_id", "from_on", name=op.f("uq_coach_time_coach_id_from_on")),
    )


def _employer_person() -> None:
    op.create_table(
        "employer_person",
        sa.Column("employer_id", Key(), nullable=False),
        sa.Column("site_id", Key(), nullable=True),
        sa.Column("name", Words(200), nullable=False),
        sa.Column("job_title", Words(200), nullable=False),
        sa.Column("phone", Words(60), nullable=False),
        sa.Column("email", Words(200), nullable=False),
        sa.Column("decides", sa.Boolean(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_employer_person_name_given")),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
            name=op.f("fk_employer_person_employer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["employer_site.id"],
            name=op.f("fk_employer_person_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_person")),
    )
    op.create_index(op.f("ix_employer_person_employer_id"), "employer_person", ["employer_id"], unique=False)


def _vacancy() -> None:
    op.create_table(
        "vacancy",
        sa.Column("employer_id", Key(), nullable=False),
        sa.Column("site_id", Key(), nullable=True),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("soc", Words(10), nullable=False),
        sa.Column("source", Words(60), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", Words(200), nullable=False),
        sa.Column("town", Words(200), nullable=False),
        sa.Column("postcode", Words(20), nullable=False),
        sa.Column("least_minutes", sa.Integer(), nullable=True),
        sa.Column("most_minutes", sa.Integer(), nullable=True),
        sa.Column("least_pence", sa.Integer(), nullable=True),
        sa.Column("most_pence", sa.Integer(), nullable=True),
        sa.Column("contract", Words(60), nullable=False),
        sa.Column("employment_type", Words(60), nullable=False),
        sa.Column("traits", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("how_to_apply", Words(4000), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("title <> ''", name=op.f("ck_vacancy_named")),
        sa.CheckConstraint("closes_on is null or closes_on >= found_on", name=op.f("ck_vacancy_in_order")),
        sa.CheckConstraint(
            "least_minutes is null or most_minutes is null or most_minutes >= least_minutes",
            name=op.f("ck_vacancy_hours_in_order"),
        ),
        sa.CheckConstraint(
            "least_pence is null or most_pence is null or most_pence >= least_pence",
            name=op.f("ck_vacancy_pay_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
            name=op.f("fk_vacancy_employer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["employer_site.id"],
            name=op.f("fk_vacancy_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy")),
    )
    op.create_index(op.f("ix_vacancy_employer_id"), "vacancy", ["employer_id"], unique=False)


def _disclosure_decision() -> None:
    op.create_table(
        "disclosure_decision",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("employer_id", Key(), nullable=False),
        sa.Column("decision", Words(60), nullable=False),
        sa.Column("what", Words(4000), nullable=False),
        sa.Column("to_whom", Words(200), nullable=False),
        sa.Column("by_whom", Words(200), nullable=False),
        sa.Column("own_words", Words(4000), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "withdrawn_on is null or withdrawn_on >= decided_on", name=op.f("ck_disclosure_decision_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_disclosure_decision_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
            name=op.f("fk_disclosure_decision_employer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_decision")),
    )
    op.create_index(
        op.f("ix_disclosure_decision_client_id"), "disclosure_decision", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_disclosure_decision_employer_id"), "disclosure_decision", ["employer_id"], unique=False
    )


def _employer_contact() -> None:
    op.create_table(
        "employer_contact",
        sa.Column("employer_id", Key(), nullable=False),
        sa.Column("site_id", Key(), nullable=True),
        sa.Column("person_id", Key(), nullable=True),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("made_by", Words(10), nullable=False),
        sa.Column("face_to_face", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("purpose", Words(60), nullable=False),
        sa.Column("with_decider", Words(60), nullable=False),
        sa.Column("outcome", Words(4000), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("follow_up", Words(200), nullable=False),
        sa.Column("followed_up_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "followed_up_on is null or followed_up_on >= happened_on",
            name=op.f("ck_employer_contact_followed_up_after"),
        ),
        sa.CheckConstraint(
            "minutes is null or minutes between 0 and 1440", name=op.f("ck_employer_contact_minutes_in_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_employer_contact_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
            name=op.f("fk_employer_contact_employer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["employer_person.id"],
            name=op.f("fk_employer_contact_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["employer_site.id"],
            name=op.f("fk_employer_contact_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_contact")),
    )
    op.create_index(op.f("ix_employer_contact_coach_id"), "employer_contact", ["coach_id"], unique=False)
    op.create_index(
        "ix_employer_contact_day", "employer_contact", ["happened_on", "employer_id"], unique=False
    )
    op.create_index(
        op.f("ix_employer_contact_employer_id"), "employer_contact", ["employer_id"], unique=False
    )


def _job_wish() -> None:
    op.create_table(
        "job_wish",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("trait", Words(60), nullable=False),
        sa.Column("strength", Words(10), nullable=False),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("among", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("own_words", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("strength in ('like', 'need', 'never')", name=op.f("ck_job_wish_strength_known")),
        sa.CheckConstraint(
            "least is null or most is null or most >= least", name=op.f("ck_job_wish_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_job_wish_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_wish")),
        sa.UniqueConstraint("client_id", "trait", name=op.f("uq_job_wish_client_id_trait")),
    )


def _job() -> None:
    op.create_table(
        "widened_job",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("enrolment_id", Key(), nullable=True),
        sa.Column("employer_id", Key(), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("occupation", Words(200), nullable=False),
        sa.Column("soc", Words(10), nullable=False),
        sa.Column("site", Words(200), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", Words(60), nullable=False),
        sa.Column("end_note", Words(4000), nullable=False),
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
    _take_over("job")
    op.create_index(op.f("ix_job_client_id"), "job", ["client_id"], unique=False)
    op.create_index(op.f("ix_job_employer_id"), "job", ["employer_id"], unique=False)
    op.create_index(op.f("ix_job_enrolment_id"), "job", ["enrolment_id"], unique=False)
    op.create_index("ix_job_start", "job", ["started_on", "client_id"], unique=False)


def _absence() -> None:
    op.create_table(
        "absence",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("job_id", Key(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("own_words", Words(4000), nullable=False),
        sa.Column("fit_note_from", sa.Date(), nullable=True),
        sa.Column("fit_note_until", sa.Date(), nullable=True),
        sa.Column("may_be_fit", Words(60), nullable=False),
        sa.Column("fit_note_advice", Words(4000), nullable=False),
        sa.Column("return_on", sa.Date(), nullable=True),
        sa.Column("would_help", Words(4000), nullable=False),
        sa.Column("plan_agreed_on", sa.Date(), nullable=True),
        sa.Column("plan_agreed_with", Words(200), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("return_on is null or return_on >= from_on", name=op.f("ck_absence_back_after")),
        sa.CheckConstraint("to_on is null or to_on >= from_on", name=op.f("ck_absence_in_order")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_absence_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_absence_job_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_client_id"), "absence", ["client_id"], unique=False)
    op.create_index(op.f("ix_absence_job_id"), "absence", ["job_id"], unique=False)


def _access_to_work() -> None:
    op.create_table(
        "access_to_work",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("job_id", Key(), nullable=True),
        sa.Column("stage", Words(60), nullable=False),
        sa.Column("reference", Words(60), nullable=False),
        sa.Column("employer_asked_on", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("chased_on", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("employer_share_pence", sa.Integer(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("draft", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "decided_on is null or submitted_on is null or decided_on >= submitted_on",
            name=op.f("ck_access_to_work_in_order"),
        ),
        sa.CheckConstraint(
            "employer_share_pence is null or employer_share_pence >= 0",
            name=op.f("ck_access_to_work_share_sane"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_access_to_work_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["job.id"],
            name=op.f("fk_access_to_work_job_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_to_work")),
    )
    op.create_index(op.f("ix_access_to_work_client_id"), "access_to_work", ["client_id"], unique=False)
    op.create_index(op.f("ix_access_to_work_job_id"), "access_to_work", ["job_id"], unique=False)


def _adjustment() -> None:
    op.create_table(
        "widened_adjustment",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("job_id", Key(), nullable=True),
        sa.Column("category", Words(60), nullable=False),
        sa.Column("need", Words(4000), nullable=False),
        sa.Column("why", Words(4000), nullable=False),
        sa.Column("may_say_why", sa.Boolean(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("asked_of", Words(200), nullable=False),
        sa.Column("decision", Words(60), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("agreed", Words(4000), nullable=False),
        sa.Column("refusal_reason", Words(4000), nullable=False),
        sa.Column("in_place_on", sa.Date(), nullable=True),
        sa.Column("owner", Words(200), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("is_working", Words(60), nullable=False),
        sa.Column("carried_from_id", Key(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["carried_from_id"],
            ["adjustment.id"],
            name=op.f("fk_adjustment_carried_from_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
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
    _take_over("adjustment")
    op.create_index(op.f("ix_adjustment_client_id"), "adjustment", ["client_id"], unique=False)
    op.create_index(op.f("ix_adjustment_job_id"), "adjustment", ["job_id"], unique=False)


def _application() -> None:
    op.create_table(
        "application",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("enrolment_id", Key(), nullable=True),
        sa.Column("vacancy_id", Key(), nullable=True),
        sa.Column("employer_id", Key(), nullable=False),
        sa.Column("title", Words(200), nullable=False),
        sa.Column("source", Words(60), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("stage", Words(60), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", Words(4000), nullable=False),
        sa.Column("disclosed", Words(60), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_step", Words(200), nullable=False),
        sa.Column("job_id", Key(), nullable=True),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "applied_on is null or applied_on >= found_on", name=op.f("ck_application_applied_after")
        ),
        sa.CheckConstraint("ended_on is null or ended_on >= found_on", name=op.f("ck_application_in_order")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_application_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
            name=op.f("fk_application_employer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_application_enrolment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_application_job_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"],
            ["vacancy.id"],
            name=op.f("fk_application_vacancy_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    op.create_index(op.f("ix_application_client_id"), "application", ["client_id"], unique=False)
    op.create_index(op.f("ix_application_employer_id"), "application", ["employer_id"], unique=False)
    op.create_index(op.f("ix_application_job_id"), "application", ["job_id"], unique=False)
    op.create_index(op.f("ix_application_vacancy_id"), "application", ["vacancy_id"], unique=False)


def _check_in() -> None:
    op.create_table(
        "widened_check_in",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("job_id", Key(), nullable=False),
        sa.Column("contact_id", Key(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("channel", Words(60), nullable=False),
        sa.Column("still_there", Words(60), nullable=False),
        sa.Column("hours_changed", Words(60), nullable=False),
        sa.Column("pay_changed", Words(60), nullable=False),
        sa.Column("areas", sa.JSON(none_as_null=True), nullable=False),
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
    _take_over("check_in")
    op.create_index(op.f("ix_check_in_client_id"), "check_in", ["client_id"], unique=False)
    op.create_index("ix_check_in_job_due", "check_in", ["job_id", "due_on"], unique=False)


def _check_in_move() -> None:
    op.create_table(
        "check_in_move",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("job_id", Key(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moved_to", sa.Date(), nullable=True),
        sa.Column("reason", Words(60), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_check_in_move_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["job.id"],
            name=op.f("fk_check_in_move_job_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_move")),
        sa.UniqueConstraint("job_id", "due_on", name=op.f("uq_check_in_move_job_id_due_on")),
    )
    op.create_index(op.f("ix_check_in_move_client_id"), "check_in_move", ["client_id"], unique=False)


def _employer_talk() -> None:
    op.create_table(
        "employer_talk",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("employer_contact_id", Key(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("sharing_id", Key(), nullable=True),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_employer_talk_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employer_contact_id"],
            ["employer_contact.id"],
            name=op.f("fk_employer_talk_employer_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["sharing_id"],
            ["sharing.id"],
            name=op.f("fk_employer_talk_sharing_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_talk")),
        sa.UniqueConstraint(
            "client_id", "employer_contact_id", name=op.f("uq_employer_talk_client_id_employer_contact_id")
        ),
    )
    op.create_index(
        op.f("ix_employer_talk_employer_contact_id"), "employer_talk", ["employer_contact_id"], unique=False
    )


def _work_week() -> None:
    op.create_table(
        "work_week",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("job_id", Key(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("paid_minutes", sa.Integer(), nullable=True),
        sa.Column("gross_pence", sa.Integer(), nullable=True),
        sa.Column("absent", Words(60), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("gross_pence is null or gross_pence >= 0", name=op.f("ck_work_week_pay_sane")),
        sa.CheckConstraint(
            "paid_minutes is null or paid_minutes between 0 and 10080",
            name=op.f("ck_work_week_minutes_in_a_week"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_work_week_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_work_week_job_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_week")),
        sa.UniqueConstraint("job_id", "week_on", name=op.f("uq_work_week_job_id_week_on")),
    )
    op.create_index(op.f("ix_work_week_client_id"), "work_week", ["client_id"], unique=False)


def _adjustment_step() -> None:
    op.create_table(
        "adjustment_step",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("adjustment_id", Key(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("event", Words(60), nullable=False),
        sa.Column("with_whom", Words(200), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["adjustment_id"],
            ["adjustment.id"],
            name=op.f("fk_adjustment_step_adjustment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_adjustment_step_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_adjustment_step_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment_step")),
    )
    op.create_index(
        op.f("ix_adjustment_step_adjustment_id"), "adjustment_step", ["adjustment_id"], unique=False
    )
    op.create_index(op.f("ix_adjustment_step_client_id"), "adjustment_step", ["client_id"], unique=False)


def _award_item() -> None:
    op.create_table(
        "award_item",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("access_to_work_id", Key(), nullable=False),
        sa.Column("what", Words(200), nullable=False),
        sa.Column("sort", Words(60), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=True),
        sa.Column("per", Words(10), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("in_place_on", sa.Date(), nullable=True),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("what <> ''", name=op.f("ck_award_item_says_what")),
        sa.CheckConstraint(
            "amount_pence is null or amount_pence >= 0", name=op.f("ck_award_item_amount_sane")
        ),
        sa.CheckConstraint(
            "until_on is null or from_on is null or until_on >= from_on", name=op.f("ck_award_item_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["access_to_work_id"],
            ["access_to_work.id"],
            name=op.f("fk_award_item_access_to_work_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_award_item_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_item")),
    )
    op.create_index(
        op.f("ix_award_item_access_to_work_id"), "award_item", ["access_to_work_id"], unique=False
    )
    op.create_index(op.f("ix_award_item_client_id"), "award_item", ["client_id"], unique=False)


def _benefits_question() -> None:
    op.create_table(
        "benefits_question",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("application_id", Key(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("question", Words(4000), nullable=False),
        sa.Column("asked_of", Words(200), nullable=False),
        sa.Column("answer", Words(4000), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("better_off_pence", sa.Integer(), nullable=True),
        sa.Column("reckoned_by", Words(200), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("question <> ''", name=op.f("ck_benefits_question_asked")),
        sa.CheckConstraint(
            "answered_on is null or answered_on >= asked_on", name=op.f("ck_benefits_question_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_benefits_question_application_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_benefits_question_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefits_question")),
    )
    op.create_index(op.f("ix_benefits_question_client_id"), "benefits_question", ["client_id"], unique=False)


def _interview() -> None:
    op.create_table(
        "interview",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("application_id", Key(), nullable=False),
        sa.Column("sort", Words(60), nullable=False),
        sa.Column("happens_on", sa.Date(), nullable=False),
        sa.Column("at_time", Words(5), nullable=False),
        sa.Column("place", Words(200), nullable=False),
        sa.Column("with_whom", Words(200), nullable=False),
        sa.Column("support", Words(4000), nullable=False),
        sa.Column("how_it_went", Words(4000), nullable=False),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_interview_application_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_interview_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
    )
    op.create_index(op.f("ix_interview_application_id"), "interview", ["application_id"], unique=False)
    op.create_index(op.f("ix_interview_client_id"), "interview", ["client_id"], unique=False)


def _return_step() -> None:
    op.create_table(
        "return_step",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("absence_id", Key(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("week_minutes", sa.Integer(), nullable=True),
        sa.Column("days", Words(200), nullable=False),
        sa.Column("duties", Words(4000), nullable=False),
        sa.Column("place", Words(200), nullable=False),
        sa.Column("looked_at_on", sa.Date(), nullable=True),
        sa.Column("how_it_went", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("to_on is null or to_on >= from_on", name=op.f("ck_return_step_in_order")),
        sa.CheckConstraint(
            "week_minutes is null or week_minutes between 0 and 10080",
            name=op.f("ck_return_step_minutes_in_a_week"),
        ),
        sa.ForeignKeyConstraint(
            ["absence_id"],
            ["absence.id"],
            name=op.f("fk_return_step_absence_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_return_step_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_step")),
    )
    op.create_index(op.f("ix_return_step_absence_id"), "return_step", ["absence_id"], unique=False)
    op.create_index(op.f("ix_return_step_client_id"), "return_step", ["client_id"], unique=False)


def _award_claim() -> None:
    op.create_table(
        "award_claim",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("access_to_work_id", Key(), nullable=False),
        sa.Column("item_id", Key(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("amount_pence >= 0", name=op.f("ck_award_claim_amount_sane")),
        sa.CheckConstraint(
            "paid_on is null or sent_on is null or paid_on >= sent_on", name=op.f("ck_award_claim_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["access_to_work_id"],
            ["access_to_work.id"],
            name=op.f("fk_award_claim_access_to_work_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_award_claim_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["award_item.id"],
            name=op.f("fk_award_claim_item_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_claim")),
    )
    op.create_index(
        op.f("ix_award_claim_access_to_work_id"), "award_claim", ["access_to_work_id"], unique=False
    )
    op.create_index(op.f("ix_award_claim_client_id"), "award_claim", ["client_id"], unique=False)


def _job_evidence() -> None:
    op.create_table(
        "job_evidence",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("job_id", Key(), nullable=False),
        sa.Column("outcome", Words(60), nullable=False),
        sa.Column("sort", Words(60), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("document_id", Key(), nullable=True),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "to_on is null or from_on is null or to_on >= from_on", name=op.f("ck_job_evidence_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_job_evidence_client_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"],
            ["coach.id"],
            name=op.f("fk_job_evidence_coach_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_job_evidence_document_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_job_evidence_job_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_evidence")),
    )
    op.create_index(op.f("ix_job_evidence_client_id"), "job_evidence", ["client_id"], unique=False)
    op.create_index(op.f("ix_job_evidence_job_id"), "job_evidence", ["job_id"], unique=False)


def _take_over(name: str) -> None:
    """Put the rows of a table into its wider self, which takes its place and its name."""
    columns, filled = WIDENED[name]
    into = ", ".join((*columns, *filled))
    told = ", ".join((*columns, *filled.values()))
    op.execute(f"INSERT INTO widened_{name} ({into}) SELECT {told} FROM {name}")  # noqa: S608 - names of our own
    op.drop_table(name)
    op.rename_table(f"widened_{name}", name)


TABLES = (
    _employer,
    _guidance_sheet,
    _scheme,
    _employer_scheme,
    _employer_site,
    _outcome_rule,
    _coach_time,
    _employer_person,
    _vacancy,
    _disclosure_decision,
    _employer_contact,
    _job_wish,
    _job,
    _absence,
    _access_to_work,
    _adjustment,
    _application,
    _check_in,
    _check_in_move,
    _employer_talk,
    _work_week,
    _adjustment_step,
    _award_item,
    _benefits_question,
    _interview,
    _return_step,
    _award_claim,
    _job_evidence,
)


def upgrade() -> None:
    """Add the tables; what was there stays, in wider tables where a record has more to say."""
    for table in TABLES:
        table()
