"""What we hold about one client, in words, with the passages that may have to be taken out before it is handed over.

A client may see everything about themselves; what says something about somebody else is suggested for taking out,
decided one by one by a person, and every decision is kept with its reason (UK GDPR Article 15(4)).
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.about_others import Spans, found_in, names_of_others
from coachdesk.casework.held_sections import ABOUT_OTHERS, DAYS, SECTIONS
from coachdesk.casework.record_words import FieldWords, RecordWords, field_words
from coachdesk.casework.taking_out import without
from coachdesk.errors import Refusal
from coachdesk.models import Client, Contact, CustomAnswer, JournalEntry, Record, Redaction, RightsRequest
from coachdesk.terms import Kind
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.chronicle import EVENT
from coachdesk.vault.values import record_of, shape
from coachdesk.vault.work import describe

KEEP, REDACT = "keep", "redact"
TEXT = "text"
"""What is typed freely in an answer to a question of our own."""
AROUND = 120
MARKED = "You marked these words yourself."
FALLEN = "Words were taken out here, and the record was changed since. Look again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a text, by record, field and place."""

    kind: Kind
    row_id: UUID
    field_name: str
    from_character: int
    to_character: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A passage that may be about somebody else: where, its words, why it is suggested, and what was decided.

    ``before`` and ``after`` are the words it stands among; ``on`` is the day of the record, where it has one.
    """

    passage: Passage
    where: str
    on: dt.date | None
    before: str
    words: str
    after: str
    why: str
    decision: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """One record: its name and its fields in words."""

    kind: str
    row_id: UUID
    title: str
    lines: tuple[tuple[str, str, str], ...]
    """Field name, label, words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSection:
    """Records that belong together."""

    title: str
    records: tuple[HeldRecord, ...]


def _records(session: Session, kind: Kind, client_id: UUID) -> list[Record]:
    record: Any = record_of(kind)
    owner = record.id if kind is Kind.CLIENT else record.client_id
    return list(session.scalars(select(record).where(owner == client_id).order_by(record.id)))


def _values(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in shape(type(record)).defaults}


def what_we_hold(
    session: Session, client_id: UUID, taken_out: Spans | None = None
) -> tuple[HeldSection, ...]:
    """Return every record of a client in words, with the passages that were decided to be taken out left out.

    Raises Refusal where the client may not be seen.
    """
    check_may_see(session, client_id)
    words = RecordWords(session)
    cuts = taken_out or {}
    sections = []
    for title, kinds in SECTIONS:
        found = [
            HeldRecord(
                kind=kind.value,
                row_id=record.id,
                title=words.title(kind.value),
                lines=tuple(_lines(words, kind, record, cuts)),
            )
            for kind in kinds
            for record in _records(session, kind, client_id)
        ]
        sections.append(HeldSection(title=title, records=tuple(one for one in found if one.lines)))
    return tuple(sections)


def _lines(words: RecordWords, kind: Kind, record: Record, cuts: Spans) -> Iterator[tuple[str, str, str]]:
    values = _values(record)
    for name, spans in ((name, spans) for (row_id, name), spans in cuts.items() if row_id == record.id):
        cut = without(text_of(record, name), spans)
        values[name] = {TEXT: cut} if isinstance(values[name], dict) else cut
    for line in words.lines(kind.value, values):
        yield line.name, line.label, line.words


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldText:
    """One free text of a client's record, in which a person may mark words that nobody suggested."""

    kind: Kind
    row_id: UUID
    field_name: str
    where: str
    on: dt.date | None
    text: str


def held_texts(session: Session, request_id: UUID) -> tuple[HeldText, ...]:
    """Return the free texts of the client who asked, in the order in which they are handed over."""
    request = _request(session, request_id)
    client = session.get_one(Client, request.client_id)
    return tuple(
        HeldText(
            kind=kind,
            row_id=record.id,
            field_name=name,
            where=_where(kind, name),
            on=_day(record),
            text=text,
        )
        for kind, record in _all_records(session, client.id)
        for name, text in _texts(kind, record)
    )


