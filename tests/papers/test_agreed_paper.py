"""A plan that was agreed can be printed again, byte for byte as it was handed over, whatever changed since."""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest

from coachdesk.casework.agreed_plans import AgreePlan, agree_plan
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.plans import AddAction, EditGoal, add_action, edit_goal
from coachdesk.errors import Refusal
from coachdesk.models import AgreedPlan, Client, Coach
from coachdesk.models.base import new_id
from coachdesk.papers.plan import AgreedPaperQuestion, PrintPlan, plan_document, read_agreed_paper, write_plan
from coachdesk.papers.plan_layouts import PlanLayout, PlanPaper, styles
from coachdesk.press.pdf import pdf
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import do
from tests.papers.planned import LAYOUTS, Planned, heard, printed
from tests.vault_fixtures import TODAY

STROKES = (tuple((0.1 + step / 20, 0.5 + (step % 3) / 10) for step in range(12)), ((0.8, 0.2),))


def agree(planned: Planned, how: str = "signed_screen") -> UUID:
    wish = AgreePlan(
        client_id=planned.client.id,
        agreed_on=TODAY,
        how_agreed=how,
        signature=STROKES,
        next_review_on=TODAY + dt.timedelta(days=28),
    )
    return do(planned.vault, agree_plan, wish)[0]


def change_everything(planned: Planned) -> None:
    do(planned.vault, edit_goal, EditGoal(goal_id=planned.goal.id, own_words="A job with plants"))
    do(planned.vault, add_action, AddAction(client_id=planned.client.id, what="Ask at the nursery"))
    planned.change(Client, planned.client.id, known_as="May", communication_needs="")
    planned.change(Coach, planned.vault.coach_id or new_id(), name="Somebody New")


def agreed_paper(planned: Planned, kept: UUID) -> PlanPaper:
    question = AgreedPaperQuestion(client_id=planned.client.id, agreed_id=kept, made_on=TODAY)
    with reading(planned.vault) as session:
        return read_agreed_paper(session, question)


def sheet(paper: PlanPaper, layout: PlanLayout) -> bytes:
    return pdf(plan_document(paper, layout), style=styles()[layout])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_it_is_the_same_paper_to_the_last_byte(planned: Planned, layout: PlanLayout) -> None:
    kept = agree(planned)
    handed_over = sheet(planned.paper(), layout)
    assert sheet(agreed_paper(planned, kept), layout) == handed_over
    change_everything(planned)
    assert sheet(agreed_paper(planned, kept), layout) == handed_over
    assert sheet(planned.paper(), layout) != handed_over


def test_it_is_written_to_a_file_and_is_no_copy_of_the_plan_in_force(
    planned: Planned, tmp_path: Path
) -> None:
    kept = agree(planned)
    planned.write(tmp_path / "handed.pdf")
    change_everything(planned)
    wish = PrintPlan(client_id=planned.client.id, target=tmp_path / "again.pdf", agreed_id=kept)
    write_plan(planned.vault, wish, Watch.silent())
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "handed.pdf").read_bytes()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_signature_stands_where_one_signs(planned: Planned, layout: PlanLayout) -> None:
    assert "signed" not in heard(planned.paper(), layout).casefold().replace("signed on paper", "")
    agree(planned)
    paper = printed(planned.paper(), layout)
    (figure,) = paper.elements("Figure")
    assert str(figure.Alt).startswith("Signature.")
    assert "5 October 2026" in str(figure.Alt)
    assert not any("Space to sign" in words or "Sign here" in words for _, words in paper.read())


def test_what_changed_since_is_not_what_was_signed(planned: Planned) -> None:
    agree(planned)
    change_everything(planned)
    standard, easy = (heard(planned.paper(), one) for one in (PlanLayout.STANDARD, PlanLayout.EASY_READ))
    assert "Changed, and still to be agreed" in standard
    assert "Space to sign" in standard
    assert "It has changed since then." in easy
    assert "Sign here" in easy


def test_agreed_by_voice_there_is_room_to_sign(planned: Planned) -> None:
    agree(planned, "spoken")
    assert "Space to sign" in planned.heard(PlanLayout.STANDARD)


def test_what_is_not_kept_is_not_printed(planned: Planned) -> None:
    kept = agree(planned)
    with pytest.raises(Refusal, match="not kept any more"):
        agreed_paper(planned, new_id())
    with unit_of_work(planned.vault) as work:
        erase_client(work.session, EraseClient(client_id=planned.client.id, reason="They asked"))
    with reading(planned.vault) as session:
        assert session.query(AgreedPlan).count() == 0
    with pytest.raises(Refusal):
        agreed_paper(planned, kept)
