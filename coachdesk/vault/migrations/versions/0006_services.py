# ruff: noqa: INP001 - alembic runs this as a script, nothing imports it
"""A directory of services, clients referred on to them, and the ward of an address."""

import sqlalchemy as sa
from alembic import op

from coachdesk.models.base import Instant, Key, Words

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables and one column; nothing that stands is touched."""
    op.add_column("client", sa.Column("ward", Words(200), server_default="", nullable=False))
    _service()
    _onward_referral()


def _service() -> None:
    op.create_table(
        "service",
        sa.Column("name", Words(200), nullable=False),
        sa.Column("folded", Words(200), nullable=False),
        sa.Column("sort", Words(60), nullable=False),
        sa.Column("purpose", Words(4000), nullable=False),
        sa.Column("who_for", Words(4000), nullable=False),
        sa.Column("how_to_refer", Words(4000), nullable=False),
        sa.Column("waiting_time", Words(200), nullable=False),
        sa.Column("phone", Words(60), nullable=False),
        sa.Column("email", Words(200), nullable=False),
        sa.Column("website", Words(200), nullable=False),
        sa.Column("address", Words(4000), nullable=False),
        sa.Column("area", Words(200), nullable=False),
        sa.Column("is_free", Words(60), nullable=False),
        sa.Column("cost", Words(200), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", Words(200), nullable=False),
        sa.Column("note", Words(4000), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_service_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index("ix_service_folded", "service", ["folded"], unique=False)


def _onward_referral() -> None:
    op.create_table(
        "onward_referral",
        sa.Column("client_id", Key(), nullable=False),
        sa.Column("service_id", Key(), nullable=True),
        sa.Column("service_name", Words(200), nullable=False),
        sa.Column("service_sort", Words(60), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("reason", Words(4000), nullable=False),
        sa.Column("coach_id", Key(), nullable=True),
        sa.Column("sharing_id", Key(), nullable=False),
        sa.Column("answer", Words(10), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("first_attended_on", sa.Date(), nullable=True),
        sa.Column("outcome", Words(60), nullable=False),
        sa.Column("outcome_note", Words(4000), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        *_checks(),
        *(
            sa.ForeignKeyConstraint(
                [f"{target}_id"],
                [f"{target}.id"],
                name=op.f(f"fk_onward_referral_{target}_id"),
                initially="DEFERRED",
                deferrable=True,
            )
            for target in ("client", "coach", "service", "sharing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onward_referral")),
    )
    op.create_index(op.f("ix_onward_referral_client_id"), "onward_referral", ["client_id"], unique=False)
    op.create_index(op.f("ix_onward_referral_service_id"), "onward_referral", ["service_id"], unique=False)


def _checks() -> tuple[sa.CheckConstraint, ...]:
    told = {
        "to_somewhere": "service_id is not null or service_name <> ''",
        "answer_known": "answer in ('waiting', 'accepted', 'declined', 'no_reply')",
        "answer_dated": "(answer = 'waiting') = (answered_on is null)",
        "answered_after": "answered_on is null or answered_on >= made_on",
        "attended_after": "first_attended_on is null or (answer = 'accepted' and first_attended_on >= made_on)",
        "in_order": "ended_on is null or ended_on >= made_on",
        "ended_after": "ended_on is null or first_attended_on is null or ended_on >= first_attended_on",
        "followed_up_after": "follow_up_on is null or follow_up_on >= made_on",
    }
    return tuple(
        sa.CheckConstraint(rule, name=op.f(f"ck_onward_referral_{name}")) for name, rule in told.items()
    )