def _all_records(session: Session, client_id: UUID) -> Iterator[tuple[Kind, Record]]:
    for _, kinds in SECTIONS:
        for kind in kinds:
            for record in _records(session, kind, client_id):
                yield kind, record


def _texts(kind: Kind, record: Record) -> Iterator[tuple[str, str]]:
    told = _told(kind)
    for name in told.fields:
        if name not in told.lists and (text := text_of(record, name)):
            yield name, text


def text_of(record: Record, name: str) -> str:
    """Return the text in a field, of an answer to a question of our own what was typed; blank where it is no text."""
    value = getattr(record, name)
    if isinstance(record, CustomAnswer) and isinstance(value, dict):
        value = value.get(TEXT)
    return value if isinstance(value, str) else ""


def _told(kind: Kind) -> FieldWords:
    told = field_words(kind.value)
    assert told is not None  # noqa: S101 - every section's kinds are told in words
    return told


def _where(kind: Kind, field_name: str) -> str:
    return f"{RecordWords.title(kind.value)}: {_told(kind).fields[field_name]}"


def _day(record: Record) -> dt.date | None:
    return next((day for name in DAYS if (day := getattr(record, name, None)) is not None), None)


def suggest_redactions(session: Session, request_id: UUID) -> tuple[Suggestion, ...]:
    """Return the passages of a client's records that may be about somebody else, with what was decided so far.

    Suggested are: notes marked as about somebody else, fields that name somebody else, full names of other clients,
    and phone numbers and email addresses in free text that are not the client's own. What a person marked comes
    with them. A decision holds until the record is changed; then it has to be made again.
    """
    request = _request(session, request_id)
    client = session.get_one(Client, request.client_id)
    standing, fallen = _decisions(session, request_id)
    names = names_of_others(session, client)
    found = []
    for kind, record in _all_records(session, client.id):
        places = {
            (name, start, end): why for name, start, end, why in _stretches(kind, record, client, names)
        }
        for place, why in (*((one, MARKED) for one in standing), *((one, FALLEN) for one in fallen)):
            if place[0] == record.id:
                places.setdefault(_within(record, place), why)
        found += [
            _suggestion(kind, record, place, why, standing.get((record.id, *place)))
            for place, why in places.items()
            if place[1] < place[2]
        ]
    return tuple(found)


def _within(record: Record, place: "_Place") -> tuple[str, int, int]:
    """Return a place by field, no further than the text goes by now."""
    _, name, start, end = place
    return name, start, min(end, len(text_of(record, name)))


_Place = tuple[UUID, str, int, int]


def _decisions(session: Session, request_id: UUID) -> tuple[dict[_Place, Redaction], dict[_Place, Redaction]]:
    """Return the decisions that stand, and those to take out whose record was changed after them, by place."""
    made = session.scalars(select(Redaction).where(Redaction.request_id == request_id)).all()
    newest = (
        select(JournalEntry.row_id, func.max(JournalEntry.position).label("position"))
        .where(JournalEntry.operation != EVENT)
        .where(JournalEntry.row_id.in_({row_id for one in made for row_id in (one.id, one.row_id)}))
        .group_by(JournalEntry.row_id)
    )
    written = {row.row_id: row.position for row in session.execute(newest)}
    standing: dict[_Place, Redaction] = {}
    fallen: dict[_Place, Redaction] = {}
    for one in made:
        place = (one.row_id, one.field_name, one.from_character, one.to_character)
        if written.get(one.row_id, 0) < written.get(one.id, 0):
            standing[place] = one
        elif one.decision == REDACT:
            fallen[place] = one
    return standing, fallen


def _request(session: Session, request_id: UUID) -> RightsRequest:
    request = session.get(RightsRequest, request_id)
    if request is None:
        raise Refusal("This request is not there any more.")
    check_may_see(session, request.client_id)
    return request


