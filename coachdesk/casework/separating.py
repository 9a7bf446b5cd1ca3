"""Separating two records that were joined: both people as they were, and what came since with whom it belongs to.

Later work is not taken back. What was changed since stays changed; what was added since stays with the record it was
added to unless somebody says that it is the other's. What hangs on a record goes where that record goes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import next_reference
from coachdesk.casework.joined import Joining, joined_with, joining_of, note_both, of_a_client, own_reference
from coachdesk.casework.merging import check_may_join
from coachdesk.casework.record_words import Line, RecordWords, field_words
from coachdesk.errors import Refusal
from coachdesk.models import Client, JournalEntry, Record
from coachdesk.models.base import PARAGRAPH, Words
from coachdesk.terms import Kind, Ref
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.chronicle import EVENT, INSERT
from coachdesk.vault.erasure import SEPARATED
from coachdesk.vault.undo import Step, Steps, in_chunks, steps_of
from coachdesk.vault.values import record_of, shape
from coachdesk.vault.work import chronicle_of, describe

NOT_JOINED = "This record was not joined with another one."
TOGETHER = frozenset({"birth", "address"})
"""Groups that go back whole or not at all: half of each would be a date or an address that never was."""
_LINES_TOLD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewUnmerge:
    """The record that was put away when two were joined."""

    merged_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CameSince:
    """A record that was added since two were joined, in words; ``goes_with`` names what it hangs on, if anything."""

    ref: Ref
    title: str
    words: str
    goes_with: Ref | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """What separating means: who is put back, what came since, and what else follows."""

    keep_id: UUID
    other_id: UUID
    keep_name: str
    other_name: str
    other_reference: str
    reason: str
    since: tuple[CameSince, ...]
    consequences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmergeClients:
    """Separate two records again; ``theirs`` are those of the records since that belong to the one put back."""

    merged_id: UUID
    theirs: frozenset[Ref] = frozenset()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is known of a joining: both records, what it changed, and all that is filed under the one that stayed."""

    joining: Joining
    keep: Client
    other: Client
    steps: Steps
    filed: dict[Ref, Record]
    since: tuple[Ref, ...]

    def moved(self) -> frozenset[Ref]:
        """Return the records that were filed anew when the two were joined, and still are there."""
        before = {ref: _before(ref, step).get("client_id") for ref, step in self.steps.items()}
        return frozenset(ref for ref in self.filed if before.get(ref) == self.other.id)


def preview_unmerge(session: Session, question: PreviewUnmerge) -> Separation:
    """Return what separating two records means; raises Refusal for what cannot be separated."""
    check_may_see(session, question.merged_id)
    ground = _ground(session, question.merged_id)
    check_may_see(session, ground.keep.id)
    words = RecordWords(session)
    return Separation(
        keep_id=ground.keep.id,
        other_id=ground.other.id,
        keep_name=f"{ground.keep.called()} ({ground.keep.reference})",
        other_name=ground.other.called(),
        other_reference=own_reference(ground.other),
        reason=session.scalar(select(JournalEntry.reason).where(JournalEntry.unit == ground.joining.unit))
        or "",
        since=tuple(_came(ground, ref, words) for ref in ground.since if _is_told(ref)),
        consequences=tuple(_consequences(session, ground)),
    )


def preview_last_joining(session: Session, client_id: UUID) -> Separation:
    """Return what separating a client means from whoever was joined with them last, seen from either record.

    Raises Refusal for a record that was not joined with another.
    """
    check_may_see(session, client_id)
    joined = joined_with(session, client_id)
    merged_id = joined[0].other_id if joined else client_id
    return preview_unmerge(session, PreviewUnmerge(merged_id=merged_id))


def unmerge_clients(session: Session, wish: UnmergeClients) -> UUID:
    """Put back both people as they were before they were joined; return the id of the one put back.

    Raises Refusal for what was not joined or was erased since, when another record was joined later, for a record
    that did not come since, and for a coach who has not both.
    """
    ground = _ground(session, wish.merged_id)
    check_may_join(session, ground.keep, ground.other)
    if not wish.theirs <= set(ground.since):
        raise Refusal("Some of these were there before the two were joined. Look at the list again.")
    owners = _owners(ground, wish.theirs)
    for ref, owner in owners.items():
        _file(ground.filed[ref], ref, owner, owners)
    for ref, step in ground.steps.items():
        record = session.get(record_of(ref.kind), ref.id)
        if record is not None:
            _put_back(record, step)
    _free_reference(session, ground)
    note_both(session, SEPARATED, ground.keep, ground.other)
    chronicle_of(session).reason = wish.reason.strip()
    describe(session, f"Separated {ground.other.initials()} from {ground.keep.initials()}")
    return ground.other.id


