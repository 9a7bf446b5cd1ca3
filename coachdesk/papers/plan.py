"""The client's plan to take home: read once, set in one of three layouts, written as one tagged PDF."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.casework.erasing import is_erased
from coachdesk.casework.plans import ActionRow, PlanRow, read_plan
from coachdesk.errors import Refusal
from coachdesk.models import Action, Client, Coach, Contact, Enrolment, Hub, Organisation, Plan
from coachdesk.papers.plan_layouts import EasyRead, InPrint, PlanLayout, PlanPaper, styles
from coachdesk.press.blocks import Document
from coachdesk.press.pdf import pdf
from coachdesk.terms import Kind, Ref, Unstated
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
    client = session.get(Client, question.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    if is_erased(session, client.id):
        raise Refusal("This client has been erased; there is no plan to print.")
    organisation = session.scalars(select(Organisation)).first()
    coach = _coach(session, client, plan.id)
    hub_id = client.hub_id or (coach.hub_id if coach else None)
    hub = session.get(Hub, hub_id) if hub_id else None
    agreed = titles_of(session, "how_agreed")["how_agreed"]
    return PlanPaper(
        organisation=organisation.name if organisation else "",
        watermark=_PRACTICE if organisation and organisation.is_practice else None,
        name=client.called(),
        needs=_needs(client),
        plan=replace(plan, loose_actions=_shared(session, plan)),
        how_agreed="" if plan.how_agreed in set(Unstated) else agreed.get(plan.how_agreed, plan.how_agreed),
        coach=coach.name if coach else "",
        hub=hub.name if hub else "",
        address=_address(hub),
        opening=hub.opening if hub else "",
        made_on=question.today,
    )


def _coach(session: Session, client: Client, plan_id: UUID | None) -> Coach | None:
    """Return who to call: the client's coach, else the coach of the enrolment the plan was made in."""
    if client.coach_id is not None:
        return session.get(Coach, client.coach_id)
    query = (
        select(Coach)
        .join(Enrolment, Enrolment.coach_id == Coach.id)
        .join(Plan, Plan.enrolment_id == Enrolment.id)
    )
    return session.scalars(query.where(Plan.id == plan_id)).first()


def _needs(client: Client) -> str:
    """Return what must be known before one speaks with or writes to the client (facts 12.2: on every print)."""
    told = [client.communication_needs.strip()]
    if client.interpreter == "yes":
        language = client.language.strip()
        told.append(f"An interpreter is needed: {language}." if language else "An interpreter is needed.")
    return "\n".join(words for words in told if words)


def _address(hub: Hub | None) -> str:
    if hub is None:
        return ""
    return "\n".join(part for part in (hub.address.strip(), hub.postcode.strip()) if part)


def _shared(session: Session, plan: PlanRow) -> tuple[ActionRow, ...]:
    """Return the steps of no goal that belong on paper.

    What is still to do is, and what was done since the plan was agreed; the rest is the past of earlier plans. A
    step from a contact that is kept private from prints stays off this one too.
    """
    private = set(
        session.scalars(
            select(Action.id)
            .join(Contact, Contact.id == Action.contact_id)
            .where(Action.id.in_([one.id for one in plan.loose_actions]), Contact.is_private)
        )
    )
    return tuple(
        one for one in plan.loose_actions if one.id not in private and _is_present(one, plan.agreed_on)
    )


def _is_present(action: ActionRow, agreed_on: dt.date | None) -> bool:
    return action.done_on is None or (agreed_on is not None and action.done_on >= agreed_on)


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
    question = ClientQuestion(client_id=wish.client_id, today=vault.clock.today())
    with reading(vault) as session:
        paper = read_plan_paper(session, question)
        initials = session.get_one(Client, wish.client_id).initials()
    watch.progress(0.3, "Setting it on paper")
    data = pdf(plan_document(paper, wish.layout), style=styles()[wish.layout])
    watch.progress(0.9, "Writing the file")
    # inside the action: what cannot be written down is not handed out, and what cannot be handed out is not told
    with unit_of_work(vault) as work, system_troubles():
        describe(work.session, f"Printed the plan of {initials}")
        record_event(work.session, "printed", wish.client_id.hex, Ref(Kind.CLIENT, wish.client_id))
        work.session.flush()
        target = _file(wish)
        target.parent.mkdir(parents=True, exist_ok=True)
        written_whole(target, data)
    return target


def _file(wish: PrintPlan) -> Path:
    """Return the file to write; nothing that nobody agreed to replace is replaced."""
    if wish.target.is_dir():
        return _free(wish.target / plan_file_name(wish.layout))
    if wish.target.suffix.lower() != ENDING:
        return _free(wish.target.with_name(wish.target.name + ENDING))
    return wish.target


def _free(wanted: Path) -> Path:
    number, target = 1, wanted
    while target.exists():
        number += 1
        target = wanted.with_name(f"{wanted.stem}-{number}{ENDING}")
    return target
