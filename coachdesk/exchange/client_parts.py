"""A row of a sheet of clients as the values of the records it becomes."""

import datetime as dt
import tomllib
from functools import lru_cache
from typing import Any
from uuid import UUID

from coachdesk.exchange.fields import all_fields
from coachdesk.exchange.headings import fold
from coachdesk.exchange.identity import Birth
from coachdesk.exchange.row_reading import ReadRow
from coachdesk.models import Consent, Eligibility, Job, Record
from coachdesk.models.base import LINE
from coachdesk.resources import resource
from coachdesk.terms import Unstated

TEXTS = ("first_name", "last_name", "known_as", "pronouns", "nino", "address", "town", "postcode", "phone")
MORE_TEXTS = ("email", "language", "communication_needs")
NO_LIST_BEHIND = (
    "birth",
    "nino",
    "address",
    "town",
    "postcode",
    "phone",
    "email",
    "language",
    "communication_needs",
)
"""Fields without a code list: which non-answer the sheet gave is kept beside them."""
EQUALITY = ("ethnic_group", "long_condition", "activity_restriction", "sex", "gender_identity")
CIRCUMSTANCES = ("economic_activity", "qualification", "housing")
ENROLMENT_DATES = ("received_on", "accepted_on", "started_on", "profile_started_on", "exit_on")
CONSENT_PURPOSE = "record"
OTHER = "other"
BIRTH = ("born_from", "born_to", "birth_precision", "birth_told_on")
FIELD_OF = {"economic_activity": "route", "employment_type": "contract", "destination": "exit_reason"}
"""Fields of records that a column of another name fills."""
BLANK = (None, "", Unstated.NOT_ASKED)


def about_client(row: ReadRow, today: dt.date) -> dict[str, Any]:
    """Return the client's own fields."""
    birth = row.get("birth")
    exact = isinstance(birth, Birth)
    return {
        **{name: row.text(name) for name in (*TEXTS, *MORE_TEXTS)},
        "local_authority": local_authority_of(row),
        "born_from": birth.born_from if exact else None,
        "born_to": birth.born_to if exact else None,
        "birth_precision": birth.precision if exact else "",
        "birth_told_on": today if exact else None,
        "unstated": {name: row.unstated[name] for name in NO_LIST_BEHIND if name in row.unstated},
    }


@lru_cache(maxsize=1)
def town_table() -> dict[str, str]:
    """Return the local authority of each town that lies whole in one, by folded name."""
    with resource("import", "towns.toml").open("rb") as file:
        towns = tomllib.load(file)["towns"]
    return {fold(name): code for code, names in towns.items() for name in names}


def local_authority_of(row: ReadRow) -> str:
    """Return the local authority the sheet names, else the one its town lies in, else not asked."""
    named = row.code("local_authority")
    return named if named != Unstated.NOT_ASKED else town_table().get(fold(row.text("town")), named)


def about_equality(row: ReadRow) -> dict[str, Any]:
    """Return the equality answers, or nothing when the sheet has no answer at all."""
    answers = {name: row.code(name) for name in EQUALITY}
    if answers["gender_identity"] not in BLANK and "sex" not in row.values:
        answers["sex"] = row.unstated.get("sex", Unstated.NOT_ASKED)
    return answers if any(answer not in BLANK for answer in answers.values()) else {}


def about_circumstances(row: ReadRow, today: dt.date) -> dict[str, Any]:
    """Return how things stood at the start, or nothing when the sheet does not say."""
    answers = {name: row.code(name) for name in CIRCUMSTANCES}
    if all(answer in BLANK for answer in answers.values()):
        return {}
    return {"as_on": row.get("started_on") or row.get("received_on") or today, **answers}


def about_enrolment(row: ReadRow) -> dict[str, Any]:
    """Return the enrolment: dates, source and route; a wording of no list is kept beside its code."""
    source = row.code("source")
    unlisted = row.text("source_as_typed")
    return {
        **{name: row.get(name) for name in ENROLMENT_DATES},
        "source": OTHER if unlisted else source,
        "referrer": row.text("referrer") or unlisted,
        "route": row.code("route"),
        "exit_reason": row.code("exit_reason"),
        "destination": row.text("exit_reason_as_typed")[:LINE],
    }


def eligibilities(row: ReadRow, client_id: UUID, enrolment_id: UUID) -> list[Eligibility]:
    """Return one record for each reason; wordings of no list become one “other” that says them."""
    reasons = dict.fromkeys(row.get("eligibility", ()), "")
    others = row.get("eligibility_as_typed", ())
    if others:
        reasons[OTHER] = "; ".join(others)
    return [
        Eligibility(client_id=client_id, enrolment_id=enrolment_id, reason=reason, note=note)
        for reason, note in reasons.items()
    ]


def consent_of(row: ReadRow, client_id: UUID) -> Consent | None:
    """Return the permission a sheet speaks of: signed on a day, or ticked without one."""
    given = row.get("consent_on")
    if not given:
        return None
    return Consent(
        client_id=client_id,
        purpose=CONSENT_PURPOSE,
        how_given="signed" if isinstance(given, dt.date) else Unstated.NOT_KNOWN,
        given_on=given if isinstance(given, dt.date) else None,
    )


def fill_blanks(record: Record, values: dict[str, Any]) -> list[str]:
    """Fill what a record leaves blank and return in words what was filled; nothing is overwritten.

    A birth date is one thing: who has one gets no part of another.
    """
    has_birth = getattr(record, "born_from", None) is not None
    filled: list[str] = []
    for name, value in values.items():
        if value in BLANK or name == "unstated" or getattr(record, name) not in BLANK:
            continue
        if has_birth and name in BIRTH:
            continue
        setattr(record, name, value)
        filled.append(in_words(record, name))
    return list(dict.fromkeys(filled))


def in_words(record: Record, name: str) -> str:
    """Return a field of a record as its column is called, within a sentence: “start date”."""
    field = "birth" if name in BIRTH else FIELD_OF.get(name, name.removesuffix("_id"))
    kind = "jobs" if isinstance(record, Job) else "clients"
    title = all_fields()[f"{kind}.{field}"].title
    return title if title.startswith("National") else title[0].lower() + title[1:]
