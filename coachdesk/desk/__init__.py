"""The counter: the only place where Qt meets a database session.

Nothing is imported here, so that the unlock window can use the errands without waiting for SQLAlchemy.
"""
