"""The handover of a caseload on paper: a list first, then a page for each client with what a colleague must know."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.client_head import ClientHead, read_client
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.endings import EndingRow, list_endings
from coachdesk.casework.fading import FadingQuestion, FadingRow, Touch, read_fading
from coachdesk.casework.plain_rows import key_of
from coachdesk.casework.plans import ActionRow, read_plan
from coachdesk.casework.standing import next_contacts
from coachdesk.errors import Refusal
from coachdesk.models import CheckIn, Coach, Contact, Organisation
from coachdesk.press.blocks import (
    Block,
    BulletList,
    Callout,
    Document,
    Facts,
    Heading,
    KeepTogether,
    Note,
    PageBreak,
    Quote,
    TableBlock,
    Text,
)
from coachdesk.press.cells import date_words
from coachdesk.press.pdf import pdf
from coachdesk.press.style import BLACK_AND_WHITE, STANDARD
from coachdesk.terms import Kind, Ref
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import describe, reading, record_event, unit_of_work

HANDOVER_NAME = "handover.pdf"
HANDOVER_STYLE = replace(STANDARD, inks=BLACK_AND_WHITE)
"""Black, white and grey, for a cheap printer."""
_PRACTICE = "Practice data: invented people"
_GOALS, _NOTES, _STEPS = 2, 3, 6
_LONGEST_NOTE = 240
_LIKELY_TO_LEAVE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintHandover:
    """A page for each of these clients of a coach, into one file."""

    coach_id: UUID
    client_ids: tuple[UUID, ...]
    target: Path


@dataclass(frozen=True, slots=True)
class SaidNote:
    """A contact that may be handed on: the day and what was written, private notes left out."""

    on: dt.date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPage:
    """What a colleague must know of one client."""

    head: ClientHead
    made_on: dt.date
    goals: tuple[str, ...]
    steps: tuple[ActionRow, ...]
    next_contact_on: dt.date | None
    notes: tuple[SaidNote, ...]
    touch: FadingRow | None
    leaving: tuple[dt.date, int] | None
    """The newest check-in at which the client said how likely they are to leave the job."""
    ending: EndingRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPaper:
    """The whole handover."""

    organisation: str
    watermark: str | None
    coach: str
    made_on: dt.date
    pages: tuple[HandoverPage, ...]


def read_handover(
    session: Session, coach_id: UUID, client_ids: Sequence[UUID], today: dt.date
) -> HandoverPaper:
    """Return what is handed over, a page a client by name; raises Refusal as ``read_client`` does, or for nobody."""
    coach = session.get(Coach, coach_id)
    if coach is None or not client_ids:
        raise Refusal("Choose a coach and tick at least one client.")
    touches = {row.id: row for row in read_fading(session, FadingQuestion(today=today)).rows}
    planned = {
        key_of(client): day for client, day in next_contacts(session, list(client_ids)) if day >= today
    }
    organisation = session.scalars(select(Organisation)).first()
    pages = [
        _page(session, ClientQuestion(client_id=one, today=today), touches.get(one), planned)
        for one in client_ids
    ]
    pages.sort(key=lambda page: (page.head.is_closed, page.head.name.casefold(), page.head.id))
    return HandoverPaper(
        organisation=organisation.name if organisation else "",
        watermark=_PRACTICE if organisation and organisation.is_practice else None,
        coach=coach.name,
        made_on=today,
        pages=tuple(pages),
    )


def _page(
    session: Session, question: ClientQuestion, touch: FadingRow | None, planned: dict[UUID, dt.date]
) -> HandoverPage:
    head = read_client(session, question)
    plan = read_plan(session, question)
    actions = [*(step for goal in plan.goals for step in goal.actions), *plan.loose_actions]
    open_ones = [step for step in actions if step.done_on is None]
    endings = list_endings(session, question.client_id) if head.is_closed else ()
    return HandoverPage(
        head=head,
        made_on=question.today,
        goals=tuple(goal.own_words for goal in plan.goals if goal.achieved_on is None and goal.own_words),
        steps=tuple(sorted(open_ones, key=_by_day)),
        next_contact_on=planned.get(question.client_id),
        notes=_notes(session, question.client_id),
        touch=touch,
        leaving=_leaving(session, question.client_id),
        ending=endings[0] if endings else None,
    )


def _by_day(step: ActionRow) -> tuple[bool, dt.date]:
    return (step.due_on is None, step.due_on or dt.date.max)


def _notes(session: Session, client_id: UUID) -> tuple[SaidNote, ...]:
    """Return the newest notes that are not kept private from prints."""
    query = (
        select(Contact.happened_on, Contact.note, Contact.did_not_attend)
        .where(Contact.client_id == client_id, Contact.archived_at.is_(None), Contact.is_private.is_(False))
        .order_by(Contact.happened_on.desc(), Contact.id.desc())
        .limit(_NOTES)
    )
    return tuple(
        SaidNote(on, "Could not make it." if missed and not note else _shortened(note))
        for on, note, missed in session.execute(query)
    )


def _shortened(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST_NOTE else f"{plain[: _LONGEST_NOTE - 1].rstrip()}…"


def _leaving(session: Session, client_id: UUID) -> tuple[dt.date, int] | None:
    query = (
        select(CheckIn.done_on, CheckIn.risk_of_leaving)
        .where(
            CheckIn.client_id == client_id,
            CheckIn.risk_of_leaving.is_not(None),
            CheckIn.archived_at.is_(None),
        )
        .order_by(CheckIn.done_on.desc(), CheckIn.id.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found is not None and found[1] is not None else None


def handover_document(paper: HandoverPaper) -> Document:
    """Return the handover as a document; its title names nobody, for a viewer shows it in its window."""
    return Document(
        title="Handover of a caseload",
        blocks=tuple(_blocks(paper)),
        subject="Handover",
        author=paper.organisation,
        watermark=paper.watermark,
        made=paper.made_on,
    )


def _blocks(paper: HandoverPaper) -> Iterator[Block]:
    yield Heading(1, "Handover of a caseload")
    count = len(paper.pages)
    whose = f"{count} client" if count == 1 else f"{count} clients"
    yield Text(
        f"{whose} of {paper.coach}, as on {date_words(paper.made_on)}. A page for each follows. These pages name "
        "people: keep them locked away, and shred them when the handover is done."
    )
    yield TableBlock(
        "Who is handed over",
        ("Client", "Where we are", "Next date", "In touch"),
        [(one.head.name, one.head.stage, _next_words(one), _touch_words(one)) for one in paper.pages],
        flows_on=True,
    )
    for page in paper.pages:
        yield PageBreak()
        yield from _of_client(page)


def _next_words(page: HandoverPage) -> str:
    on = page.head.next_due_on
    if page.ending is not None and page.ending.waits and page.ending.ask_on is not None:
        return f"{date_words(page.ending.ask_on)}: ask how things go"
    if on is None:
        return "Nothing agreed"
    return f"{date_words(on)} ({page.head.next_due_words})" if on < page.made_on else date_words(on)


def _touch_words(page: HandoverPage) -> str:
    touch = page.touch
    if touch is None:
        return "Support has ended"
    if touch.touch is Touch.PAUSED:
        return "Paused"
    if touch.touch is Touch.FADING:
        return _days(touch.days_past, "past the rhythm")
    return date_words(touch.last_on) if touch.last_on is not None else "Not yet"


def _days(count: int, words: str) -> str:
    return f"{count} day {words}" if count == 1 else f"{count} days {words}"


def _of_client(page: HandoverPage) -> Iterator[Block]:
    head = page.head
    yield Heading(2, head.name)
    if head.communication_needs:
        yield Callout("Communication needs", head.communication_needs)
    if head.risk_note:
        yield Callout("Risk and lone working", head.risk_note)
    yield Facts(tuple(_facts(page)))
    yield Heading(3, "Where we are")
    for goal in page.goals[:_GOALS]:
        yield Quote(f"“{goal.strip().strip('“”')}”")
    if len(page.goals) > _GOALS:
        yield Note(f"Goals in the record besides: {len(page.goals) - _GOALS}.")
    if not page.goals:
        yield Text("No goal is written down yet.")
    if page.notes:
        yield BulletList([f"{date_words(one.on)}: {one.words or 'No note.'}" for one in page.notes])
    yield KeepTogether(tuple(_promised(page)))
    yield Heading(3, "Risks")
    yield BulletList(list(_risks(page)))


def _facts(page: HandoverPage) -> Iterator[tuple[str, str]]:
    head = page.head
    yield "Next date", _next_words(page)
    yield "Stage", head.stage
    for one in head.enrolments:
        if one.exit_on is None:
            since = f"since {date_words(one.started_on)}" if one.started_on is not None else "not started yet"
            until = f", expected to end {date_words(one.expected_end_on)}" if one.expected_end_on else ""
            yield "Programme", f"{one.programme}, {since}{until}"
    yield "Reach them", " · ".join(part for part in (head.phone, head.email) if part) or "Nothing recorded"
    if head.safe_contact:
        yield "Safe contact", ". ".join(head.safe_contact)
    yield "Reference", head.reference
    if head.birth_words:
        yield "Born", head.birth_words.removeprefix("born ")
    if page.ending is not None and page.ending.what_stands:
        yield "What stands", page.ending.what_stands


def _promised(page: HandoverPage) -> Iterator[Block]:
    yield Heading(3, "Promised")
    if page.next_contact_on is not None:
        yield Text(f"Next contact agreed for {date_words(page.next_contact_on)}.")
    if not page.steps:
        yield Text("No step is open.")
        return
    yield TableBlock(
        "Steps still to do",
        ("What", "Who", "By when"),
        [(one.what, _who(one), _by_when(one)) for one in page.steps[:_STEPS]],
    )
    if len(page.steps) > _STEPS:
        yield Note(f"And {len(page.steps) - _STEPS} more in the record.")


def _who(step: ActionRow) -> str:
    return {"coach": "Coach", "client": "Client"}.get(step.who, step.who_name or "Somebody else")


def _by_when(step: ActionRow) -> str:
    if step.due_on is None:
        return "No day set"
    late = f" ({step.overdue_words})" if step.overdue_words else ""
    return f"{date_words(step.due_on)}{late}"


def _risks(page: HandoverPage) -> Iterator[str]:
    """Give what may go wrong; a client of whom nothing is known to gets a sentence that says so."""
    known = [*_touch_risks(page.touch), *_other_risks(page)]
    yield from known or ["Nothing known to us."]


def _touch_risks(touch: FadingRow | None) -> Iterator[str]:
    if touch is None:
        return
    if touch.touch is Touch.PAUSED:
        until = f" until {date_words(touch.paused_until)}" if touch.paused_until is not None else ""
        yield f"Support is paused{until}: {touch.pause_reason or 'no reason written down'}."
    if touch.touch is Touch.FADING:
        yield f"Fading: {_days(touch.days_past, 'past the rhythm')} of every {touch.every_days} days."
    if not touch.has_next_step:
        yield "Nothing is agreed next."
    if touch.missed_check_ins:
        count = touch.missed_check_ins
        yield "1 check-in was not held." if count == 1 else f"{count} check-ins were not held."


def _other_risks(page: HandoverPage) -> Iterator[str]:
    if page.leaving is not None and page.leaving[1] >= _LIKELY_TO_LEAVE:
        on, risk = page.leaving
        yield f"May leave the job: the client said {risk} of 10 on {date_words(on)}."
    late = sum(bool(step.overdue_words) for step in page.steps)
    if late:
        yield "1 open step is late." if late == 1 else f"{late} open steps are late."


def write_handover(vault: OpenVault, wish: PrintHandover, watch: Watch) -> Path:
    """Write the pages into one file, whole or not at all, and journal of whom they are; return where it lies.

    Raises Refusal as ``read_handover`` does, Cancelled, or the Trouble of the drive.
    """
    watch.progress(0.1, "Reading the caseload")
    with reading(vault) as session:
        paper = read_handover(session, wish.coach_id, wish.client_ids, vault.clock.today())
    clients = [page.head.id for page in paper.pages]
    watch.progress(0.4, "Setting the pages")
    data = pdf(handover_document(paper), style=HANDOVER_STYLE)
    watch.progress(0.9, "Writing the file")
    # inside the action: what cannot be written down is not handed out, and what cannot be handed out is not told
    with unit_of_work(vault) as work, system_troubles():
        describe(work.session, "Printed the pages of a handover")
        for client_id in clients:
            record_event(work.session, "printed", client_id.hex, Ref(Kind.CLIENT, client_id))
        work.session.flush()
        target = wish.target / HANDOVER_NAME if wish.target.is_dir() else wish.target
        target = target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf")
        target.parent.mkdir(parents=True, exist_ok=True)
        written_whole(target, data)
    return target
