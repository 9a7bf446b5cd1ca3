"""A letter as a file: the words that were kept, large where asked, and not again once its permission has ended."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.consents import WithdrawConsent, withdraw_consent
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.casework.letter_templates import all_templates
from coachdesk.casework.letters import LetterQuestion, list_letters, make_letter
from coachdesk.errors import Refusal, Trouble
from coachdesk.models import Client, Coach, Consent, Hub, Letter, Organisation
from coachdesk.models.base import new_id
from coachdesk.papers.letter import (
    LetterPaper,
    LetterPrint,
    PrintLetter,
    letter_document,
    letter_file_name,
    letter_print_choices,
    letter_style,
    read_letter_paper,
    write_letter,
)
from coachdesk.press.pdf import pdf
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, a_coach, a_consent, ask, do, furnished, keep
from tests.press.paper import Paper
from tests.vault_fixtures import HUB, ORGANISATION, PERSON, TODAY

LARGE = 18
APPOINTMENT = {
    "appointment_day": "Monday 12 October 2026",
    "appointment_time": "10.30 am",
    "appointment_place": "the bakery",
}


def said(data: bytes) -> str:
    """Return all that a screen reader reads out of a file, in its order."""
    words = " ".join(text for _, text in Paper(data).read())
    return " ".join(words.replace("\xa0", " ").split())


@dataclass(slots=True)
class Post:
    """A client at a hub, and letters about them."""

    vault: OpenVault
    client: Client
    consent: Consent

    def made(self, key: str, **more: Any) -> UUID:
        template = next(one.id for one in ask(self.vault, all_templates) if one.key == key)
        wish = LetterQuestion(client_id=self.client.id, template_id=template, today=TODAY, **more)
        return do(self.vault, make_letter, wish)[0]

    def appointment(self) -> UUID:
        return self.made("appointment", answers=APPOINTMENT)

    def write(self, letter_id: UUID, target: Path, size: LetterPrint = LetterPrint.STANDARD) -> Path:
        wish = PrintLetter(letter_id=letter_id, today=TODAY, target=target, size=size)
        return write_letter(self.vault, wish, Watch())

    def paper(self, letter_id: UUID) -> LetterPaper:
        with reading(self.vault) as session:
            return read_letter_paper(session, letter_id, TODAY)


@pytest.fixture
def post(vault: OpenVault) -> Post:
    furnished(vault)
    with unit_of_work(vault, label="An address") as work:
        hub = work.session.query(Hub).one()
        hub.address, hub.postcode = "1 Duke Street", "LA14 1AA"
    client = a_client(hub_id=hub.id, address="4 Abbey Road", postcode="LA13 9XY", coach_id=vault.coach_id)
    consent = a_consent(client, purpose="share_employer")
    keep(vault, client, consent)
    return Post(vault, client, consent)


@pytest.mark.parametrize("size", LetterPrint)
def test_the_words_that_were_kept_are_the_words_on_paper(
    post: Post, tmp_path: Path, size: LetterPrint
) -> None:
    target = post.write(post.appointment(), tmp_path / "out" / "mine.pdf", size)
    words = said(target.read_bytes())
    assert f"{ORGANISATION} {HUB} 1 Duke Street LA14 1AA" in words
    assert "Maya Okonkwo 4 Abbey Road Barrow-in-Furness LA13 9XY" in words
    assert "5 October 2026" in words
    assert "at 10.30 am." in words
    assert f"Yours sincerely, {PERSON}" in words
    assert list(target.parent.iterdir()) == [target]


def test_large_print_has_nothing_smaller() -> None:
    style = letter_style(LetterPrint.LARGE)
    assert min(style.body, style.small) >= LARGE
    assert letter_style(LetterPrint.LARGE, certificate=True).body >= LARGE
    assert [words for _, words in letter_print_choices()] == ["Standard", "Large print (18 point)"]


def test_neither_file_nor_title_names_anybody(post: Post, tmp_path: Path) -> None:
    letter = post.appointment()
    names = [post.write(letter, tmp_path, size).name for size in (*LetterPrint, LetterPrint.LARGE)]
    assert names == ["letter.pdf", "letter-large-print.pdf", "letter-large-print-2.pdf"]
    assert letter_file_name(LetterPrint.LARGE) == names[1]
    document = letter_document(post.paper(letter))
    assert "Maya" not in f"{document.title}{document.subject}{document.author}"
    (tmp_path / "mine.pdf").write_bytes(b"somebody else's")
    assert post.write(letter, tmp_path / "mine").name == "mine-2.pdf"


def test_a_certificate_has_a_line_to_sign_and_no_address(post: Post) -> None:
    paper = post.paper(post.made("certificate", answers={"own_words": "Baking"}))
    assert paper.is_certificate
    words = said(pdf(letter_document(paper)))
    assert "Signed" in words
    assert "Baking" in words
    assert "Abbey Road" not in words


def test_an_empty_body_still_makes_a_certificate_and_a_letter() -> None:
    bare = LetterPaper(
        organisation="",
        from_where="",
        recipient="Maya Okonkwo",
        address="",
        written_on=TODAY,
        subject="Hello",
        body="",
        watermark="Practice data",
        is_certificate=True,
    )
    assert "Maya Okonkwo" in said(pdf(letter_document(bare)))


def test_a_letter_without_a_closing_is_set_as_it_is(post: Post) -> None:
    paper = LetterPaper(
        organisation="",
        from_where="",
        recipient="Maya Okonkwo",
        address="",
        written_on=TODAY,
        subject="Hello",
        body="One.\n\nTwo.\n\n\n\nThree.",
        watermark=None,
    )
    words = said(pdf(letter_document(paper)))
    assert "Maya Okonkwo 5 October 2026 Hello One. Two. Three." in words


def test_printing_is_journalled(post: Post, tmp_path: Path) -> None:
    post.write(post.appointment(), tmp_path)
    question = HistoryQuestion(client_id=post.client.id, limit=50)
    assert "Printed a letter about MO" in [row.label for row in ask(post.vault, read_history, question)]


def test_once_the_permission_has_ended_it_is_not_printed_again(post: Post, tmp_path: Path) -> None:
    letter = post.made("employer", recipient="Bay Bakery")
    assert post.write(letter, tmp_path).exists()
    do(post.vault, withdraw_consent, WithdrawConsent(consent_id=post.consent.id, withdrawn_on=TODAY))
    with pytest.raises(Refusal, match="not in force any more"):
        post.write(letter, tmp_path)
    assert len(list(tmp_path.glob("*.pdf"))) == 1
    (row,) = ask(post.vault, list_letters, ClientQuestion(client_id=post.client.id, today=TODAY))
    assert row.closed


def test_what_is_gone_put_away_or_erased_is_not_printed(post: Post) -> None:
    letter = post.appointment()
    with pytest.raises(Refusal, match="not there any more"):
        post.paper(new_id())
    with unit_of_work(post.vault, label="Put away") as work:
        work.session.get_one(Letter, letter).archived_at = post.vault.clock.now()
    with pytest.raises(Refusal, match="not there any more"):
        post.paper(letter)
    other = post.appointment()
    do(post.vault, erase_client, EraseClient(client_id=post.client.id, reason="Asked for it"))
    with pytest.raises(Refusal, match="not there any more"):
        post.paper(other)


def test_a_colleagues_client_stays_closed(post: Post) -> None:
    letter = post.appointment()
    colleague = a_coach()
    keep(post.vault, colleague)
    with unit_of_work(post.vault, by_program=True) as work:
        work.session.get_one(Client, post.client.id).coach_id = colleague.id
        work.session.get_one(Coach, post.vault.coach_id).role = Role.COACH
    with pytest.raises(ReasonNeeded):
        post.paper(letter)


def test_a_drive_that_takes_no_file_leaves_nothing_in_the_history(post: Post, tmp_path: Path) -> None:
    letter = post.appointment()
    (tmp_path / "file").touch()
    with pytest.raises(Trouble):
        post.write(letter, tmp_path / "file" / "letter.pdf")
    question = HistoryQuestion(client_id=post.client.id, limit=50)
    assert "Printed a letter about MO" not in [row.label for row in ask(post.vault, read_history, question)]


def test_practice_data_say_so(post: Post) -> None:
    letter = post.appointment()
    with unit_of_work(post.vault, label="Practice") as work:
        work.session.query(Organisation).one().is_practice = True
        work.session.get_one(Client, post.client.id).hub_id = None
    paper = post.paper(letter)
    assert paper.watermark == "Practice data: an invented person"
    assert paper.from_where == ""