def _ground(session: Session, merged_id: UUID) -> _Ground:
    joining = joining_of(session, merged_id)
    if joining is None:
        raise Refusal(NOT_JOINED)
    keep, other = (session.get_one(Client, one) for one in (joining.keep_id, merged_id))
    further = joining_of(session, keep.id)
    if further is not None:
        kept = session.get_one(Client, further.keep_id)
        raise Refusal(f"{keep.called()} was joined with {kept.called()} since. Separate those two first.")
    last = joined_with(session, keep.id)[0]
    if last.other_id != merged_id:
        later = session.get_one(Client, last.other_id)
        raise Refusal(f"{later.called()} was joined with {keep.called()} later. Separate those two first.")
    entries = JournalEntry.unit == joining.unit, JournalEntry.operation != EVENT
    steps = steps_of(session.scalars(select(JournalEntry).where(*entries).order_by(JournalEntry.position)))
    filed = _filed(session, keep.id)
    return _Ground(joining, keep, other, steps, filed, _since(session, joining, filed))


def _filed(session: Session, client_id: UUID) -> dict[Ref, Record]:
    found: dict[Ref, Record] = {}
    for kind in of_a_client():
        record: Any = kind
        for one in session.scalars(select(record).where(record.client_id == client_id)):
            found[Ref(kind.KIND, one.id)] = one
    return found


def _since(session: Session, joining: Joining, filed: Mapping[Ref, Record]) -> tuple[Ref, ...]:
    """Return the records that were added to the one that stayed since, the first added first."""
    newest = select(func.max(JournalEntry.position)).where(JournalEntry.unit == joining.unit)
    rows = session.execute(
        select(JournalEntry.entity, JournalEntry.row_id)
        .where(
            JournalEntry.scope == joining.keep_id.hex,
            JournalEntry.operation == INSERT,
            JournalEntry.position > newest.scalar_subquery(),
        )
        .order_by(JournalEntry.position)
    )
    added = dict.fromkeys(Ref(Kind(entity), row_id) for entity, row_id in rows if row_id is not None)
    return tuple(ref for ref in added if ref in filed)


def _before(ref: Ref, step: Step) -> dict[str, Any]:
    known = shape(record_of(ref.kind))
    return {name: value for text in step.before.values() for name, value in known.decoded(text).items()}


def _owners(ground: _Ground, theirs: frozenset[Ref]) -> dict[Ref, UUID]:
    """Return under whom each record is filed once the two are separated."""
    moved = ground.moved()
    owners = {ref: ground.other.id if ref in moved | theirs else ground.keep.id for ref in ground.filed}
    for ref in ground.since:
        carrier = _carrier(ground, ref)
        if carrier is not None:
            owners[ref] = owners[carrier]
    return owners


def _carrier(ground: _Ground, ref: Ref) -> Ref | None:
    """Return the record at the end of the line of records that this one cannot be without."""
    for name, kind, may_be_blank in _links(ref.kind):
        carrier = Ref(kind, getattr(ground.filed[ref], name))
        if not may_be_blank and carrier in ground.filed:
            return (_carrier(ground, carrier) if carrier in ground.since else None) or carrier
    return None


@cache
def _links(kind: Kind) -> tuple[tuple[str, Kind, bool], ...]:
    """Return the fields of a kind of record that point at another record of the client."""
    kinds = {one.__tablename__: one.KIND for one in of_a_client()}
    columns = [(attribute.key, attribute.columns[0]) for attribute in inspect(record_of(kind)).column_attrs]
    return tuple(
        (name, kinds[key.column.table.name], bool(column.nullable))
        for name, column in columns
        for key in column.foreign_keys
        if key.column.table.name in kinds
    )


def _file(record: Record, ref: Ref, owner: UUID, owners: Mapping[Ref, UUID]) -> None:
    """File a record under its owner, and let go of links to what is the other person's."""
    if getattr(record, "client_id") != owner:  # noqa: B009  every class of of_a_client has it
        setattr(record, "client_id", owner)  # noqa: B010  as above
    for name in _parting(record, ref, owners):
        setattr(record, name, None)


