"""The client's plan to take home: read once, set in one of three layouts, written as one tagged PDF."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.agreed_content import Signature
from coachdesk.casework.agreed_plans import (
    list_agreed_plans,
    newest_agreed,
    plan_to_share,
)
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.casework.erasing import is_erased
from coachdesk.casework.plan_around import PlanAround, read_plan_around
from coachdesk.casework.plan_copies import GiveCopy, PrintedCopy, keep_copy
from coachdesk.casework.plans import PlanRow, read_plan
from coachdesk.errors import Refusal
from coachdesk.models import Client
from coachdesk.papers.plan_layouts import EasyRead, InPrint, PlanLayout, PlanPaper, styles
from coachdesk.press.blocks import Document
from coachdesk.press.pdf import pdf
from coachdesk.terms import Kind, Ref, Unstated
from coachdesk.vault.file_names import file_at
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import describe, reading, record_event, unit_of_work

ENDING = ".pdf"
_PRACTICE = "Practice data: an invented person"
_WORDS = {
    PlanLayout.STANDARD: "Standard",
    PlanLayout.LARGE: "Large print (18 point)",
    PlanLayout.EASY_READ: "Easy read, with pictures",
}
_FORMATS = {
    PlanLayout.STANDARD: "print",
    PlanLayout.LARGE: "large_print",
    PlanLayout.EASY_READ: "easy_read",
}
"""How a copy in each layout stands in the list of formats."""
_NAMES = {
    PlanLayout.STANDARD: "action-plan",
    PlanLayout.LARGE: "action-plan-large-print",
    PlanLayout.EASY_READ: "action-plan-easy-read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPlan:
    """Set a client's plan on paper; ``target`` is the file, or a folder that gets one."""

    client_id: UUID
    target: Path
    layout: PlanLayout = PlanLayout.STANDARD
    agreed_id: UUID | None = None
    """A plan as it was agreed, to be printed again; without it, the plan as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedPaperQuestion:
    """A plan as it was agreed, on a paper that says it was made on a day."""

    client_id: UUID
    agreed_id: UUID
    made_on: dt.date


def plan_paper_choices() -> tuple[tuple[PlanLayout, str], ...]:
    """Return the layouts a plan is printed in, each with its words."""
    return tuple(_WORDS.items())


def plan_file_name(layout: PlanLayout) -> str:
    """Return what the file is called: a name on a stick or in a list of print jobs names nobody."""
    return _NAMES[layout] + ENDING


def read_plan_paper(session: Session, question: ClientQuestion) -> PlanPaper:
    """Return what the plan tells on paper: what the client said, saw and agreed, and nothing else of the record.

    Raises Refusal for a client who is gone or erased, ReasonNeeded for a colleague's client.
    """
    plan = read_plan(session, question)
    _check_there(session, question.client_id)
    last = newest_agreed(session, question)
    is_signed = last is not None and last.plan_id == plan.id and not last.changes.agreed
    return _paper(
        session,
        plan_to_share(session, plan),
        read_plan_around(session, question.client_id, plan.id),
        signature=last.signature if last is not None and is_signed else (),
        changed=last is not None and last.plan_id == plan.id and not is_signed,
        made_on=question.today,
    )


def read_agreed_paper(session: Session, question: AgreedPaperQuestion) -> PlanPaper:
    """Return a plan as it was agreed, with the words that stood around it on that day, to be printed again.

    Raises Refusal when it is not kept any more, and as ``read_plan_paper`` does.
    """
    client = ClientQuestion(client_id=question.client_id, today=question.made_on)
    kept = next((one for one in list_agreed_plans(session, client) if one.id == question.agreed_id), None)
    if kept is None:
        raise Refusal("This plan is not kept any more.")
    _check_there(session, question.client_id)
    return _paper(session, kept.plan, kept.around, signature=kept.signature, made_on=question.made_on)


def _check_there(session: Session, client_id: UUID) -> None:
    if session.get(Client, client_id) is None:
        raise Refusal("This client is not there any more.")
    if is_erased(session, client_id):
        raise Refusal("This client has been erased; there is no plan to print.")


def _paper(
    session: Session,
    plan: PlanRow,
    around: PlanAround,
    *,
    signature: Signature,
    made_on: dt.date,
    changed: bool = False,
) -> PlanPaper:
    agreed = titles_of(session, "how_agreed")["how_agreed"]
    return PlanPaper(
        organisation=around.organisation,
        watermark=_PRACTICE if around.is_practice else None,
        name=around.name,
        needs=around.needs,
        plan=plan,
        how_agreed="" if plan.how_agreed in set(Unstated) else agreed.get(plan.how_agreed, plan.how_agreed),
        coach=around.coach,
        hub=around.hub,
        address=around.address,
        opening=around.opening,
        made_on=made_on,
        signature=signature,
        changed_since=changed,
    )


def plan_document(paper: PlanPaper, layout: PlanLayout) -> Document:
    """Return the plan as a document in a layout; its title names nobody, for a viewer shows it in its window."""
    made = EasyRead(paper) if layout is PlanLayout.EASY_READ else InPrint(paper, layout)
    return Document(
        title=made.TITLE,
        blocks=tuple(made.blocks()),
        subject="Action plan",
        author=paper.organisation,
        watermark=paper.watermark,
        made=paper.made_on,
    )


def write_plan(vault: OpenVault, wish: PrintPlan, watch: Watch) -> Path:
    """Write the plan into one file, whole or not at all, and journal that it was printed; return where it lies.

    Raises Refusal as ``read_plan_paper`` does, Cancelled, or the Trouble of the drive.
    """
    watch.progress(0.1, "Reading the plan")
    today = vault.clock.today()
    with reading(vault) as session:
        paper = _read(session, wish, today)
        initials = session.get_one(Client, wish.client_id).initials()
    watch.progress(0.3, "Setting it on paper")
    data = pdf(plan_document(paper, wish.layout), style=styles()[wish.layout])
    watch.progress(0.9, "Writing the file")
    # inside the action: what cannot be written down is not handed out, and what cannot be handed out is not told
    with unit_of_work(vault) as work, system_troubles():
        if wish.agreed_id is None and paper.plan.agreed_on is not None:
            _give(work.session, wish, paper, data)
        describe(work.session, f"Printed the plan of {initials}")
        record_event(work.session, "printed", wish.client_id.hex, Ref(Kind.CLIENT, wish.client_id))
        work.session.flush()
        target = file_at(wish.target, plan_file_name(wish.layout))
        target.parent.mkdir(parents=True, exist_ok=True)
        written_whole(target, data)
    return target


def _read(session: Session, wish: PrintPlan, today: dt.date) -> PlanPaper:
    if wish.agreed_id is None:
        return read_plan_paper(session, ClientQuestion(client_id=wish.client_id, today=today))
    question = AgreedPaperQuestion(client_id=wish.client_id, agreed_id=wish.agreed_id, made_on=today)
    return read_agreed_paper(session, question)


def _give(session: Session, wish: PrintPlan, paper: PlanPaper, data: bytes) -> None:
    """Write down which copy was handed over, and keep it as it was issued."""
    copy = GiveCopy(client_id=wish.client_id, copy_format=_FORMATS[wish.layout], given_on=paper.made_on)
    title = f"Action plan, version {paper.plan.version}: {_WORDS[wish.layout].lower()}"
    printed = PrintedCopy(file_name=plan_file_name(wish.layout), title=title, content=data)
    keep_copy(session, copy, printed)
