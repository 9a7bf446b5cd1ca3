"""What leaves beside the figures of a return: the words written for it, case studies, and the funder's own sheets."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.permission_check import RecordSharing, record_sharing
from coachdesk.models import CaseStudy, Programme, Release, ReleaseFile
from coachdesk.returns.case_studies import PURPOSE, note_pack, studies_for
from coachdesk.returns.funder_sheets_filled import Filled, filled_for
from coachdesk.returns.narratives import narratives_of
from coachdesk.returns.wishes import PreparedReturn, StoryText
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import clock_of, reading


def with_words(vault: OpenVault, prepared: PreparedReturn) -> PreparedReturn:
    """Return the return with what is written for its period now, and the case studies that may leave today.

    Asked for when a pack is written, so that a permission taken back since the figures were worked out counts.
    """
    if prepared.question:
        return prepared
    with reading(vault) as session:
        programme = session.scalar(select(Programme.id).where(Programme.key == prepared.wish.programme_key))
        if programme is None:
            return prepared
        studies = studies_for(session, programme, prepared.wish.period)
        stories = tuple(StoryText(case_study_id=one.id, title=one.title, text=one.text) for one in studies)
        return replace(
            prepared, narratives=narratives_of(session, programme, prepared.wish.period), stories=stories
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Files that go beside a pack, by name, and what is to be known of them."""

    sheets: tuple[Filled, ...] = ()

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return the filled sheets by the names of their files."""
        return {sheet.name: sheet.content for sheet in self.sheets}

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what is to be known of the sheets."""
        return tuple(note for sheet in self.sheets for note in sheet.notes)


def leaving(session: Session, prepared: PreparedReturn, release: Release) -> Beside:
    """Enter what leaves beside the figures of an issued return, and return its files.

    The filled sheets are kept with the release; each case study is written down as passed on about its client, and
    remembers the pack. Raises Refusal when a permission was taken back meanwhile.
    """
    for story in prepared.stories:
        study = session.get_one(CaseStudy, story.case_study_id)
        record_sharing(
            session,
            RecordSharing(
                client_id=study.client_id,
                sort="export",
                purpose=PURPOSE,
                recipient=prepared.funder or "Readers of the return",
                what=f"Case study “{study.title}”, in the return for {prepared.wish.period.words}",
                shared_on=clock_of(session).today(),
            ),
        )
        note_pack(study, release.id)
    sheets = filled_for(session, prepared)
    for sheet in sheets:
        digest = hashlib.sha256(sheet.content).hexdigest()
        session.add(ReleaseFile(release_id=release.id, name=sheet.name, sha256=digest, content=sheet.content))
    return Beside(sheets=sheets)
