"""A case study as a paper of its own; what leaves is written down as passed on about the client."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.permission_check import RecordSharing, record_sharing
from coachdesk.errors import Refusal
from coachdesk.models import CaseStudy, Organisation
from coachdesk.press.blocks import Block, Document, Facts, Heading, Note, Text
from coachdesk.press.cells import date_words
from coachdesk.press.pdf import pdf
from coachdesk.returns.case_studies import PURPOSE, note_left, ready_study
from coachdesk.returns.narratives import paragraphs
from coachdesk.returns.report import PRACTICE
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import clock_of, describe, unit_of_work


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFor:
    """A case study that is to go to somebody."""

    id: UUID
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveStory:
    """A case study that is to lie in a file for somebody."""

    story: StoryFor
    path: Path


def check_story(session: Session, wish: StoryFor) -> StoryFor:
    """Return the wish when the case study may leave; raises Refusal that says what it lacks, and without a recipient."""
    if not wish.recipient.strip():
        raise Refusal("Say who will read it.", fields={"recipient": "Say who will read it."})
    ready_study(session, wish.id)
    return wish


def save_story(vault: OpenVault, wish: SaveStory, watch: Watch) -> Path:
    """Write a case study as a PDF, and that it left into the client's record; return its path.

    Raises Refusal when it may not leave or its permission is for somebody else, and Trouble for the drive; then
    neither file nor entry is left.
    """
    watch.progress(0.1, "Setting the case study")
    with unit_of_work(vault, label="Passed on a case study") as work:
        session = work.session
        check_story(session, wish.story)
        study = ready_study(session, wish.story.id)
        today = clock_of(session).today()
        record_sharing(
            session,
            RecordSharing(
                client_id=study.client_id,
                sort="export",
                purpose=PURPOSE,
                recipient=wish.story.recipient,
                what=f"Case study “{study.title}”",
                shared_on=today,
            ),
        )
        note_left(study, wish.story.recipient.strip(), today)
        describe(session, "Passed on a case study")
        paper = pdf(story_document(session, study))
        watch.progress(0.7, "Writing the file")
        with system_troubles():
            written_whole(wish.path, paper)
    return wish.path


def story_document(session: Session, study: CaseStudy) -> Document:
    """Return a case study as a document; nobody is named in it but the organisation."""
    organisation = session.scalars(select(Organisation).order_by(Organisation.id)).first()
    name = organisation.name if organisation else ""
    made = clock_of(session).today()
    blocks: list[Block] = [
        Heading(1, study.title),
        Facts((("Organisation", name), ("Written on", date_words(made)))),
        *(Text(part) for part in paragraphs(study.text)),
        Note(
            "Told with the client’s permission, shown to them, and checked by a second person. Details were changed."
        ),
    ]
    return Document(
        title=study.title,
        blocks=tuple(blocks),
        subject="Case study",
        author=name,
        watermark=PRACTICE if organisation and organisation.is_practice else None,
        made=made,
    )
