"""The journal of one unit of work: what the flushes changed, written as entries in the same transaction.

One entry a row and field group, with its digest and the chain over all entries (decisions.md 4). A digest covers
the words and values under a salt, so that chain and digests survive when an erased client's values go.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, desc, select
from sqlalchemy.orm import Session, attributes
from sqlalchemy.orm.base import PassiveFlag

from coachdesk.clock import Clock
from coachdesk.models import Base, Client, JournalEntry, Record, new_id
from coachdesk.terms import Changes, Kind, Ref
from coachdesk.vault.caseload_rights import Touched
from coachdesk.vault.columns import Same, insert_columns
from coachdesk.vault.search_index import keep_in_step
from coachdesk.vault.values import Shape, encoded, encoded_text, encoded_word, shape

TABLE = Base.metadata.tables[JournalEntry.__tablename__]
_OWN = TABLE.alias()
_NEWEST_OF = (
    select(_OWN.c.sequence)
    .where(_OWN.c.origin == bindparam("origin"))
    .order_by(desc(_OWN.c.sequence))
    .limit(1)
    .scalar_subquery()
)
NEWEST = (
    select(TABLE.c.position, TABLE.c.chain, TABLE.c.logical_clock, _NEWEST_OF.label("sequence"))
    .order_by(desc(TABLE.c.position))
    .limit(1)
)
"""Where the journal ends, and how far this copy's own entries go: made once, for every save asks it."""
SCHEMA = "0006"
START = bytes(32)
ERASED = bytes(16)
COUNTER_BITS = 16
INSERT, UPDATE, DELETE, EVENT = "insert", "update", "delete", "event"


def digest_of(salt: bytes, entry: dict[str, Any]) -> bytes:
    """Return the salted digest of an entry's words and values."""
    told = ",".join(encoded_text(entry[name]) for name in ("label", "reason", "before", "after"))
    return hashlib.sha256(salt + b"[" + told.encode() + b"]").digest()


def link_of(previous: bytes, entry: dict[str, Any]) -> bytes:
    """Return the chain's next link: the one before, who did what to which record when, and the digest.

    What is linked is one JSON list, put together here because an import links tens of thousands of entries.
    """
    row_id = entry["row_id"]
    record = "null" if row_id is None else f'"{row_id.hex}"'
    told = (
        f'["{entry["origin"].hex}",{entry["sequence"]},{entry["logical_clock"]},"{entry["at"].isoformat()}",'
        f'{encoded_word(entry["actor"])},"{entry["unit"].hex}",{encoded_word(entry["schema_revision"])},'
        f"{encoded_word(entry['scope'])},{encoded_word(entry['entity'])},{record},"
        f"{encoded_word(entry['field_group'])},{encoded_word(entry['operation'])}]"
    )
    return hashlib.sha256(previous + told.encode() + entry["digest"]).digest()


