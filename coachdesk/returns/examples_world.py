"""The small world of a worked example: invented people as records, in memory and never on a disk."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import create_engine, inspect
from sqlalchemy.orm import ColumnProperty, Session
from sqlalchemy.pool import StaticPool

from coachdesk.casework.codes import seed_codes
from coachdesk.errors import Refusal
from coachdesk.models import Base, Employer, Programme, Record
from coachdesk.resources import resource
from coachdesk.vault.driver import driver

_NOON = dt.time(12, tzinfo=dt.UTC)
_EMPTY: Mapping[type, Any] = {str: "", int: 0, bool: False, dict: {}, list: [], float: 0.0, bytes: b""}
_MINUTES = 60
_OF_A_JOB = ("hours", "pence")


@contextmanager
def invented_world() -> Iterator[Session]:
    """Give a session on empty tables in memory, with the lists that ship; whoever uses it rolls back after each example.

    No file is made and nothing of the vault is in it.
    """
    engine = create_engine("sqlite://", module=driver, poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA temp_store=MEMORY")
        Base.metadata.create_all(engine)
        with Session(engine, autoflush=False) as session:
            seed_codes(session, resource())
            session.commit()
            yield session
    finally:
        engine.dispose()


@dataclass(slots=True)
class Invented:
    """Puts the people of one example into a session and remembers who is called what."""

    session: Session
    as_at: dt.date
    names: dict[UUID, str] = field(default_factory=dict)
    programme: Programme = field(init=False)
    employer: Employer = field(init=False)

    def begin(self, definition: Mapping[str, Any]) -> None:
        """Put in the programme and an employer."""
        self.programme = Programme(key="example", title="Example", threshold=5, definition=dict(definition))
        self.employer = Employer(name="Employer of the example", folded="employer of the example")
        self.session.add_all([self.programme, self.employer])
        self.session.flush()

    def person(self, told: Mapping[str, Any]) -> None:
        """Put in one person with the records beneath; raises Refusal for a record or a field there is none of."""
        name = str(told.get("name", "")).strip()
        if not name or name in self.names.values():
            raise Refusal("Every person of an example needs a name of their own.")
        values = {key: value for key, value in told.items() if key != "name" and not _is_records(value)}
        client = self._record(
            "client",
            {
                "first_name": name,
                "last_name": "Invented",
                "reference": f"E{len(self.names) + 1:04}",
                **values,
            },
            {},
        )
        self.names[client.id] = name
        self._beneath(told, {"client_id": client.id})

    def records(self, told: Mapping[str, Any]) -> None:
        """Put in records that belong to nobody, such as a rate."""
        self._beneath(told, {})

    def _beneath(self, told: Mapping[str, Any], above: Mapping[str, UUID]) -> None:
        for table, rows in told.items():
            for row in rows if _is_records(rows) else ():
                self._with_beneath(table, row, above)

    def _with_beneath(self, table: str, told: Mapping[str, Any], above: Mapping[str, UUID]) -> None:
        values = {key: value for key, value in told.items() if not _is_records(value)}
        terms = {key: values.pop(key) for key in _OF_A_JOB if table == "job" and key in values}
        made = self._record(table, values, above)
        here = {**above, f"{table}_id": made.id}
        if terms:
            self._record("job_terms", _terms(terms, made), here)
        self._beneath({key: value for key, value in told.items() if _is_records(value)}, here)

    def _record(self, table: str, values: Mapping[str, Any], above: Mapping[str, UUID]) -> Record:
        record = _records_by_table().get(table)
        if record is None:
            raise Refusal(f"An example cannot hold “{table}”: the vault has no such records.")
        columns = inspect(record).column_attrs
        unknown = sorted(values.keys() - {column.key for column in columns})
        if unknown:
            raise Refusal(f"In an example “{table}” has no field “{unknown[0]}”.")
        given = {column.key: _typed(column, values[column.key]) for column in columns if column.key in values}
        links = {"programme_id": self.programme.id, "employer_id": self.employer.id, **above}
        for column in columns:
            if column.key not in given:
                given |= self._filled(column, links)
        made = record(**given)
        self.session.add(made)
        self.session.flush()
        return made

    def _filled(self, column: ColumnProperty[Any], links: Mapping[str, UUID]) -> dict[str, Any]:
        """Return what a field holds that an example leaves out: its link, or something harmless where it must hold something."""
        place = column.columns[0]
        if column.key in links and place.foreign_keys:
            return {column.key: links[column.key]}
        if place.primary_key or place.nullable or place.default is not None or place.foreign_keys:
            return {}
        kind = _kind(column)
        moments = {dt.date: self.as_at, dt.datetime: dt.datetime.combine(self.as_at, _NOON)}
        return {column.key: moments.get(kind, _EMPTY.get(kind, ""))}


def _is_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _terms(told: Mapping[str, Any], job: Record) -> dict[str, Any]:
    hours = told.get("hours")
    return {
        "as_on": job.started_on,  # type: ignore[attr-defined]  # only a job has terms
        "usual_minutes": None if hours is None else round(hours * _MINUTES),
        "hourly_pence": told.get("pence"),
    }


def _kind(column: ColumnProperty[Any]) -> type[Any]:
    """Return which Python values a column takes; the columns of the vault put their own clothes over plain ones."""
    place = column.columns[0].type
    found: type[Any] = getattr(place, "impl_instance", place).python_type
    return found


def _typed(column: ColumnProperty[Any], value: Any) -> Any:
    """Return a value as its column takes it: an example kept as JSON holds its dates as texts."""
    kind = _kind(column)
    try:
        if kind is dt.datetime and not isinstance(value, dt.datetime):
            day = value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
            return dt.datetime.combine(day, _NOON)
        if kind is dt.date and isinstance(value, str):
            return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Refusal(
            f"“{value}” is not a date. Write it as year-month-day, for example 2026-09-30."
        ) from None
    return value


def _records_by_table() -> dict[str, type[Record]]:
    classes = (mapper.class_ for mapper in Record.registry.mappers)
    return {one.__tablename__: one for one in classes if issubclass(one, Record)}
