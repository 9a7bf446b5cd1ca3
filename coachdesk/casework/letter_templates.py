"""The wording of letters and forms: what ships, what the charity made of it, and the way back."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.letter_fields import (
    BY_NAME,
    FIELDS,
    Filled,
    LetterField,
    fields_in,
    fill,
    told_by,
    unknown_fields,
)
from coachdesk.errors import Refusal
from coachdesk.models import LetterTemplate
from coachdesk.resources import resource
from coachdesk.vault.work import describe

CLIENT, REFERRER, EMPLOYER, OTHER = "client", "referrer", "employer", "other"
CERTIFICATE = "certificate"
"""The key of the form that is printed as one: large, with a line to sign."""
ADDRESSED_TO = (CLIENT, REFERRER, EMPLOYER, OTHER)
INVENTED: Mapping[str, str] = MappingProxyType(
    {
        "client": "Maya Example",
        "first_name": "Maya",
        "client_address": "1 Invented Street\nKendal LA9 0ZZ",
        "recipient": "Dr Sam Example, Example Surgery",
        "recipient_name": "Dr Sam Example",
        "coach": "Alex Example",
        "organisation": "Example Charity",
        "hub": "Example Hub",
        "hub_address": "2 Invented Road, Kendal LA9 0ZZ",
        "today": "5 October 2026",
        "received_on": "7 September 2026",
        "accepted_on": "14 September 2026",
        "started_on": "21 September 2026",
        "programme": "Example Programme",
        "next_review": "19 October 2026",
        "goal": "A job with animals",
        "employer": "Example Bakery",
        "job_title": "Baker’s assistant",
        "job_started_on": "1 October 2026",
        "needs_at_work": "A quiet corner; a later start",
        "appointment_day": "Monday 12 October 2026",
        "appointment_time": "10.30 am",
        "appointment_place": "Example Hub, 2 Invented Road, Kendal",
        "own_words": "Please bring whatever you would like to talk about.",
    }
)
"""An invented client, so that a wording can be looked at without anybody's record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRow:
    """The wording of one letter; ``is_changed`` says whether it differs from what ships."""

    id: UUID
    key: str
    title: str
    addressed_to: str
    purpose: str
    subject: str
    body: str
    source: str
    is_changed: bool

    @property
    def asked(self) -> tuple[LetterField, ...]:
        """The fields that are typed for each letter, in their own order."""
        names = fields_in(f"{self.subject}\n{self.body}")
        return tuple(one for one in FIELDS if one.asked and one.name in names)


def all_templates(session: Session, _question: None = None) -> tuple[TemplateRow, ...]:
    """Return the letters in use, in their order."""
    shipped = shipped_templates()
    query = (
        select(LetterTemplate)
        .where(LetterTemplate.archived_at.is_(None), LetterTemplate.retired_on.is_(None))
        .order_by(LetterTemplate.position, LetterTemplate.title)
    )
    return tuple(template_row(one, shipped) for one in session.scalars(query))


def template_row(template: LetterTemplate, shipped: Mapping[str, Mapping[str, Any]]) -> TemplateRow:
    """Return a template as it is shown."""
    ours = shipped.get(template.key)
    now = (template.title, template.subject, template.body)
    return TemplateRow(
        id=template.id,
        key=template.key,
        title=template.title,
        addressed_to=template.addressed_to,
        purpose=template.purpose,
        subject=template.subject,
        body=template.body,
        source=template.source_note,
        is_changed=ours is None or now != (ours["title"], ours["subject"], ours["body"]),
    )


def shipped_templates() -> dict[str, Mapping[str, Any]]:
    """Return the letters that ship with CoachDesk by key, as their files say."""
    files = sorted(resource("letters").glob("*.toml"))
    told = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]
    return {one["key"]: {**one, "body": one["body"].strip()} for one in told}


def seed_templates(session: Session) -> None:
    """Put in the letters that ship and are not there yet; the charity's own wording stays."""
    have = set(session.scalars(select(LetterTemplate.key)))
    for key, told in shipped_templates().items():
        if key not in have:
            session.add(_made(told))


def _made(told: Mapping[str, Any]) -> LetterTemplate:
    return LetterTemplate(
        key=told["key"],
        title=told["title"],
        addressed_to=told["addressed_to"],
        purpose=told["purpose"],
        subject=told["subject"],
        body=told["body"],
        position=told["position"],
        source_note=told["source"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveTemplate:
    """New words for a letter."""

    template_id: UUID
    title: str
    subject: str
    body: str


def save_template(session: Session, wish: SaveTemplate) -> None:
    """Write the wording of a letter.

    Raises Refusal without title, subject or text, for a field nobody knows, and where a letter that needs no
    permission would tell somebody else about the client. Only managers may (the vault checks it).
    """
    template = session.get(LetterTemplate, wish.template_id)
    if template is None:
        raise Refusal("This letter is not there any more.")
    title, subject, body = wish.title.strip(), wish.subject.strip(), wish.body.strip()
    _check_words(title=title, subject=subject, body=body)
    if template.addressed_to != CLIENT and not template.purpose:
        _check_tells_nothing(subject=subject, body=body)
    template.title, template.subject, template.body = title, subject, body
    describe(session, f"Changed the letter “{title}”")


def _check_words(**texts: str) -> None:
    wrong = {name: "This needs words." for name, text in texts.items() if not text}
    for name, text in texts.items():
        unknown = unknown_fields(text)
        if unknown:
            wrong[name] = _unknown_words(unknown)
    if wrong:
        raise Refusal("The letter cannot be kept like this.", fields=wrong)


def _unknown_words(names: tuple[str, ...]) -> str:
    many = ", ".join(f"{{{name}}}" for name in names)
    verb = "is no field" if len(names) == 1 else "are no fields"
    return f"{many} {verb} of a letter. Take one of those that are listed, or leave the braces out."


def _check_tells_nothing(**texts: str) -> None:
    wrong = {}
    for name, text in texts.items():
        told = [name for name in fields_in(text) if told_by([name])]
        if told:
            many = ", ".join(f"{{{name}}}" for name in told)
            wrong[name] = f"This letter goes out without a permission, so it cannot tell {many}."
    if wrong:
        raise Refusal("The letter cannot be kept like this.", fields=wrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreTemplate:
    """Give a letter the wording that ships."""

    template_id: UUID


def restore_template(session: Session, wish: RestoreTemplate) -> None:
    """Write what ships over the charity's wording; raises Refusal where CoachDesk has no such letter."""
    template = session.get(LetterTemplate, wish.template_id)
    told = shipped_templates().get(template.key) if template is not None else None
    if template is None or told is None:
        raise Refusal("CoachDesk comes without a letter like this.")
    template.title, template.subject, template.body = told["title"], told["subject"], told["body"]
    describe(session, f"Restored the letter “{template.title}”")


def restore_missing(session: Session, _wish: None) -> None:
    """Put in the letters that ship and are missing, as in a vault that is older than they are."""
    seed_templates(session)
    describe(session, "Put in the letters that come with CoachDesk")


def preview(subject: str, body: str) -> Filled:
    """Return a wording filled in for an invented client; what is in braces and no field stays as it is."""
    return fill(f"{subject}\n\n{body}", INVENTED)


def field_words(name: str) -> str:
    """Return what a field stands for."""
    return BY_NAME[name].words
