import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import seed_codes
from coachdesk.casework.consents import WithdrawConsent, withdraw_consent
from coachdesk.errors import Refusal
from coachdesk.models import CaseStudy, Client, Coach, Consent, Organisation, Release, ReleaseFile, Sharing
from coachdesk.resources import resource
from coachdesk.returns.case_studies import (
    AnswerIntruder,
    CaseStudyRow,
    SaveCaseStudy,
    SeenByClient,
    WithdrawCaseStudy,
    answer_intruder,
    list_case_studies,
    review_case_study,
    save_case_study,
    seen_by_client,
    withdraw_case_study,
)
from coachdesk.returns.case_studies_paper import SaveStory, StoryFor, check_story, save_story, story_document
from coachdesk.returns.case_studies_questions import intruder_questions
from coachdesk.returns.funder_sheets import AddSheet, SheetFile, add_sheet
from coachdesk.returns.narratives import SaveNarrative, SavePrompt, save_narrative, save_prompt
from coachdesk.returns.narratives_leaving import leaving, with_words
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, a_coach
from tests.returns.funder_forms import funder_form
from tests.returns.printed_returns import WISH, a_grant, a_prepared, a_release
from tests.vault_fixtures import TODAY

QUIET = Watch.silent()


def do(vault: OpenVault, command: Callable[[Session, Any], Any], wish: object) -> Any:
    with unit_of_work(vault, label="A test") as work:
        return command(work.session, wish)


@pytest.fixture
def programme(vault: OpenVault) -> UUID:
    with unit_of_work(vault, label="Lists") as work:
        seed_codes(work.session, resource())
    return a_grant(vault)


@pytest.fixture
def client(vault: OpenVault) -> UUID:
    with unit_of_work(vault, label="Added a client") as work:
        made = a_client(coach_id=vault.coach_id)
        work.session.add(made)
        return made.id


@pytest.fixture
def consent(vault: OpenVault, client: UUID) -> UUID:
    with unit_of_work(vault, label="Gave a permission") as work:
        made = Consent(client_id=client, purpose="photo_story", given_on=dt.date(2026, 9, 1))
        work.session.add(made)
        return made.id


def save(
    vault: OpenVault, client: UUID, programme: UUID, text: str = "Somebody found work.", **values: Any
) -> UUID:
    told = {"from_on": WISH.from_on, "to_on": WISH.to_on, "title": "A way back", **values}
    wish = SaveCaseStudy(client_id=client, programme_id=programme, text=text, **told)
    made: UUID = do(vault, save_case_study, wish)
    return made


def the_row(vault: OpenVault) -> CaseStudyRow:
    with reading(vault) as session:
        return list_case_studies(session, None)[0]


def ready(vault: OpenVault, study: UUID) -> None:
    """Take a case study through every hand."""
    answers = {one.key: "not_there" for one in intruder_questions()}
    do(vault, answer_intruder, AnswerIntruder(id=study, answers=answers))
    do(vault, seen_by_client, SeenByClient(id=study, on=TODAY))
    with unit_of_work(vault, label="Another person wrote it") as work:
        work.session.get_one(CaseStudy, study).written_by = "Iqra Malik"
    do(vault, review_case_study, study)


@pytest.fixture
def study(vault: OpenVault, client: UUID, consent: UUID, programme: UUID) -> UUID:
    assert consent is not None
    return save(vault, client, programme)


def test_without_a_permission_in_force_it_says_where_one_is_recorded(
    vault: OpenVault, client: UUID, programme: UUID
) -> None:
    with pytest.raises(
        Refusal, match=r"No permission for “Telling their story” is in force\..*under Details, Permissions"
    ):
        save(vault, client, programme)
    with unit_of_work(vault, label="Gave permissions") as work:
        work.session.add_all(
            [
                Consent(client_id=client, purpose="share_funder", given_on=TODAY),
                Consent(
                    client_id=client,
                    purpose="photo_story",
                    given_on=TODAY - dt.timedelta(9),
                    expires_on=TODAY - dt.timedelta(1),
                ),
            ]
        )
    with pytest.raises(Refusal, match="No permission"):
        save(vault, client, programme)


def test_a_new_one_says_everything_it_lacks(vault: OpenVault, study: UUID) -> None:
    row = the_row(vault)
    assert (row.id, row.client, row.programme, row.words) == (study, "Maya Okonkwo", "Community grant", 3)
    assert row.written_by == vault.person
    assert row.withdrawn == ""
    assert row.lacks == (
        "8 of 8 questions of the checklist are not answered.",
        "The client has not seen it.",
        "Nobody but the writer has reviewed it.",
    )
    assert not row.may_leave


