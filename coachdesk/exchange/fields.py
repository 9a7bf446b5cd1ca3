"""The fields a sheet can bring in: for each kind of sheet its key, title and how its cells are read."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from sqlalchemy.orm import Session

from coachdesk.casework.custom_fields import CustomFieldRow, list_custom_fields
from coachdesk.exchange.headings import KINDS, heading_table
from coachdesk.models.base import LINE, NOTE, PARAGRAPH


class Reads(StrEnum):
    """How a cell is read."""

    NAME = "name"
    LINE = "line"
    PARAGRAPH = "paragraph"
    NOTE = "note"
    REFERENCE = "reference"
    DATE = "date"
    BIRTH = "birth"
    CODE = "code"
    CODES = "codes"
    NINO = "nino"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    MINUTES = "minutes"
    WEEKLY = "hours a week"
    PENCE = "pay an hour"
    TICK = "tick"
    CONSENT = "consent"
    SEVERAL = "several"
    OWN = "question of our own"


LONGEST = {
    Reads.NAME: LINE,
    Reads.LINE: LINE,
    Reads.EMAIL: LINE,
    Reads.PARAGRAPH: PARAGRAPH,
    Reads.NOTE: NOTE,
    Reads.REFERENCE: 60,
    Reads.PHONE: 60,
    Reads.POSTCODE: 12,
}
LONGEST_OTHERWISE = PARAGRAPH
"""How long the text of any other cell may be before it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: ``lists`` names the code lists its wordings are looked up in, and the fields they fill."""

    key: str
    title: str
    kind: str
    reads: Reads
    lists: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    asked: CustomFieldRow | None = None
    """The question of our own that the column answers; None for the fields that ship."""

    @property
    def name(self) -> str:
        """Return the key without its kind of sheet."""
        return self.key.partition(".")[2]


HOW: dict[str, Reads] = {
    **dict.fromkeys(("first_name", "last_name", "full_name", "known_as"), Reads.NAME),
    **dict.fromkeys(("coach", "hub", "employer"), Reads.NAME),
    **dict.fromkeys(("pronouns", "town", "language", "referrer", "with_whom", "title"), Reads.LINE),
    **dict.fromkeys(("address", "communication_needs"), Reads.PARAGRAPH),
    **dict.fromkeys(
        ("received_on", "accepted_on", "started_on", "profile_started_on", "exit_on"), Reads.DATE
    ),
    **dict.fromkeys(("happened_on", "next_on", "ended_on", "four_hours_on"), Reads.DATE),
    **dict.fromkeys(("hours", "guaranteed_hours"), Reads.WEEKLY),
    "reference": Reads.REFERENCE,
    "birth": Reads.BIRTH,
    "nino": Reads.NINO,
    "postcode": Reads.POSTCODE,
    "phone": Reads.PHONE,
    "email": Reads.EMAIL,
    "eligibility": Reads.CODES,
    "consent_on": Reads.CONSENT,
    "minutes": Reads.MINUTES,
    "note": Reads.NOTE,
    "did_not_attend": Reads.TICK,
    "pay": Reads.PENCE,
    "adjustments": Reads.SEVERAL,
}
"""How each field is read; what is not named here is one code of a list."""

LISTS: dict[str, tuple[tuple[str, str], ...]] = {
    "sex": (("sex", "sex"), ("gender_identity", "gender_identity")),
    "gender_identity": (("gender_identity", "gender_identity"),),
    "ethnic_group": (("ethnic_group", "ethnic_group"),),
    "long_condition": (("long_condition", "long_condition"),),
    "activity_restriction": (("activity_restriction", "activity_restriction"),),
    "local_authority": (("local_authority", "local_authority"),),
    "source": (("referral_source", "source"),),
    "route": (("route", "route"), ("economic_activity", "economic_activity")),
    "eligibility": (("eligibility_reason", "eligibility"),),
    "qualification": (("qualification", "qualification"),),
    "housing": (("housing", "housing"),),
    "exit_reason": (("exit_reason", "exit_reason"),),
    "channel": (("channel", "channel"),),
    "place": (("place", "place"),),
    "end_reason": (("end_reason", "end_reason"),),
    "contract": (("contract_kind", "contract"), ("employment_type", "employment_type")),
    "evidence": (("evidence", "evidence"),),
    "adjustments": (("adjustment_category", "adjustments"),),
}
"""Where wordings are looked up: every list that knows the wording fills its own field."""

NEEDED = {"contacts.reference", "contacts.happened_on", "jobs.reference", "jobs.employer", "jobs.started_on"}


def _fields() -> tuple[Field, ...]:
    return tuple(
        Field(
            key=f"{kind}.{name}",
            title=headings[0],
            kind=kind,
            reads=HOW.get(name, Reads.CODE),
            lists=LISTS.get(name, ()),
            needed=f"{kind}.{name}" in NEEDED,
        )
        for kind in KINDS
        for name, headings in heading_table()[kind].items()
    )


@lru_cache(maxsize=1)
def all_fields() -> dict[str, Field]:
    """Return every field by its key, in the order of the synonym table."""
    return {field.key: field for field in _fields()}


OWN = "clients.own_"
"""How the key of a question of our own begins; who is asked are clients."""


def own_field(asked: CustomFieldRow) -> Field:
    """Return a question of our own as a field a column can fill."""
    return Field(key=f"{OWN}{asked.key}", title=asked.title, kind="clients", reads=Reads.OWN, asked=asked)


def fields_of_vault(session: Session) -> dict[str, Field]:
    """Return every field by its key: those that ship, then the questions of our own, those retired last."""
    own = (own_field(one) for one in list_custom_fields(session, None))
    return {**all_fields(), **{field.key: field for field in own}}
