"""A document comes into the vault by button and by drop, is looked at, named, copied out, put away and taken back."""

import io
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.documents import (
    DocumentRow,
    KeepDocument,
    keep_document,
    list_documents,
    put_document_away,
)
from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.desk.counter import DraftRow, Executors
from coachdesk.models import Client
from coachdesk.models.sharing import LARGEST_DOCUMENT
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.documents_card import DocumentsCard
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow
from tests.makers import a_contact, ask, do, keep
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

FORM = b"%PDF-1.7 a signed form"


def card_of(desk: DeskWindow) -> DocumentsCard:
    (found,) = desk.view.findChildren(DocumentsCard)
    return found


def kept(vault: OpenVault, caseload: Caseload) -> tuple[DocumentRow, ...]:
    return ask(vault, list_documents, ClientQuestion(client_id=caseload.today, today=TODAY))


def a_picture(width: int = 3000, height: int = 40, kind: str = "PNG") -> bytes:
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, kind)  # type: ignore[call-overload]  # the stubs know file names alone
    return bytes(buffer.data().data())


def a_pdf(pages: int, side: float = 400) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(side, side))
    for number in range(1, pages + 1):
        canvas.drawString(20, 200, f"Page {number} of an invented life")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture
def papers(desk: DeskWindow, caseload: Caseload) -> DocumentsCard:
    desk.open(caseload.today)
    desk.tab("papers")
    return card_of(desk)


def test_a_file_is_kept_named_and_taken_back(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, papers: DocumentsCard, tmp_path: Path
) -> None:
    client = ask(vault, lambda s, _: s.get_one(Client, caseload.today))
    contact = a_contact(client)
    keep(vault, contact)
    assert "No documents yet" in desk.words(papers)
    path = tmp_path / "scan 1.pdf"
    path.write_bytes(FORM)
    desk.dialogs.script([path])
    desk.press("Add a document…", papers)
    assert papers.form.form is not None
    assert papers.form.form.raw()["title"] == "scan 1"
    form = papers.form.form
    desk.fill(form, title="Signed permission", sort="consent_form", note="Both pages")
    form.input("about").set_raw(f"contact {contact.id.hex}")
    desk.press("Save", papers.form)
    (row,) = kept(vault, caseload)
    assert (row.title, row.sort) == ("Signed permission", "consent_form")
    assert row.about == Ref(Kind.CONTACT, contact.id)
    words = desk.words(papers)
    for said in ("Signed permission", "Both pages", "22 bytes", "belongs to a contact"):
        assert said in words
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert kept(vault, caseload)[0].title == "scan 1"
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert kept(vault, caseload) == ()