def test_it_needs_a_title_whole_days_a_client_and_to_be_there(
    vault: OpenVault, client: UUID, consent: UUID, programme: UUID
) -> None:
    assert consent is not None
    with pytest.raises(Refusal) as refused:
        save(vault, client, programme, title=" ", to_on=None)
    assert set(refused.value.fields) == {"title", "to_on"}
    with pytest.raises(Refusal) as refused:
        save(vault, client, programme, to_on=WISH.from_on - dt.timedelta(1))
    assert refused.value.fields == {"to_on": "It ends before it begins."}
    with pytest.raises(Refusal, match="client is not there"):
        save(vault, vault.vault_id, programme)
    with pytest.raises(Refusal, match="case study is not there"):
        save(vault, client, programme, id=vault.vault_id)


def test_the_writer_cannot_review_and_the_checklist_comes_first(vault: OpenVault, study: UUID) -> None:
    with pytest.raises(Refusal, match="You wrote this"):
        do(vault, review_case_study, study)
    with unit_of_work(vault, label="Another person wrote it") as work:
        work.session.get_one(CaseStudy, study).written_by = "Iqra Malik"
    with pytest.raises(Refusal, match="8 of 8 questions"):
        do(vault, review_case_study, study)
    answers = {one.key: "changed" for one in intruder_questions()} | {"place": "there"}
    do(vault, answer_intruder, AnswerIntruder(id=study, answers=answers))
    with pytest.raises(Refusal, match="Still in the text: Places"):
        do(vault, review_case_study, study)
    do(vault, answer_intruder, AnswerIntruder(id=study, answers={"place": "changed"}))
    do(vault, review_case_study, study)
    row = the_row(vault)
    assert (row.reviewed_by, row.reviewed_on, row.lacks) == (
        vault.person,
        TODAY,
        ("The client has not seen it.",),
    )


@pytest.mark.parametrize("answers", [{"shoe": "changed"}, {"place": "perhaps"}])
def test_only_what_is_asked_can_be_answered(vault: OpenVault, study: UUID, answers: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="Choose one of the answers"):
        do(vault, answer_intruder, AnswerIntruder(id=study, answers=answers))


def test_another_text_is_shown_and_reviewed_again(
    vault: OpenVault, client: UUID, programme: UUID, study: UUID
) -> None:
    ready(vault, study)
    assert the_row(vault).may_leave
    save(vault, client, programme, id=study, from_on=None, to_on=None)
    assert the_row(vault).may_leave
    save(vault, client, programme, "Somebody found other work.", id=study)
    row = the_row(vault)
    assert (row.reviewed_by, row.seen_by_client_on, row.written_by) == ("", None, vault.person)
    with pytest.raises(Refusal, match="recorded once it was shown"):
        do(vault, seen_by_client, SeenByClient(id=study, on=TODAY + dt.timedelta(1)))


def test_a_permission_taken_back_withdraws_it_at_once_and_says_where_it_stood(
    vault: OpenVault, client: UUID, consent: UUID, programme: UUID, study: UUID
) -> None:
    ready(vault, study)
    release = a_release(vault, programme)
    prepared = with_words(vault, a_prepared())
    assert [one.title for one in prepared.stories] == ["A way back"]
    with unit_of_work(vault, label="Issued") as work:
        beside = leaving(work.session, prepared, work.session.get_one(Release, release))
    assert (dict(beside.files), beside.notes) == ({}, ())
    with reading(vault) as session:
        (sharing,) = session.scalars(select(Sharing).where(Sharing.client_id == client)).all()
    assert (sharing.sort, sharing.purpose, sharing.recipient, sharing.consent_id) == (
        "export",
        "photo_story",
        "A trust",
        consent,
    )
    assert the_row(vault).stood_in == (
        "Community grant, 1 July 2026 to 30 September 2026, issued 1 October 2026",
    )
    do(vault, withdraw_consent, WithdrawConsent(consent_id=consent, withdrawn_on=TODAY))
    row = the_row(vault)
    assert row.withdrawn == "Withdrawn: the client took the permission back on 5 October 2026."
    assert row.stood_in
    assert not row.may_leave
    assert with_words(vault, a_prepared()).stories == ()
    with pytest.raises(Refusal, match=r"may not leave yet\. Withdrawn"):
        do(vault, check_story, StoryFor(id=study, recipient="A paper"))


def test_a_permission_that_ended_or_was_never_linked_withdraws_it_too(
    vault: OpenVault, consent: UUID, study: UUID
) -> None:
    with unit_of_work(vault, label="Ended") as work:
        work.session.get_one(Consent, consent).expires_on = TODAY - dt.timedelta(1)
    assert the_row(vault).withdrawn == "Withdrawn: the permission is no longer in force."
    with unit_of_work(vault, label="Unlinked") as work:
        work.session.get_one(CaseStudy, study).consent_id = None
    assert the_row(vault).withdrawn == "Withdrawn: the permission is no longer in force."


def test_it_is_withdrawn_and_used_again_by_hand(vault: OpenVault, study: UUID) -> None:
    ready(vault, study)
    do(vault, withdraw_case_study, WithdrawCaseStudy(id=study))
    assert the_row(vault).withdrawn == "Withdrawn on 5 October 2026."
    assert with_words(vault, a_prepared()).stories == ()
    do(vault, withdraw_case_study, WithdrawCaseStudy(id=study, again=True))
    assert the_row(vault).may_leave


