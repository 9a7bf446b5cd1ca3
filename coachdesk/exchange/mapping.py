"""Which column means which field: proposed from the headings, changed by the person, kept for the next sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.custom_fields import custom_fields
from coachdesk.errors import Refusal
from coachdesk.exchange.fields import Field, all_fields, own_field
from coachdesk.exchange.headings import KINDS, fields_of, fold, is_known_heading
from coachdesk.exchange.sheets import Sheet
from coachdesk.models import ImportMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A field a column can be given: its key, its title, the kind of sheet it belongs to, whether it is needed."""

    key: str
    title: str
    kind: str
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMapping:
    """Which field each column of a sheet fills: heading and field key, empty for a column that is left out."""

    sheet: str
    columns: tuple[tuple[str, str], ...]

    @property
    def kind(self) -> str:
        """Return the kind of sheet its fields belong to, empty when no column is given a field."""
        kinds = {key.partition(".")[0] for _, key in self.columns if key}
        return kinds.pop() if len(kinds) == 1 else ""


Mapping_ = SheetMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedMapping:
    """A mapping kept under a name, with the headings it was made for."""

    id: UUID
    name: str
    sheet_kind: str
    headings: tuple[str, ...]
    columns: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveMapping:
    """The wish to keep a mapping under a name; the same name again replaces it."""

    name: str
    sheet_kind: str
    headings: tuple[str, ...]
    columns: Mapping[str, str]


def _row(field: Field) -> FieldRow:
    return FieldRow(key=field.key, title=field.title, kind=field.kind, needed=field.needed)


FIELDS: tuple[FieldRow, ...] = tuple(_row(field) for field in all_fields().values())
"""Every field that ships and a column can be given, in the order they are best offered."""
Questions = Sequence[FieldRow]
"""The questions of our own a column can answer."""


def list_fields(kind: str, questions: Questions = ()) -> tuple[FieldRow, ...]:
    """Return the fields a sheet of a kind can fill, the questions of our own behind the others."""
    return tuple(field for field in (*FIELDS, *questions) if field.kind == kind)


def list_own_questions(session: Session, _question: None) -> tuple[FieldRow, ...]:
    """Return the questions of our own that are asked now, as fields a column can be given."""
    return tuple(_row(own_field(one)) for one in custom_fields(session))


def sheet_name(sheet: Sheet) -> str:
    """Return the name by which a sheet and its mapping find each other: file, and sheet in a workbook."""
    return f"{sheet.file} / {sheet.sheet}" if sheet.sheet else sheet.file


def propose(sheet: Sheet, saved: Sequence[SavedMapping] = (), questions: Questions = ()) -> SheetMapping:
    """Return the mapping of a sheet: one kept for just these headings, else what the synonym table knows.

    A heading in the words of a question of our own is its column, unless the table knows just these words.
    """
    wanted = sorted(map(fold, sheet.headings))
    for kept in saved:
        if sorted(map(fold, kept.headings)) == wanted:
            return mapping_of(sheet, kept.columns)
    fields = fields_of(sheet.kind, sheet.headings) if sheet.kind else ("",) * len(sheet.headings)
    keys = [f"{sheet.kind}.{field}" if field else "" for field in fields]
    own = {fold(one.title): one.key for one in questions if one.kind == sheet.kind}
    for place, heading in enumerate(sheet.headings):
        if not is_known_heading(sheet.kind, heading):
            keys[place] = own.pop(fold(heading), keys[place])
    return SheetMapping(sheet=sheet_name(sheet), columns=tuple(zip(sheet.headings, keys, strict=True)))


def known_as(
    sheet: Sheet, saved: Sequence[SavedMapping] = (), questions: Questions = ()
) -> tuple[Sheet, SheetMapping]:
    """Return a sheet with its mapping, its kind that of a mapping kept for its headings if there is one."""
    mapping = propose(sheet, saved, questions)
    return replace(sheet, kind=mapping.kind or sheet.kind), mapping


def taken_as(
    sheet: Sheet, kind: str, saved: Sequence[SavedMapping] = (), questions: Questions = ()
) -> tuple[Sheet, SheetMapping]:
    """Return a sheet taken for a kind a person named, with the mapping that fits; no kind leaves the sheet out.

    Raises Refusal when there is no such kind.
    """
    if kind and kind not in KINDS:
        raise Refusal("A sheet holds clients, contacts or jobs. Choose one of them.")
    taken = replace(sheet, kind=kind)
    if not kind:
        return taken, mapping_of(sheet, {})
    return taken, propose(taken, [kept for kept in saved if kept.sheet_kind == kind], questions)


def mapping_of(sheet: Sheet, columns: Mapping[str, str]) -> SheetMapping:
    """Return a mapping of a sheet from heading to field key; headings it does not name are left out."""
    folded = {fold(heading): key for heading, key in columns.items()}
    return SheetMapping(
        sheet=sheet_name(sheet),
        columns=tuple(
            (heading, columns.get(heading, folded.get(fold(heading), ""))) for heading in sheet.headings
        ),
    )


def check_mapping(mapping: SheetMapping, questions: Questions = ()) -> None:
    """Raise Refusal when a mapping names an unknown field, one field twice, or misses a field that is needed."""
    titles = {field.key: field.title for field in (*FIELDS, *questions)}
    keys = [key for _, key in mapping.columns if key]
    unknown = [key for key in keys if key not in titles]
    if unknown:
        raise Refusal(f"There is no field “{unknown[0]}”. Choose a field from the list for this column.")
    twice = [key for key in keys if keys.count(key) > 1]
    if twice:
        raise Refusal(f"Two columns of “{mapping.sheet}” are to fill “{titles[twice[0]]}”. Keep one of them.")
    if keys and not mapping.kind:
        raise Refusal(
            f"The columns of “{mapping.sheet}” belong to different kinds of sheet. Choose one kind."
        )
    missing = [
        field.title
        for field in all_fields().values()
        if field.kind == mapping.kind and field.needed and field.key not in keys
    ]
    if missing:
        raise Refusal(f"“{mapping.sheet}” has no column for “{missing[0]}”. Say which column holds it.")
    if mapping.kind == "clients" and not {
        "clients.first_name",
        "clients.last_name",
        "clients.full_name",
    } & set(keys):
        raise Refusal(f"“{mapping.sheet}” has no column for a name. Say which column holds it.")


def list_saved_mappings(session: Session, _question: None) -> tuple[SavedMapping, ...]:
    """Return the mappings that were kept, by name."""
    found = session.scalars(select(ImportMapping).order_by(ImportMapping.name, ImportMapping.id))
    return tuple(
        SavedMapping(
            id=one.id,
            name=one.name,
            sheet_kind=one.sheet_kind,
            headings=tuple(one.headings),
            columns=dict(one.columns),
        )
        for one in found
    )


def save_mapping(session: Session, wish: SaveMapping) -> UUID:
    """Keep a mapping under its name, replacing one of that name; raises Refusal when it has no name."""
    name = " ".join(wish.name.split())
    if not name:
        raise Refusal("Give the mapping a name.", fields={"name": "Give the mapping a name."})
    kept = session.scalars(select(ImportMapping).where(ImportMapping.name == name)).first()
    if kept is None:
        kept = ImportMapping(name=name)
        session.add(kept)
    kept.sheet_kind = wish.sheet_kind
    kept.headings = list(wish.headings)
    kept.columns = dict(wish.columns)
    return kept.id
