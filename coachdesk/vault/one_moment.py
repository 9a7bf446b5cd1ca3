"""A session that only reads sees one moment of the vault: what several rooms need for one answer is asked once."""

from collections.abc import Callable, Hashable, Mapping, Sequence
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


def each_once(
    session: Session, key: str, names: Sequence[str], ask: Callable[[Sequence[str]], Mapping[str, Answer]]
) -> dict[str, Answer]:
    """Return the answer for each name; ``ask`` is given, in one question, only those nobody asked for before.

    As with ``once`` nobody may change an answer, and a session of a unit of work asks for all of them anew.
    """
    known: dict[str, Answer] = once(session, key, dict)
    missing = [name for name in names if name not in known]
    if missing:
        known.update(ask(missing))
    return {name: known[name] for name in names}