def test_only_what_may_leave_goes_into_its_own_return(
    vault: OpenVault, client: UUID, programme: UUID, study: UUID
) -> None:
    assert with_words(vault, a_prepared()).stories == ()
    ready(vault, study)
    other = a_prepared(
        wish=WISH.__class__(programme_key="grant", from_on=WISH.from_on, to_on=TODAY, as_at=TODAY)
    )
    assert with_words(vault, other).stories == ()
    assert len(with_words(vault, a_prepared()).stories) == 1
    prompt = do(vault, save_prompt, SavePrompt(programme_id=programme, title="In short"))
    do(
        vault,
        save_narrative,
        SaveNarrative(prompt_id=prompt, from_on=WISH.from_on, to_on=WISH.to_on, text="Well."),
    )
    assert [one.text for one in with_words(vault, a_prepared()).narratives] == ["Well."]
    question = a_prepared(question="How many?")
    assert with_words(vault, question) is question
    unknown = a_prepared(
        wish=WISH.__class__(programme_key="gone", from_on=WISH.from_on, to_on=TODAY, as_at=TODAY)
    )
    assert with_words(vault, unknown) is unknown
    assert client is not None


def test_it_goes_out_as_a_paper_of_its_own_and_is_written_down(
    vault: OpenVault, client: UUID, study: UUID, tmp_path: Path
) -> None:
    wish = SaveStory(story=StoryFor(id=study, recipient="The Westmorland Paper"), path=tmp_path / "story.pdf")
    with pytest.raises(Refusal, match=r"may not leave yet\. 8 of 8"):
        save_story(vault, wish, QUIET)
    assert not wish.path.exists()
    ready(vault, study)
    with pytest.raises(Refusal, match="Say who will read it"):
        do(vault, check_story, StoryFor(id=study, recipient=" "))
    assert do(vault, check_story, wish.story) == wish.story
    assert save_story(vault, wish, QUIET).read_bytes().startswith(b"%PDF")
    assert the_row(vault).stood_in == ("The Westmorland Paper, 5 October 2026",)
    with reading(vault) as session:
        (sharing,) = session.scalars(select(Sharing).where(Sharing.client_id == client)).all()
        assert (sharing.recipient, sharing.what) == ("The Westmorland Paper", "Case study “A way back”")
        plain = story_document(session, session.get_one(CaseStudy, study))
    assert (plain.title, plain.author, plain.watermark) == ("A way back", "Furness Into Work", None)
    with unit_of_work(vault, label="Practice") as work:
        work.session.scalars(select(Organisation)).one().is_practice = True
    with reading(vault) as session:
        assert story_document(session, session.get_one(CaseStudy, study)).watermark is not None


def test_a_permission_for_somebody_else_lets_nothing_out(
    vault: OpenVault, consent: UUID, study: UUID, tmp_path: Path
) -> None:
    ready(vault, study)
    with unit_of_work(vault, label="For one reader") as work:
        work.session.get_one(Consent, consent).recipient = "The Westmorland Paper"
    wish = SaveStory(story=StoryFor(id=study, recipient="Another"), path=tmp_path / "story.pdf")
    with pytest.raises(Refusal, match="is for The Westmorland Paper, not for Another"):
        save_story(vault, wish, QUIET)
    assert list(tmp_path.glob("*.pdf")) == []
    assert the_row(vault).stood_in == ()


def test_a_coach_writes_for_her_own_clients_and_sees_no_others(
    vault: OpenVault, client: UUID, programme: UUID, study: UUID
) -> None:
    with unit_of_work(vault, label="Changed a role") as work:
        colleague = a_coach()
        work.session.add(colleague)
        theirs = a_client(first_name="Jean", last_name="Postlethwaite", coach_id=colleague.id)
        work.session.add(theirs)
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
        other = theirs.id
    save(vault, client, programme, id=study)
    with pytest.raises(ReasonNeeded):
        save(vault, other, programme)
    with unit_of_work(vault, label="Handed over") as work:
        work.session.get_one(Client, client).coach_id = work.session.get_one(Client, other).coach_id
    with reading(vault) as session:
        assert list_case_studies(session, None) == ()


def test_sheets_go_beside_a_pack_and_are_kept_with_it(vault: OpenVault, programme: UUID) -> None:
    file = SheetFile(name="form.xlsx", content=funder_form())
    do(vault, add_sheet, AddSheet(programme_id=programme, title="County form", file=file))
    release = a_release(vault, programme)
    with unit_of_work(vault, label="Issued") as work:
        beside = leaving(work.session, a_prepared(), work.session.get_one(Release, release))
    assert list(beside.files) == ["County form (funder’s sheet).xlsx"]
    assert "nothing was chosen" in beside.notes[0]
    with reading(vault) as session:
        kept = session.scalars(select(ReleaseFile).where(ReleaseFile.release_id == release)).one()
        assert kept.content == beside.files[kept.name]