def _stretches(
    kind: Kind, record: Record, client: Client, names: re.Pattern[str] | None
) -> Iterator[tuple[str, int, int, str]]:
    for name, text in _texts(kind, record):
        if (kind, name) in ABOUT_OTHERS:
            yield name, 0, len(text), "This names somebody else."
        elif kind is Kind.CONTACT and name == "note" and _is_about_others(record):
            yield name, 0, len(text), "This note was marked as about somebody else."
        elif not (kind is Kind.CLIENT and name in ("phone", "email")):
            for start, end, why in found_in(text, client, names):
                yield name, start, end, why


def _is_about_others(record: Record) -> bool:
    return isinstance(record, Contact) and record.note_kind == "others"


def _suggestion(
    kind: Kind, record: Record, place: tuple[str, int, int], why: str, known: Redaction | None
) -> Suggestion:
    name, start, end = place
    text = text_of(record, name)
    return Suggestion(
        passage=Passage(kind=kind, row_id=record.id, field_name=name, from_character=start, to_character=end),
        where=_where(kind, name),
        on=_day(record),
        before=text[max(0, start - AROUND) : start],
        words=text[start:end],
        after=text[end : end + AROUND],
        why=why,
        decision=known.decision if known else "",
        reason=known.reason if known else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRedaction:
    """Leave a passage in, or take it out."""

    request_id: UUID
    passage: Passage
    decision: str
    reason: str = ""


def decide_redaction(session: Session, wish: DecideRedaction) -> None:
    """Keep a decision about a passage; deciding again changes it.

    Raises Refusal for what is no passage of a text of theirs, and for words taken out without a reason.
    """
    request = _request(session, wish.request_id)
    passage = wish.passage
    record: Any = session.get(record_of(passage.kind), passage.row_id)
    owner = getattr(record, "client_id", None) or (record.id if record is not None else None)
    if owner != request.client_id or not _is_there(record, passage):
        raise Refusal("This passage is not there any more.")
    if wish.decision not in (KEEP, REDACT):
        raise Refusal("Choose to leave it in or to take it out.")
    if wish.decision == REDACT and not wish.reason.strip():
        raise Refusal("Say why it is taken out.", fields={"reason": "Say why it is taken out."})
    place = {
        "request_id": request.id,
        "row_id": passage.row_id,
        "field_name": passage.field_name,
        "from_character": passage.from_character,
        "to_character": passage.to_character,
    }
    known = session.scalar(select(Redaction).filter_by(**place))
    if known is not None and known not in _decisions(session, request.id)[0].values():
        session.delete(known)  # made anew, to be younger than the change of the record
        session.flush()
        known = None
    if known is None:
        known = Redaction(client_id=request.client_id, entity=passage.kind.value, **place)
        session.add(known)
    known.decision, known.reason = wish.decision, wish.reason.strip()
    describe(session, "Decided about a passage in a client’s pack")


def _is_there(record: Record, passage: Passage) -> bool:
    text = dict(_texts(passage.kind, record)).get(passage.field_name, "")
    return 0 <= passage.from_character < passage.to_character <= len(text)


def passages_about_others(session: Session, client_id: UUID) -> Spans:
    """Return every passage of a client's records that may be about somebody else, by record and field.

    For readers who are neither: all that would be suggested is left out, and whatever was decided to be taken out.
    Raises Refusal where the client may not be seen.
    """
    check_may_see(session, client_id)
    client = session.get_one(Client, client_id)
    names = names_of_others(session, client)
    found: Spans = {}
    for kind, record in _all_records(session, client_id):
        for name, start, end, _ in _stretches(kind, record, client, names):
            found.setdefault((record.id, name), []).append((start, end))
    for request_id in session.scalars(select(RightsRequest.id).where(RightsRequest.client_id == client_id)):
        for place, spans in passages_taken_out(session, request_id).items():
            found.setdefault(place, []).extend(spans)
    return found


def passages_taken_out(session: Session, request_id: UUID) -> Spans:
    """Return what was decided to be taken out and still stands as it was, by record and field."""
    found: Spans = {}
    standing, _ = _decisions(session, request_id)
    for one in standing.values():
        if one.decision == REDACT:
            found.setdefault((one.row_id, one.field_name), []).append((one.from_character, one.to_character))
    return found