def values_of(known: Shape, values: Mapping[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    """Return, by field group, what a new record says; one with nothing said in it yet still came into being."""
    groups: dict[str, tuple[str | None, str | None]] = {}
    for group, names in known.groups:
        if not all(known.is_blank(name, values.get(name)) for name in names):
            groups[group] = (None, encoded({name: values.get(name) for name in names}))
    if not groups:
        group, names = known.groups[0]
        groups[group] = (None, encoded({name: values.get(name) for name in names}))
    return groups


@dataclass(slots=True)
class Trace:
    """What became of one record in this unit of work, whatever the number of flushes."""

    record: type[Record]
    scope: str
    operation: str
    groups: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)


@dataclass(slots=True)
class Event:
    """Something that was done without changing a value: a read, a print, an export."""

    name: str
    scope: str
    kind: str
    row_id: UUID | None


@dataclass(slots=True)
class Chronicle:
    """Collects the changes of one unit of work and writes them as journal entries when it ends."""

    origin: UUID
    actor: str
    clock: Clock
    label: str = ""
    reason: str = ""
    unit: UUID = field(default_factory=new_id)
    flushing: bool = False
    _traces: dict[Ref, Trace] = field(default_factory=dict)
    _events: list[Event] = field(default_factory=list)
    _olds: dict[tuple[Ref, str], Any] = field(default_factory=dict)

    def note(self, event: Event) -> None:
        """Keep an event until the unit of work ends."""
        self._events.append(event)

    def before_flush(self, session: Session) -> None:
        """Load what the journal needs of records about to change: other fields of their groups, old values."""
        self.flushing = True
        for record in session.dirty:
            if isinstance(record, Record) and session.is_modified(record):
                self._prepare(session, record)
        for record in session.deleted:
            if isinstance(record, Record):
                for name in shape(type(record)).group_of:
                    getattr(record, name)

    def _prepare(self, session: Session, record: Record) -> None:
        known = shape(type(record))
        changed = [name for name in known.group_of if _history(record, name).has_changes()]
        groups = {known.group_of[name] for name in changed}
        unknown = [name for name in changed if not _history(record, name).deleted]
        if unknown:
            columns = [getattr(type(record), name) for name in unknown]
            with session.no_autoflush:
                row = session.execute(select(*columns).where(type(record).id == record.id)).one()
            ref = Ref(record.KIND, record.id)
            self._olds.update({(ref, name): value for name, value in zip(unknown, row, strict=True)})
        for group, names in known.groups:
            for name in names if group in groups else ():
                getattr(record, name)

    def after_flush(self, session: Session) -> None:
        """Collect what this flush wrote and keep the search index in step."""
        added = [record for record in session.new if isinstance(record, Record)]
        gone = [record for record in session.deleted if isinstance(record, Record)]
        changed = [one for one in session.dirty if isinstance(one, Record) and session.is_modified(one)]
        for record in added:
            self._came(record)
        for record in changed:
            self._changed(record)
        for record in gone:
            self._went(record)
        keep_in_step(session, added=_clients(added), changed=_clients(changed), gone=_clients(gone))
        self._olds.clear()
        self.flushing = False

    def _came(self, record: Record) -> None:
        groups = values_of(shape(type(record)), attributes.instance_dict(record))
        ref = Ref(record.KIND, record.id)
        earlier = self._traces.get(ref)
        if earlier is None:
            self._traces[ref] = Trace(type(record), record.scope(), INSERT, groups)
            return
        earlier.operation = UPDATE  # it was taken out and put back within one action
        earlier.groups = {
            group: (earlier.groups.get(group, (None, None))[0], groups.get(group, (None, None))[1])
            for group in {**earlier.groups, **groups}
        }

    def _changed(self, record: Record) -> None:
        known = shape(type(record))
        ref = Ref(record.KIND, record.id)
        trace = self._traces.setdefault(ref, Trace(type(record), record.scope(), UPDATE))
        trace.scope = record.scope()
        for group, names in known.groups:
            before = {name: self._before(ref, record, name) for name in names}
            after = {name: getattr(record, name) for name in names} if _loaded(record, names) else {}
            if not after or before == after:
                continue
            first = trace.groups[group][0] if group in trace.groups else self._first(trace, before)
            trace.groups[group] = (first, encoded(after))

    @staticmethod
    def _first(trace: Trace, before: dict[str, Any]) -> str | None:
        return None if trace.operation == INSERT else encoded(before)

    def _before(self, ref: Ref, record: Record, name: str) -> Any:
        history = _history(record, name)
        if history.deleted:
            return history.deleted[0]
        if history.added:
            return self._olds.get((ref, name))
        return history.unchanged[0] if history.unchanged else None

    def _went(self, record: Record) -> None:
        known = shape(type(record))
        ref = Ref(record.KIND, record.id)
        earlier = self._traces.get(ref)
        if earlier is not None and earlier.operation == INSERT:
            del self._traces[ref]
            return
        groups: dict[str, tuple[str | None, str | None]] = {}
        for group, names in known.groups:
            before = {name: self._before(ref, record, name) for name in names}
            first = earlier.groups[group][0] if earlier and group in earlier.groups else encoded(before)
            groups[group] = (first, None)
        self._traces[ref] = Trace(type(record), record.scope(), DELETE, groups)

    def insert_many(self, session: Session, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert new records by one statement and keep their traces, exactly as a flush of each would.

        Every row names the same fields, its id and that of its client among them; the other fields are as in a new
        record. Raises Refusal for a text too long for its column.
        """
        if not rows:
            return
        known, table = shape(record), record.__table__
        assert isinstance(table, Table)  # noqa: S101 - a record is no view
        given = rows[0].keys()
        rest = {name: value for name, value in known.defaults.items() if name not in given}
        columns: dict[str, Sequence[Any] | Same] = {name: Same(value) for name, value in rest.items()}
        columns.update({name: [row[name] for row in rows] for name in given})
        insert_columns(session.connection(), table, columns)
        for row in rows:
            groups = values_of(known, {**rest, **row})
            self._traces[Ref(record.KIND, row["id"])] = Trace(record, row["client_id"].hex, INSERT, groups)

    def touched(self) -> list[Touched]:
        """Return which records were changed and whose they are, for the rights of who acts."""
        return [
            Touched(ref, trace.scope, is_new=trace.operation == INSERT, handed_from=_handed_from(ref, trace))
            for ref, trace in self._traces.items()
        ]

    def written(self) -> dict[Ref, frozenset[str]]:
        """Return which field groups of which records are written anew; a record that is new nobody else knows."""
        return {
            ref: frozenset(group for group, (before, after) in trace.groups.items() if before != after)
            for ref, trace in self._traces.items()
            if trace.operation != INSERT
        }

    def changes(self) -> Changes:
        """Return the change notice of this unit of work."""
        refs = frozenset(self._traces)
        return Changes(refs, self.unit, self.label) if refs or self._events else Changes()

    def write(self, session: Session) -> int | None:
        """Write the entries; returns the last position, or None when there was nothing to write."""
        entries = [*self._values(), *self._happenings()]
        if not entries:
            return None
        connection = session.connection()
        last = connection.execute(NEWEST, {"origin": self.origin}).first()
        chain, ticks, sequence = (last.chain, last.logical_clock, last.sequence) if last else (START, 0, None)
        ticks = max(ticks + 1, int(self.clock.now().timestamp() * 1000) << COUNTER_BITS)
        same = self._same()
        self._complete(entries, same, chain, (sequence or 0) + 1, ticks)
        own = {name: [entry[name] for entry in entries] for name in entries[0] if name not in same}
        insert_columns(connection, TABLE, own | {name: Same(value) for name, value in same.items()})
        return (last.position if last else 0) + len(entries)  # the next places: nothing is ever taken out

    @staticmethod
    def _complete(
        entries: list[dict[str, Any]], same: dict[str, Any], chain: bytes, sequence: int, ticks: int
    ) -> None:
        salts = os.urandom(16 * len(entries))
        for number, entry in enumerate(entries):
            entry.update(same)
            entry["sequence"] = sequence + number
            entry["logical_clock"] = ticks + number
            entry["salt"] = salts[16 * number : 16 * number + 16]
            entry["digest"] = digest_of(entry["salt"], entry)
            chain = entry["chain"] = link_of(chain, entry)

    def _same(self) -> dict[str, Any]:
        """Return what all entries of the action have in common."""
        return {
            "origin": self.origin,
            "at": self.clock.now(),
            "actor": self.actor,
            "unit": self.unit,
            "label": self.label,
            "reason": self.reason,
            "schema_revision": SCHEMA,
        }

    def _values(self) -> Iterable[dict[str, Any]]:
        for ref, trace in self._traces.items():
            for group, (before, after) in trace.groups.items():
                if before != after:
                    yield {
                        "scope": trace.scope,
                        "entity": ref.kind.value,
                        "row_id": ref.id,
                        "field_group": group,
                        "operation": trace.operation,
                        "before": before,
                        "after": after,
                    }

    def _happenings(self) -> Iterable[dict[str, Any]]:
        for event in self._events:
            yield {
                "scope": event.scope,
                "entity": event.kind,
                "row_id": event.row_id,
                "field_group": event.name,
                "operation": EVENT,
                "before": None,
                "after": None,
            }


def _handed_from(ref: Ref, trace: Trace) -> str | None:
    """Return who a client was with before, where that changed."""
    before, after = trace.groups.get("coach", (None, None))
    if ref.kind is not Kind.CLIENT or before is None or after is None:
        return None
    first, then = json.loads(before)["coach_id"], json.loads(after)["coach_id"]
    return (first or "") if first != then else None


def _history(record: Record, name: str) -> Any:
    return attributes.get_history(record, name, PassiveFlag.PASSIVE_NO_INITIALIZE)


def _loaded(record: Record, names: tuple[str, ...]) -> bool:
    values = attributes.instance_dict(record)
    return all(name in values for name in names)


def _clients(records: Iterable[Record]) -> list[Client]:
    return [record for record in records if isinstance(record, Client)]