def test_files_are_dropped_and_what_cannot_be_kept_is_said_beside_the_rest(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, papers: DocumentsCard, tmp_path: Path
) -> None:
    names = {"one.pdf": FORM, "empty.pdf": b"", "two.txt": b"Hello", "again.pdf": FORM}
    for name, content in names.items():
        (tmp_path / name).write_bytes(content)
    with (tmp_path / "large.pdf").open("wb") as stream:
        stream.truncate(LARGEST_DOCUMENT + 1)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in (*names, "large.pdf")])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(QPoint(5, 5), copy, dropped, left, none)
    QApplication.sendEvent(papers, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(papers, QDropEvent(QPoint(5, 5), copy, dropped, left, none))
    assert {row.file_name for row in kept(vault, caseload)} == {"one.pdf", "two.txt"}
    words = desk.words(papers)
    assert "empty.pdf: This file is empty." in words
    assert "large.pdf: This file has 25.1 MB; 25 MB are the limit." in words
    assert "again.pdf: This file is kept already: “one”" in words
    assert not papers.files.progress.isVisible()
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/cv.pdf")])
    refused = QDragEnterEvent(QPoint(5, 5), copy, web, left, none)
    refused.ignore()
    QApplication.sendEvent(papers, refused)
    assert not refused.isAccepted()
    QApplication.sendEvent(papers, QDropEvent(QPoint(5, 5), copy, web, left, none))
    assert len(kept(vault, caseload)) == 2


def test_documents_are_looked_at_inside_the_program(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, papers: DocumentsCard
) -> None:
    for name, content in (
        ("wide.png", a_picture()),
        ("photo.jpg", a_picture(200, 100, "JPEG")),
        ("broken.png", b"\x89PNG\r\n\x1a\nnothing"),
        ("notes.txt", "Café at nine".encode()),
        ("old.txt", "Café at ten".encode("cp1252")),
        ("form.pdf", FORM),
    ):
        do(vault, keep_document, KeepDocument(client_id=caseload.today, file_name=name, content=content))
    papers.refresh()
    preview = papers.preview
    desk.press("Look at “wide”", papers)
    assert 0 < preview.picture.pixmap().width() <= preview.width()
    assert preview.picture.accessibleName() == "Picture of “wide”"
    desk.press("Look at “photo”", papers)
    assert preview.picture.pixmap().width() == 200
    for title, words in (("notes", "Café at nine"), ("old", "Café at ten")):
        desk.press(f"Look at “{title}”", papers)
        assert preview.words.toPlainText() == words
        assert not preview.picture.isVisible()
    for title in ("form", "broken"):
        desk.press(f"Look at “{title}”", papers)
        assert "cannot be shown here" in desk.words(preview)
        assert "not encrypted" in desk.words(preview)
    desk.key(Qt.Key.Key_Escape)
    assert preview.isHidden()
    assert preview.words.toPlainText() == ""
    assert papers.add_button.hasFocus()


def test_a_pdf_is_turned_page_by_page_by_keyboard_alone(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, papers: DocumentsCard
) -> None:
    for name, content in (("cv.pdf", a_pdf(3)), ("wall.pdf", a_pdf(1, side=20_000))):
        do(vault, keep_document, KeepDocument(client_id=caseload.today, file_name=name, content=content))
    papers.refresh()
    preview = papers.preview
    desk.press("Look at “cv”", papers)
    seen = preview.picture.pixmap().toImage()
    assert (preview.turning.place.text(), preview.picture.accessibleName()) == (
        "Page 1 of 3",
        "Page 1 of 3 of “cv”",
    )
    desk.key(Qt.Key.Key_PageUp)
    assert preview.turning.place.text() == "Page 1 of 3"
    desk.key(Qt.Key.Key_PageDown)
    assert preview.picture.accessibleName() == "Page 2 of 3 of “cv”"
    assert preview.picture.pixmap().toImage() != seen
    preview.turning.later.setFocus()
    desk.key(Qt.Key.Key_Space)
    assert preview.turning.place.text() == "Page 3 of 3"
    assert preview.turning.earlier.hasFocus()  # there is no next page to stay at
    desk.key(Qt.Key.Key_Space)
    assert preview.turning.place.text() == "Page 2 of 3"
    desk.press("Look at “wall”", papers)
    assert "shown smaller than it can be read" in desk.words(preview)
    desk.press("Look at “cv”", papers)
    (cv,) = (row for row in kept(vault, caseload) if row.title == "cv")
    do(vault, put_document_away, cv.id)  # as on another laptop
    desk.key(Qt.Key.Key_PageDown)
    assert "not there any more" in desk.words(papers)
    desk.key(Qt.Key.Key_Escape)
    assert preview.isHidden()
    assert preview.picture.pixmap().isNull()


def test_a_copy_leaves_with_a_clear_word_and_stands_in_the_history(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, papers: DocumentsCard, tmp_path: Path
) -> None:
    do(vault, keep_document, KeepDocument(client_id=caseload.today, file_name="form.pdf", content=FORM))
    papers.refresh()
    target = tmp_path / "out.pdf"
    desk.dialogs.script(None, target)
    desk.press("Save a copy of “form”", papers)
    assert not target.exists()
    desk.press("Look at “form”", papers)
    desk.press("Save a copy…", papers.preview)
    assert target.read_bytes() == FORM
    assert "not encrypted" in desk.said[-1].words
    assert all("not encrypted" in asked for asked in desk.dialogs.asked)
    newest = ask(vault, read_history, HistoryQuestion(client_id=caseload.today))[0]
    assert (newest.label, newest.events) == ("Saved a copy of a document of TH", ("Exported",))
    desk.press("History of “form”", papers)
    assert "Document: added" in desk.words(desk.view)


def test_a_document_is_put_away_and_brought_back(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, papers: DocumentsCard
) -> None:
    do(vault, keep_document, KeepDocument(client_id=caseload.today, file_name="form.pdf", content=FORM))
    papers.refresh()
    desk.press("Put “form” away", papers)
    assert "No documents yet" in desk.words(papers)
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    papers.refresh()
    assert "form" in desk.words(papers)
    (row,) = kept(vault, caseload)
    look = desk.button("Look at “form”", papers)
    do(vault, put_document_away, row.id)  # as on another laptop: the line still stands here
    desk.click(look)
    assert "not there any more" in desk.words(papers)


def test_a_form_that_was_put_away_opens_again_from_its_draft(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, papers: DocumentsCard
) -> None:
    do(vault, keep_document, KeepDocument(client_id=caseload.today, file_name="form.pdf", content=FORM))
    papers.refresh()
    desk.press("Change “form”", papers)
    form = papers.form.form
    assert form is not None
    desk.fill(form, title="Signed form")
    form.draft.emit(form.raw())
    desk.press("Put away", papers.form)
    drafts: list[DraftRow] = []
    desk.desk.read_drafts(drafts.extend)
    (draft,) = drafts
    desk.open(caseload.coming)
    desk.window.go_on_writing(draft)
    again = card_of(desk).form.form
    assert again is not None
    assert again.raw()["title"] == "Signed form"


def test_a_large_file_says_how_far_it_is_and_can_be_stopped(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, tmp_path: Path
) -> None:
    desk = open_desk(vault, Executors.threads())
    desk.open(caseload.today)
    desk.tab("papers")
    papers = card_of(desk)
    large = tmp_path / "large.pdf"
    large.write_bytes(FORM * 900_000)
    papers.files.add_files([large, tmp_path / "never.pdf"])
    assert papers.files.progress.isVisible()
    desk.click(papers.files.progress.cancel)
    desk.until(papers.files.progress.isHidden)
    assert papers.files.refusal.isHidden()  # the file that is not there was never asked for
    for row in kept(vault, caseload):  # read before it could be stopped
        do(vault, put_document_away, row.id)
    papers.files.add_files([large])
    desk.until(lambda: len(kept(vault, caseload)) == 1)
    desk.until(lambda: papers.form.form is not None)
