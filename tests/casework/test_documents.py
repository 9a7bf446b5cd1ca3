"""Documents lie in the vault with their digest; clear words for what cannot be kept, and undo both ways."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.document_links import LinkChoice, LinkQuestion, link_choices
from coachdesk.casework.documents import (
    ChangeDocument,
    KeepDocument,
    change_document,
    keep_document,
    list_documents,
    media_type_of,
    note_copy_left,
    put_document_away,
    read_document,
    size_words,
)
from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.errors import Refusal, Trouble
from coachdesk.models import Client, Coach, Document, DocumentContent, JournalEntry, Letter, new_id
from coachdesk.models.sharing import LARGEST_DOCUMENT
from coachdesk.terms import Kind, Ref, Role
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.journal import verify_chain
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import unit_of_work
from tests.makers import (
    a_client,
    a_coach,
    a_consent,
    a_contact,
    a_plan,
    ask,
    days_ago,
    do,
    found,
    keep,
)
from tests.vault_fixtures import PERSON, TODAY

SCAN = b"%PDF-1.7 " + b"a signed form " * 30


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, made)
    return made


def kept(vault: OpenVault, client: Client, content: bytes = SCAN, **values: Any) -> UUID:
    given = {"client_id": client.id, "file_name": "CV Maya.pdf", "content": content, "sort": "cv"}
    return do(vault, keep_document, KeepDocument(**{**given, **values}))[0]


def listed(vault: OpenVault, client: Client) -> list[UUID]:
    question = ClientQuestion(client_id=client.id, today=TODAY)
    return [one.id for one in ask(vault, list_documents, question)]


def take_back(vault: OpenVault) -> str:
    with unit_of_work(vault) as work:
        step = last_unit(work.session, PERSON)
        assert step is not None
        undo(work.session, step.unit)
    return step.label


def test_a_document_comes_back_byte_for_byte(desk_vault: OpenVault, client: Client) -> None:
    document_id = kept(desk_vault, client, note=" Signed ")
    whole = ask(desk_vault, read_document, document_id)
    assert (whole.content, whole.title, whole.file_name) == (SCAN, "CV Maya", "CV Maya.pdf")
    (row,) = ask(desk_vault, list_documents, ClientQuestion(client_id=client.id, today=TODAY))
    assert (row.title, row.sort_title, row.media_type, row.note) == (
        "CV Maya",
        "CV",
        "application/pdf",
        "Signed",
    )
    assert (row.size, row.size_words, row.added_on, row.coach) == (len(SCAN), "429 bytes", TODAY, PERSON)
    assert row.about is None


def test_the_journal_keeps_the_digest_and_never_the_bytes(desk_vault: OpenVault, client: Client) -> None:
    kept(desk_vault, client)
    told = ask(
        desk_vault,
        lambda s, _: [
            one.after
            for one in s.scalars(select(JournalEntry).where(JournalEntry.entity == "document_content"))
        ],
    )
    assert any("sha256" in str(one) for one in told)
    assert not any(SCAN.hex()[:40] in str(one) for one in told)
    assert ask(desk_vault, lambda s, _: verify_chain(s)) is None


def test_history_tells_of_the_document_and_not_of_its_bytes(desk_vault: OpenVault, client: Client) -> None:
    kept(desk_vault, client)
    newest = ask(desk_vault, read_history, HistoryQuestion(client_id=client.id))[0]
    assert [one.title for one in newest.changes] == ["Document"]


@pytest.mark.parametrize("content", [SCAN, b"short", b"\0" * 3_000_000])
def test_adding_is_taken_back_and_the_bytes_go(desk_vault: OpenVault, client: Client, content: bytes) -> None:
    kept(desk_vault, client, content)
    assert take_back(desk_vault) == "Kept a document with MO"
    assert listed(desk_vault, client) == []
    assert ask(desk_vault, lambda s, _: list(s.scalars(select(DocumentContent.id)))) == []
    kept(desk_vault, client, content)  # the same file may be added again
    assert len(listed(desk_vault, client)) == 1


def test_putting_away_is_taken_back_with_every_byte(desk_vault: OpenVault, client: Client) -> None:
    document_id = kept(desk_vault, client)
    _, label = do(desk_vault, put_document_away, document_id)
    assert label == "Put a document of MO away"
    assert listed(desk_vault, client) == []
    with pytest.raises(Refusal, match="not there any more"):
        ask(desk_vault, read_document, document_id)
    take_back(desk_vault)
    assert ask(desk_vault, read_document, document_id).content == SCAN


def test_what_cannot_be_kept_is_said_with_sizes(desk_vault: OpenVault, client: Client) -> None:
    with pytest.raises(Refusal, match=r"This file has 25\.1 MB; 25 MB are the limit"):
        kept(desk_vault, client, b"\0" * (LARGEST_DOCUMENT + 1))
    with pytest.raises(Refusal, match="empty"):
        kept(desk_vault, client, b"")
    with pytest.raises(Refusal, match="client is not there"):
        kept(desk_vault, client, client_id=new_id())


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("..\\..\\x.pdf", "x.pdf"),
        ("../../etc/x.pdf", "x.pdf"),
        ("a\0b\u202e.pdf", "ab.pdf"),
        ("C:\\", ""),
    ],
)
def test_fault_64_a_name_leads_nowhere_else(
    desk_vault: OpenVault, client: Client, name: str, kept_as: str
) -> None:
    document_id = do(
        desk_vault, keep_document, KeepDocument(client_id=client.id, file_name=name, content=SCAN)
    )[0]
    assert found(desk_vault, Document, document_id).file_name == kept_as


def test_the_largest_document_fits(desk_vault: OpenVault, client: Client) -> None:
    document_id = kept(desk_vault, client, b"\1" * LARGEST_DOCUMENT)
    assert found(desk_vault, Document, document_id).size == LARGEST_DOCUMENT


def test_the_same_file_is_kept_once_a_client(desk_vault: OpenVault, client: Client) -> None:
    first = kept(desk_vault, client, title="Signed form")
    with pytest.raises(Refusal, match="kept already: “Signed form”, added on 5 October 2026"):
        kept(desk_vault, client, title="Again")
    other = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, other)
    kept(desk_vault, other)
    do(desk_vault, put_document_away, first)
    kept(desk_vault, client)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("scan", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("scan.txt", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("Letter.DOCX", b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("notes.txt", b"Hello", "text/plain"),
        ("what.ever", b"Hello", "application/octet-stream"),
    ],
)
def test_a_file_is_what_it_begins_like(name: str, content: bytes, kind: str) -> None:
    assert media_type_of(name, content) == kind


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 byte"), (1023, "1023 bytes"), (1500, "1 KB"), (1024 * 1024, "1 MB"), (2_621_441, "2.6 MB")],
)
def test_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert size_words(size) == words


@pytest.mark.parametrize(("name", "title"), [(".pdf", ".pdf"), ("", "Document"), ("a.b.pdf", "a.b")])
def test_a_document_without_a_title_is_called_as_its_file(
    desk_vault: OpenVault, client: Client, name: str, title: str
) -> None:
    assert found(desk_vault, Document, kept(desk_vault, client, file_name=name)).title == title


def test_what_is_said_about_it_changes_and_its_bytes_do_not(desk_vault: OpenVault, client: Client) -> None:
    contact = a_contact(client)
    plan = a_plan(client)
    keep(desk_vault, contact, plan)
    about = Ref(Kind.CONTACT, contact.id)
    document_id = kept(desk_vault, client, about=about)
    question = ClientQuestion(client_id=client.id, today=TODAY)
    assert ask(desk_vault, list_documents, question)[0].about == about
    wish = ChangeDocument(id=document_id, title=" CV 2026 ", note="New", about=Ref(Kind.PLAN, plan.id))
    do(desk_vault, change_document, wish)
    document = found(desk_vault, Document, document_id)
    assert (document.title, document.sort, document.contact_id, document.plan_id) == (
        "CV 2026",
        "not_asked",
        None,
        plan.id,
    )
    with pytest.raises(Refusal) as refused:
        do(desk_vault, change_document, ChangeDocument(id=document_id, title=" "))
    assert set(refused.value.fields) == {"title"}
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, change_document, ChangeDocument(id=new_id(), title="x"))


def test_a_document_belongs_to_records_of_its_own_client_alone(desk_vault: OpenVault, client: Client) -> None:
    other = a_client(coach_id=desk_vault.coach_id)
    contact = a_contact(other)
    keep(desk_vault, other, contact)
    for stranger in (contact.id, new_id()):
        with pytest.raises(Refusal, match="belongs to"):
            kept(desk_vault, client, about=Ref(Kind.CONTACT, stranger))


def test_what_it_can_belong_to_is_said_in_words(desk_vault: OpenVault, client: Client) -> None:
    consent, plan = a_consent(client), a_plan(client)
    letter = Letter(client_id=client.id, written_on=TODAY, subject="Your appointment", recipient="Maya")
    old = a_contact(client, happened_on=days_ago(300))
    contacts = [a_contact(client, happened_on=days_ago(n + 1)) for n in range(12)]
    keep(desk_vault, consent, plan, letter, old, *contacts)
    choices = ask(desk_vault, link_choices, LinkQuestion(client_id=client.id))
    words = [one.words for one in choices]
    assert words[0].startswith("Permission: ")
    assert "_" not in words[0]
    assert words[1:3] == ["Plan, version 1", "Letter of 5 October 2026: Your appointment"]
    assert len(choices) == 15
    assert choices[3] == LinkChoice(
        ref=Ref(Kind.CONTACT, contacts[0].id), words="Contact of 4 October 2026: Phone"
    )
    for also, count in ((Ref(Kind.CONTACT, old.id), 16), (Ref(Kind.CONTACT, contacts[3].id), 15)):
        question = LinkQuestion(client_id=client.id, also=also)
        assert len(ask(desk_vault, link_choices, question)) == count


def test_bytes_that_were_changed_outside_are_told(desk_vault: OpenVault, client: Client) -> None:
    document_id = kept(desk_vault, client)
    with desk_vault._writer.connect() as connection:
        connection.execute(text("SELECT 1"))
        connection.exec_driver_sql("UPDATE document_content SET content = x'00'")
        connection.commit()
    with pytest.raises(Trouble, match="not as it was kept"):
        ask(desk_vault, read_document, document_id)


def test_a_copy_that_left_stands_in_the_journal(desk_vault: OpenVault, client: Client) -> None:
    document_id = kept(desk_vault, client)
    _, label = do(desk_vault, note_copy_left, document_id)
    assert label == "Saved a copy of a document of MO"
    entry = ask(
        desk_vault,
        lambda s, _: s.scalars(select(JournalEntry).order_by(JournalEntry.position.desc()).limit(1)).one(),
    )
    assert (entry.field_group, entry.operation, entry.row_id) == ("exported", "event", document_id)


def test_a_colleagues_documents_stay_closed(desk_vault: OpenVault) -> None:
    colleague = a_coach()
    theirs = a_client(coach_id=colleague.id)
    keep(desk_vault, colleague, theirs)
    document_id = kept(desk_vault, theirs)
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    for reading in (
        lambda: ask(desk_vault, read_document, document_id),
        lambda: listed(desk_vault, theirs),
        lambda: ask(desk_vault, link_choices, LinkQuestion(client_id=theirs.id)),
    ):
        with pytest.raises(ReasonNeeded):
            reading()
