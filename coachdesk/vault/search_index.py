"""The index by which a client is found; one of the two places with SQL of one engine (decisions.md 3).

The full-text index hangs on the integer key of ``client_search``; triggers keep the two in step.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert, update
from sqlalchemy.orm import Session

from coachdesk.models import Base, Client, ClientSearch
from coachdesk.vault.folding import fold

TABLE = Base.metadata.tables[ClientSearch.__tablename__]
INDEX_STATEMENTS = (
    """CREATE VIRTUAL TABLE client_fts USING fts5(folded, content='client_search', content_rowid='number',
    tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    "INSERT INTO client_fts(client_fts, rank) VALUES('secure-delete', 1)",
    """CREATE TRIGGER client_search_added AFTER INSERT ON client_search BEGIN
    INSERT INTO client_fts(rowid, folded) VALUES (new.number, new.folded); END""",
    """CREATE TRIGGER client_search_removed AFTER DELETE ON client_search BEGIN
    INSERT INTO client_fts(client_fts, rowid, folded) VALUES ('delete', old.number, old.folded); END""",
    """CREATE TRIGGER client_search_changed AFTER UPDATE ON client_search BEGIN
    INSERT INTO client_fts(client_fts, rowid, folded) VALUES ('delete', old.number, old.folded);
    INSERT INTO client_fts(rowid, folded) VALUES (new.number, new.folded); END""",
)


def install(connection: Connection) -> None:
    """Make the full-text index and its triggers in a new vault."""
    for statement in INDEX_STATEMENTS:
        connection.exec_driver_sql(statement)


def folded(client: Client) -> str:
    """Return the text by which a client is found: names, reference, postcode, phone digits and e-mail."""
    names = (client.first_name, client.last_name, client.known_as, client.previous_names)
    postcode = fold(client.postcode or "")
    digits = "".join(letter for letter in client.phone or "" if letter.isdigit())
    plain = [fold(text or "") for text in (*names, client.reference, client.temporary_reference)]
    parts = (*plain, postcode, postcode.replace(" ", ""), digits, fold(client.email or ""))
    return " ".join(dict.fromkeys(part for part in parts if part))


def keep_in_step(
    session: Session, *, added: Iterable[Client], changed: Iterable[Client], gone: Iterable[Client]
) -> None:
    """Write the search rows of clients that came, changed or went, in the same transaction."""
    connection = session.connection()
    if rows := [{"client_id": client.id, "folded": folded(client)} for client in added]:
        connection.execute(insert(TABLE), rows)
    if rows := [{"wanted": client.id, "folded": folded(client)} for client in changed]:
        connection.execute(update(TABLE).where(ClientSearch.client_id == bindparam("wanted")), rows)
    if rows := [{"wanted": client.id} for client in gone]:
        connection.execute(delete(TABLE).where(ClientSearch.client_id == bindparam("wanted")), rows)
