# ruff: noqa: INP001 - alembic runs this as a script, nothing imports it
"""How alembic runs here: on the connection it is handed, inside the transaction that is already open."""

from alembic import context

from coachdesk.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
