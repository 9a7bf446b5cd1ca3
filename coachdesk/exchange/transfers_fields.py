"""What a transfer by name can hold: each field with why it is personal, and which permission has to cover it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coachdesk.models import Client, Enrolment
from coachdesk.press.cells import Cell, date_words

CONTACT_DETAILS, WORK, PROGRESS = "contact_details", "work", "progress"
"""Keys of the list ``shared_data``: what a permission has to cover besides that somebody takes part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFacts:
    """The job of a row: the latest that began."""

    title: str
    employer: str
    started_on: dt.date
    ended_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """What the fields of one client's row are read from; the words of codes stand beside their records."""

    client: Client
    enrolment: Enrolment
    programme: str
    coach: str
    hub: str
    route: str
    exit_reason: str
    job: JobFacts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferField:
    """A field on offer: its key and title, why it is personal, what a permission must cover, and how it is read."""

    key: str
    title: str
    why: str
    read: Callable[[RowFacts], Cell]
    data: tuple[str, ...] = ()


def _born(facts: RowFacts) -> Cell:
    """Return the day somebody was born, or in words between which days; nothing where it was not said."""
    first, last = facts.client.born_from, facts.client.born_to
    if first is None or last is None:
        return None
    return first if first == last else f"between {date_words(first)} and {date_words(last)}"


_CLIENT, _ENROLMENT, _JOB = (
    "Says who the client is.",
    "With a name, it tells when somebody was helped into work.",
    "Tells where somebody works, which colleagues there may not know.",
)
_REACH = "Leads to the client’s door or telephone; for some that is dangerous."


def _fields() -> tuple[TransferField, ...]:
    return (
        TransferField(
            key="reference",
            title="Reference",
            why="Points at one client in our records; on its own it tells nobody else who.",
            read=lambda facts: facts.client.reference,
        ),
        TransferField(key="name", title="Name", why=_CLIENT, read=lambda facts: facts.client.called()),
        TransferField(
            key="first_name", title="First name", why=_CLIENT, read=lambda facts: facts.client.first_name
        ),
        TransferField(
            key="last_name", title="Last name", why=_CLIENT, read=lambda facts: facts.client.last_name
        ),
        TransferField(
            key="born",
            title="Date of birth",
            why="With a name or a postcode it tells who the client is.",
            read=_born,
        ),
        TransferField(
            key="nino",
            title="National Insurance number",
            why="Opens records on benefits and tax; a lead provider rarely needs it.",
            read=lambda facts: facts.client.nino,
        ),
        TransferField(
            key="address",
            title="Address",
            why=_REACH,
            read=lambda facts: ", ".join(
                part for part in (facts.client.address, facts.client.town) if part
            ).replace("\n", ", "),
            data=(CONTACT_DETAILS,),
        ),
        TransferField(
            key="postcode",
            title="Postcode",
            why="Some postcodes hold a handful of homes.",
            read=lambda facts: facts.client.postcode,
            data=(CONTACT_DETAILS,),
        ),
        TransferField(
            key="phone",
            title="Telephone",
            why=_REACH,
            read=lambda facts: facts.client.phone,
            data=(CONTACT_DETAILS,),
        ),
        TransferField(
            key="email",
            title="Email",
            why=_REACH,
            read=lambda facts: facts.client.email,
            data=(CONTACT_DETAILS,),
        ),
        TransferField(
            key="safe_contact",
            title="How it is safe to reach them",
            why="Whoever gets a telephone number has to know this; it may tell of danger at home.",
            read=lambda facts: facts.client.safe_contact_note,
            data=(CONTACT_DETAILS,),
        ),
        TransferField(key="programme", title="Programme", why=_ENROLMENT, read=lambda facts: facts.programme),
        TransferField(
            key="route",
            title="In or out of work",
            why="Tells whether somebody had work.",
            read=lambda facts: facts.route,
        ),
        TransferField(
            key="received_on",
            title="Referral received",
            why=_ENROLMENT,
            read=lambda facts: facts.enrolment.received_on,
        ),
        TransferField(
            key="accepted_on",
            title="Referral accepted",
            why=_ENROLMENT,
            read=lambda facts: facts.enrolment.accepted_on,
        ),
        TransferField(
            key="started_on", title="Started", why=_ENROLMENT, read=lambda facts: facts.enrolment.started_on
        ),
        TransferField(
            key="expected_end_on",
            title="Expected end",
            why=_ENROLMENT,
            read=lambda facts: facts.enrolment.expected_end_on,
        ),
        TransferField(
            key="exit_on", title="Left", why=_ENROLMENT, read=lambda facts: facts.enrolment.exit_on
        ),
        TransferField(
            key="exit_reason",
            title="Why they left",
            why="A reason for leaving can tell about health or family.",
            read=lambda facts: facts.exit_reason,
            data=(PROGRESS,),
        ),
        TransferField(
            key="coach", title="Coach", why="Names one of your colleagues.", read=lambda facts: facts.coach
        ),
        TransferField(
            key="hub", title="Hub", why="Tells where somebody goes for help.", read=lambda facts: facts.hub
        ),
        TransferField(
            key="job",
            title="Job",
            why=_JOB,
            read=lambda facts: facts.job.title if facts.job else None,
            data=(WORK,),
        ),
        TransferField(
            key="employer",
            title="Employer",
            why=_JOB,
            read=lambda facts: facts.job.employer if facts.job else None,
            data=(WORK,),
        ),
        TransferField(
            key="job_started_on",
            title="Job started",
            why=_JOB,
            read=lambda facts: facts.job.started_on if facts.job else None,
            data=(WORK,),
        ),
        TransferField(
            key="job_ended_on",
            title="Job ended",
            why=_JOB,
            read=lambda facts: facts.job.ended_on if facts.job else None,
            data=(WORK,),
        ),
    )


FIELDS: Mapping[str, TransferField] = {one.key: one for one in _fields()}
"""Every field on offer by its key, in the order they are offered."""
