"""The release register: every pack that was issued, to be listed, issued again, and weighed with later ones."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only, undefer

from coachdesk.errors import Refusal
from coachdesk.models import Programme, Release, ReleaseFile, ReleaseReview
from coachdesk.models.base import TEAM
from coachdesk.returns.earlier import Past, past, tags
from coachdesk.returns.folders import written_folder
from coachdesk.returns.periods import Period
from coachdesk.returns.reopened import hidden_share
from coachdesk.returns.wishes import Issued, ReissueWish, ReleaseRow
from coachdesk.terms import Kind, Ref
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, record_event, unit_of_work


def earlier_releases(session: Session, people: Iterable[UUID], salt: UUID, programme_id: UUID) -> Past:
    """Return the issued releases that count any of these people, oldest first, told apart from other programmes'."""
    ours = tags(people, salt)
    rows = session.execute(
        select(Release.counted, Release.programme_id).order_by(Release.issued_at, Release.id)
    ).all()
    shared = [
        (counted, programme)
        for counted, programme in rows
        if not ours.isdisjoint(tag for _, _, known in counted.get("populations", ()) for tag in known)
    ]
    return past(
        [counted for counted, _ in shared],
        of_others={place for place, (_, programme) in enumerate(shared) if programme != programme_id},
    )


def list_releases(session: Session, question: None = None) -> tuple[ReleaseRow, ...]:  # noqa: ARG001  every question takes a second argument
    """Return every issued release, the newest first."""
    files: dict[UUID, list[str]] = {}
    for release, name in session.execute(
        select(ReleaseFile.release_id, ReleaseFile.name).order_by(ReleaseFile.name)
    ):
        files.setdefault(release, []).append(name)
    reviews = {
        review.release_id: review
        for review in session.scalars(
            select(ReleaseReview).options(
                load_only(
                    ReleaseReview.release_id, ReleaseReview.sort, ReleaseReview.title, ReleaseReview.reason
                )
            )
        )
    }
    rows = session.execute(
        select(Release, Programme.title)
        .join(Programme, Programme.id == Release.programme_id)
        .order_by(Release.issued_at.desc(), Release.id.desc())
    ).all()
    superseded = {release.supersedes_id for release, _ in rows}
    return tuple(
        _release_row(
            release,
            title,
            tuple(files.get(release.id, ())),
            reviews.get(release.id),
            is_superseded=release.id in superseded,
        )
        for release, title in rows
    )


def _release_row(
    release: Release,
    programme: str,
    files: tuple[str, ...],
    review: ReleaseReview | None,
    *,
    is_superseded: bool,
) -> ReleaseRow:
    period = Period(release.from_on, release.to_on).words
    row = ReleaseRow(
        id=release.id,
        programme=programme,
        period=period,
        as_at=release.as_at,
        issued_at=release.issued_at,
        issued_by=release.issued_by,
        files=files,
        title=f"{programme}, {period}",
        hidden_share=hidden_share(release.counted),
        verdict=str(release.finding.get("verdict", "")),
        is_superseded=is_superseded,
    )
    if review is None:
        return row
    return replace(row, title=review.title, sort=review.sort, reason=review.reason)


def reissue(vault: OpenVault, wish: ReissueWish, watch: Watch) -> Issued:
    """Write an issued pack again, byte for byte; raises Refusal when the register does not hold it."""
    watch.progress(0.0, "Reading the register")
    with reading(vault) as session:
        rows = session.scalars(
            select(ReleaseFile)
            .where(ReleaseFile.release_id == wish.release_id)
            .options(undefer(ReleaseFile.content))
            .order_by(ReleaseFile.name)
        ).all()
        content = {row.name: row.content for row in rows}
    if not content:
        raise Refusal("That return is not in the register. Choose one from the list.")
    watch.progress(0.5, "Writing the files")
    files = written_folder(wish.folder, content)
    with unit_of_work(vault, label="Wrote an issued return again") as work:
        record_event(work.session, "wrote an issued return again", TEAM, Ref(Kind.RELEASE, wish.release_id))
    return Issued(release_id=wish.release_id, files=files, folder=wish.folder)
