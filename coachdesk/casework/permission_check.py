"""The permission, asked for where something about a client leaves; and what left, written down."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.codes import code_title, titles_of
from coachdesk.casework.consents import ConsentState, consents_of, state_on
from coachdesk.casework.erasing import is_erased
from coachdesk.errors import Refusal
from coachdesk.models import Client, Consent, Sharing
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.folding import fold
from coachdesk.vault.work import clock_of, coach_of, describe

TAKING_PART = "taking_part"
"""What everybody learns whom we tell anything: that somebody takes part. Any permission covers it."""
OWN_RECORD = "record"
"""The purpose by which nothing leaves: keeping a record of support."""
SORTS = ("letter", "referral", "export", "employer_talk", "talk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """A permission in force; ``data`` holds the keys of the list ``shared_data`` it covers."""

    consent_id: UUID
    purpose: str
    recipient: str
    given_on: dt.date
    expires_on: dt.date | None
    data: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """No permission for this: why not, in a sentence; ``data`` holds what one that is in force does not cover."""

    sentence: str
    data: tuple[str, ...] = ()


def check_permission(
    session: Session,
    client_id: UUID,
    purpose: str,
    recipient: str,
    today: dt.date,
    *,
    data: Collection[str] = (),
    consent_id: UUID | None = None,
) -> Permission | Missing:
    """Return the permission by which something may leave on a day, or what is missing for it.

    One that names nobody holds for every recipient of its purpose; one that names somebody, for them alone.
    ``data`` are the keys of ``shared_data`` that would be told; ``consent_id`` asks for one permission and no other.
    Raises ReasonNeeded for a colleague's client.
    """
    check_may_see(session, client_id)
    of_purpose = [one for one in consents_of(session, client_id) if one.purpose == purpose]
    fitting = [
        one
        for one in of_purpose
        if (one.id == consent_id if consent_id is not None else _is_for(one, recipient))
    ]
    found = [_permission(session, one) for one in fitting if state_on(one, today) is ConsentState.IN_FORCE]
    whole = [one for one in found if set(data) <= one.data]
    if whole:
        return max(whole, key=_width)
    if found:
        return _not_covered(session, max(found, key=_width), data)
    return Missing(sentence=_why(session, purpose, recipient, of_purpose, fitting, today))


def _is_for(consent: Consent, recipient: str) -> bool:
    return not consent.recipient.strip() or fold(consent.recipient) == fold(recipient)


def _width(permission: Permission) -> int:
    """Return how much a permission covers; of several the widest is used, the newest of those as wide."""
    return len(permission.data)


def _permission(session: Session, consent: Consent) -> Permission:
    return Permission(
        consent_id=consent.id,
        purpose=consent.purpose,
        recipient=consent.recipient,
        given_on=consent.given_on or dt.date.max,
        expires_on=consent.expires_on,
        data=data_keys(session, consent.data_covered),
    )


def data_keys(session: Session, data_covered: str) -> frozenset[str]:
    """Return the keys of ``shared_data`` that the words of a permission name; words of nobody's list name none."""
    titles = titles_of(session, "shared_data")["shared_data"]
    keys = {fold(title): key for key, title in titles.items() if key not in UNSTATED_WORDS}
    parts = data_covered.replace("\n", ";").split(";")
    return frozenset({TAKING_PART, *(keys[fold(part)] for part in parts if fold(part) in keys)})


def data_words(session: Session, keys: Iterable[str]) -> str:
    """Return keys of ``shared_data`` in words, parted as a permission keeps them."""
    titles = titles_of(session, "shared_data")["shared_data"]
    return "; ".join(titles.get(key, key) for key in keys)


def _not_covered(session: Session, permission: Permission, data: Collection[str]) -> Missing:
    lacking = tuple(key for key in data if key not in permission.data)
    words = data_words(session, lacking)
    return Missing(sentence=f"The permission does not cover this: {words}.", data=lacking)


def _why(
    session: Session,
    purpose: str,
    recipient: str,
    of_purpose: list[Consent],
    fitting: list[Consent],
    today: dt.date,
) -> str:
    """Return in a sentence why no permission is in force."""
    what = f"“{code_title(session, 'consent_purpose', purpose)}”"
    if not of_purpose:
        return f"The client has given no permission for {what}."
    if not fitting:
        names = sorted({one.recipient for one in of_purpose})
        return f"The permission for {what} is for {', '.join(names)}, not for {recipient or 'anybody else'}."
    newest = fitting[0]
    state = state_on(newest, today)
    if state is ConsentState.WITHDRAWN and newest.withdrawn_on is not None:
        return f"The client withdrew the permission for {what} on {_day(newest.withdrawn_on)}."
    if state is ConsentState.EXPIRED and newest.expires_on is not None:
        return f"The permission for {what} ended on {_day(newest.expires_on)}. Ask again."
    return f"It is not known on which day the permission for {what} was given. Ask again."


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%b %Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSharing:
    """Something about a client was, or is about to be, passed on.

    ``sort`` is one of SORTS; ``data`` are keys of ``shared_data``. The reason counts where no permission holds.
    """

    client_id: UUID
    sort: str
    purpose: str
    recipient: str
    what: str
    shared_on: dt.date
    data: tuple[str, ...] = ()
    consent_id: UUID | None = None
    override_reason: str = ""


def record_sharing(session: Session, wish: RecordSharing) -> UUID:
    """Check the permission on the day and write down what leaves, to whom and by which permission; return its id.

    Without a permission in force it needs a reason, which is kept. Raises Refusal without permission and reason,
    without a recipient or words, for a day to come; ReasonNeeded for a colleague's client.
    """
    client = session.get(Client, wish.client_id)
    if client is None or is_erased(session, client.id):
        raise Refusal("This client is not there any more.")
    _check_whole(session, wish)
    found = check_permission(
        session,
        wish.client_id,
        wish.purpose,
        wish.recipient,
        wish.shared_on,
        data=wish.data,
        consent_id=wish.consent_id,
    )
    reason = wish.override_reason.strip()
    if isinstance(found, Missing) and not reason:
        raise no_permission(found)
    sharing = Sharing(
        client_id=client.id,
        shared_on=wish.shared_on,
        sort=wish.sort,
        purpose=wish.purpose,
        recipient=wish.recipient.strip(),
        what=wish.what.strip(),
        coach_id=coach_of(session),
        consent_id=found.consent_id if isinstance(found, Permission) else None,
        override_reason="" if isinstance(found, Permission) else reason,
    )
    session.add(sharing)
    describe(session, f"Passed something on about {client.initials()}")
    return sharing.id


def no_permission(missing: Missing) -> Refusal:
    """Return the refusal of what may not leave: why, and what can be done."""
    return Refusal(
        missing.sentence,
        fields={
            "override_reason": f"{missing.sentence} Ask the client, or say why it must go without their permission."
        },
    )


def _check_whole(session: Session, wish: RecordSharing) -> None:
    lacking = {}
    if wish.sort not in SORTS:
        lacking["sort"] = "Say how it was passed on."
    if not wish.recipient.strip():
        lacking["recipient"] = "Say to whom."
    if not wish.what.strip():
        lacking["what"] = "Say what was passed on."
    if wish.shared_on > clock_of(session).today():
        lacking["shared_on"] = "This is later than today."
    if lacking:
        raise Refusal("Something is missing.", fields=lacking)
