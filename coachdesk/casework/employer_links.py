"""What is filed with an employer: every record of any kind that names it, found from the models themselves."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from coachdesk.models import Employer, Record
from coachdesk.terms import Kind, Ref

_TABLE = Employer.__tablename__


@cache
def naming_an_employer() -> tuple[tuple[type[Record], str], ...]:
    """Return the classes of records that name an employer, each with the field that does; employers themselves do not."""
    found = [
        (mapper.class_, attribute.key)
        for mapper in Record.registry.mappers
        if issubclass(mapper.class_, Record) and mapper.class_ is not Employer
        for attribute in mapper.column_attrs
        if any(key.column.table.name == _TABLE for key in attribute.columns[0].foreign_keys)
    ]
    return tuple(sorted(found, key=_by_kind))


def _by_kind(pair: tuple[type[Record], str]) -> tuple[str, str]:
    return pair[0].KIND.value, pair[1]


def filed_with(session: Session, employer_id: UUID) -> dict[Ref, tuple[Record, str]]:
    """Return all records that name an employer, each with the field that does."""
    found: dict[Ref, tuple[Record, str]] = {}
    for kind, field in naming_an_employer():
        record: Any = kind
        for one in session.scalars(select(record).where(getattr(record, field) == employer_id)):
            found[Ref(one.KIND, one.id)] = (one, field)
    return found


@cache
def links_between() -> dict[Kind, tuple[tuple[str, Kind], ...]]:
    """Return for each such class its fields that point at another such record: a talk's site, an application's vacancy."""
    kinds = {record.__tablename__: record.KIND for record, _ in naming_an_employer()}
    return {
        record.KIND: tuple(
            (attribute.key, kinds[key.column.table.name])
            for attribute in inspect(record).column_attrs
            for key in attribute.columns[0].foreign_keys
            if key.column.table.name in kinds
        )
        for record, _ in naming_an_employer()
    }
