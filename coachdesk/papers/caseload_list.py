"""A list of clients on paper: exactly the lines, the columns and the order that were on the screen.

It names people, and says so on its first page and in every header; each client's history tells that it was printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.caseload_columns import column_of
from coachdesk.casework.caseload_lists import ANYBODY, ClientList, ListQuestion, read_list
from coachdesk.casework.caseload_reading import MINE, shipped_list
from coachdesk.errors import Refusal
from coachdesk.models import Coach, Organisation
from coachdesk.press.blocks import Block, Callout, Document, Facts, Heading, Note, TableBlock, Text
from coachdesk.press.pdf import pdf
from coachdesk.press.style import BLACK_AND_WHITE, PageStyle
from coachdesk.terms import Kind, Ref
from coachdesk.vault.file_names import with_ending
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import describe, reading, record_event, unit_of_work

ENDING = ".pdf"
FILE_NAME = "list-of-clients" + ENDING
"""A name on a stick or in a list of print jobs names nobody, and no list says who is on it."""
_PRACTICE = "Practice data: invented people"
_TITLE = "List of clients – personal data"
_PERSONAL = (
    "This paper names people we support. Keep it with you or locked away, show it to nobody outside the team, and "
    "shred it when it is done with."
)
_STYLE = PageStyle(landscape=True, inks=BLACK_AND_WHITE, margin=42.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintList:
    """Set the list of a question on paper; ``title`` is what it is called, ``target`` the file."""

    question: ListQuestion
    title: str
    target: Path


def list_document(session: Session, wish: PrintList) -> tuple[Document, ClientList]:
    """Return the list as a document, and the list itself; raises Refusal for one with nobody on it."""
    found = read_list(session, wish.question)
    if not found.rows:
        raise Refusal("Nobody is on this list; there is nothing to print.")
    organisation = session.scalars(select(Organisation)).first()
    document = Document(
        title=_TITLE,
        blocks=tuple(_blocks(session, wish, found)),
        subject="List of clients",
        author=organisation.name if organisation else "",
        watermark=_PRACTICE if organisation and organisation.is_practice else None,
        made=wish.question.today,
    )
    return document, found


def _blocks(session: Session, wish: PrintList, found: ClientList) -> Iterator[Block]:
    today = wish.question.today
    number = len(found.rows)
    yield Heading(1, wish.title)
    yield Callout("Personal data", _PERSONAL)
    yield Text(shipped_list(wish.question.list).meaning)
    yield Facts(
        [
            ("Clients", str(number)),
            ("As on", f"{today.day} {today:%B %Y}"),
            *_narrowing(session, found),
        ]
    )
    yield TableBlock(
        f"{number} clients" if number != 1 else "1 client",
        [column.title for column in found.columns],
        [[column.words(row) for column in found.columns] for row in found.rows],
        flows_on=True,
    )
    yield Note("Everybody on the list is on this paper; nothing was left off at the end.")


def _narrowing(session: Session, found: ClientList) -> Iterator[tuple[str, str]]:
    """Return what the list was narrowed to and how it is sorted, as labels with their words."""
    question = found.question
    if question.whose == MINE:
        yield "Whose", "Mine"
    elif question.whose != ANYBODY:
        names = {coach.id.hex: coach.name for coach in session.scalars(select(Coach))}
        yield "Whose", names.get(question.whose, "")
    if question.words:
        yield "With the words", question.words
    titles = {column.key: column.title for column in found.offered}
    offered = {column.key: column for column in found.offered}
    for key, words in question.only:
        column = offered.get(key) or column_of(key, {})
        yield f"Only {titles.get(key, key)}", column.narrowed_words(words)
    if question.order:
        column = column_of(question.order, {})
        way = ", the last first" if question.descending else ""
        yield "Sorted by", titles.get(question.order, column.title) + way


def write_list(vault: OpenVault, wish: PrintList, watch: Watch) -> Path:
    """Write the list into one file, whole or not at all, and journal for each client that it was printed.

    Raises Refusal as ``list_document`` does, Cancelled, or the Trouble of the drive.
    """
    watch.progress(0.1, "Reading the list")
    with reading(vault) as session:
        document, found = list_document(session, wish)
    watch.progress(0.3, "Setting it on paper")
    data = pdf(document, style=_STYLE)
    watch.progress(0.9, "Writing the file")
    # inside the action: what cannot be written down is not handed out, and what cannot be handed out is not told
    with unit_of_work(vault) as work, system_troubles():
        people = "1 client" if len(found.rows) == 1 else f"{len(found.rows)} clients"
        describe(work.session, f"Printed a list of {people}")
        for row in found.rows:
            record_event(work.session, "printed", row.id.hex, Ref(Kind.CLIENT, row.id))
        work.session.flush()
        target = with_ending(wish.target, ENDING)
        target.parent.mkdir(parents=True, exist_ok=True)
        written_whole(target, data)
    return target
