"""A session that only reads sees one moment of the vault: what several rooms need for one answer is asked once."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlalchemy.orm import Session

Answer = TypeVar("Answer")


def once(session: Session, key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """Return the answer to a question, known by its key; nobody may change it, for others get the same.

    A session of a unit of work asks anew each time: what it is about to write changes answers.
    """
    if "chronicle" in session.info:
        return ask()
    if key not in session.info:
        session.info[key] = ask()
    answer: Answer = session.info[key]
    return answer