def _parting(record: Record, ref: Ref, owners: Mapping[Ref, UUID]) -> list[str]:
    """Return the links that would lead from one person's record to the other's."""
    links = {name: Ref(kind, getattr(record, name)) for name, kind, blank in _links(ref.kind) if blank}
    return [name for name, target in links.items() if owners.get(target, owners[ref]) != owners[ref]]


def _put_back(record: Record, step: Step) -> None:
    """Give fields the values they had, where they still stand as the joining left them."""
    known = shape(type(record))
    for group, text in step.before.items():
        before, after = known.decoded(text), known.decoded(step.after[group])
        names = [name for name in before if before[name] != after.get(name) and name != "client_id"]
        standing = [name for name in names if getattr(record, name) == after.get(name)]
        if group in TOGETHER and standing != names:
            continue
        for name in standing:
            setattr(record, name, before[name])


def _changed_since(record: Record, step: Step) -> Iterator[str]:
    """Yield the fields that the joining changed and somebody changed again."""
    known = shape(type(record))
    for group, text in step.before.items():
        before, after = known.decoded(text), known.decoded(step.after[group])
        for name, value in after.items():
            if before.get(name) != value != getattr(record, name) and name != "client_id":
                yield name


def _free_reference(session: Session, ground: _Ground) -> None:
    """Give the one put back a new reference where somebody else has the old one by now."""
    other = ground.other
    with session.no_autoflush:
        taken = session.scalar(
            select(Client.id).where(Client.reference == other.reference, Client.id != other.id)
        )
        if taken is not None:
            other.reference = next_reference(session)


def _is_told(ref: Ref) -> bool:
    return field_words(ref.kind.value) is not None


def _came(ground: _Ground, ref: Ref, words: RecordWords) -> CameSince:
    values = {name: getattr(ground.filed[ref], name) for name in shape(record_of(ref.kind)).types}
    lines = words.lines(ref.kind.value, values)
    texts = [line for line in lines[_LINES_TOLD:] if _is_text(ref.kind, line)]
    said = (*lines[:_LINES_TOLD], *texts[:1])  # by its note one knows whose a contact is
    return CameSince(
        ref=ref,
        title=words.title(ref.kind.value),
        words="; ".join(f"{line.label}: {line.words}" for line in said),
        goes_with=_carrier(ground, ref),
    )


def _is_text(kind: Kind, line: Line) -> bool:
    """Return whether somebody wrote this line at any length: a note, not a name or a date."""
    column = record_of(kind).__table__.columns[line.name]
    return isinstance(column.type, Words) and column.type.longest >= PARAGRAPH


def _consequences(session: Session, ground: _Ground) -> Iterator[str]:
    """Yield what separating means, in words."""
    keep, other, moved = ground.keep.called(), ground.other.called(), ground.moved()
    told = sum(map(_is_told, moved))
    yield f"{other} comes back with {told} of the records filed under {keep}, as they stand today."
    changed = _units_since(session, ground, moved)
    if changed:
        steps = "one step" if changed == 1 else f"{changed} steps"
        yield f"Some of them were changed since, in {steps}; those changes stay."
    step = ground.steps.get(Ref(Kind.CLIENT, ground.keep.id))
    labels = field_words(Kind.CLIENT.value)
    for name in _changed_since(ground.keep, step) if step else ():
        label = labels.fields.get(name, name) if labels else name
        yield f"{label} of {keep} was changed since and stays as it is."
    if ground.since:
        yield f"What was added since stays with {keep} unless you say that it belongs to {other}."
    owners = _owners(ground, frozenset())
    parting = sum(len(_parting(ground.filed[ref], ref, owners)) for ref in owners)
    if parting:
        yield f"Links between records that part are let go: {parting}, if nothing else is chosen."


def _units_since(session: Session, ground: _Ground, refs: frozenset[Ref]) -> int:
    last = max(step.position for step in ground.steps.values())
    found: set[UUID] = set()
    for chunk in in_chunks(ref.id for ref in refs):
        rows = session.scalars(
            select(JournalEntry.unit).where(
                JournalEntry.row_id.in_(chunk), JournalEntry.position > last, JournalEntry.operation != EVENT
            )
        )
        found.update(rows)
    return len(found)
