"""The desk: pages ask and do; records stay behind the counter."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from coachdesk.clock import Clock
from coachdesk.desk.errand import Errands, still_there
from coachdesk.desk.inline import InlineExecutor
from coachdesk.desk.long_work import LongWork
from coachdesk.errors import Cancelled, CoachDeskError, Refusal, Trouble
from coachdesk.terms import Changes
from coachdesk.vault import drafts as vault_drafts
from coachdesk.vault import undo as vault_undo
from coachdesk.vault.meanwhile import check_nothing_meanwhile, where_it_stands
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import actor, plain_troubles, reading, unit_of_work

Q = TypeVar("Q")
W = TypeVar("W")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Executors:
    """Who runs what: one writer, two readers, one for long work, one that draws and asks the vault nothing."""

    write: Executor
    read: Executor
    long: Executor
    draw: Executor

    @classmethod
    def threads(cls) -> "Executors":
        """Return real threads: all writes in the order they were asked for, reads beside them."""
        return cls(
            ThreadPoolExecutor(1, thread_name_prefix="write"),
            ThreadPoolExecutor(2, thread_name_prefix="read"),
            ThreadPoolExecutor(1, thread_name_prefix="long"),
            ThreadPoolExecutor(1, thread_name_prefix="draw"),
        )

    @classmethod
    def inline(cls) -> "Executors":
        """Return executors that run at once, for tests."""
        inline = InlineExecutor()
        return cls(inline, inline, inline, inline)

    def finish(self) -> None:
        """Let the writer finish what it was given; the others are told to stop."""
        self.read.shutdown(wait=False, cancel_futures=True)
        self.long.shutdown(wait=False, cancel_futures=True)
        self.draw.shutdown(wait=False, cancel_futures=True)
        self.write.shutdown(wait=True)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What somebody was typing, and when it was kept."""

    key: str
    form: str
    client_id: UUID | None
    body: dict[str, Any]
    saved_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a form holds while it is being saved, as its draft would keep it."""

    key: str
    form: str
    body: Mapping[str, Any]
    client_id: UUID | None = None


class Done(NamedTuple):
    """What a wish answered, and what it changed."""

    value: Any
    changes: Changes | None


class _Caller(QObject):
    """Sorts the answer of one question or wish into its fates, on the window's thread."""

    def __init__(
        self,
        desk: "Desk",
        then: Callable[[Any], None] | None,
        refused: Callable[[Refusal], None] | None,
        stopped: Callable[[], None] | None = None,
        initiator: object | None = None,
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._then = then
        self._refused = refused
        self._stopped = stopped
        self._initiator = initiator

    def answer(self, value: Any) -> None:
        """Hand the value to whoever asked, if they still exist."""
        self.deleteLater()
        if self._then is not None and still_there(self._then):
            self._then(value)

    def done(self, done: Done) -> None:
        """Tell everybody what was changed, then whoever wished it what came of it."""
        self._desk.announce(done.changes, self._initiator)
        self.answer(done.value)

    def fail(self, error: Exception) -> None:
        """Give the error its one fate: the field, the banner, silence, or the crash window."""
        self.deleteLater()
        if isinstance(error, Cancelled):
            if self._stopped is not None and still_there(self._stopped):
                self._stopped()
        elif isinstance(error, Refusal):
            if self._refused is not None and still_there(self._refused):
                self._refused(error)
            else:
                self._desk.troubled.emit(Trouble(error.message))
        elif isinstance(error, Trouble):
            if self._refused is not None and still_there(self._refused):
                self._refused(Refusal(str(error)))
            self._desk.troubled.emit(error)
        else:
            raise error


class Desk(QObject):
    """Where a page asks for rows and hands in wishes; answers come back as bound-method calls.

    Signals:
        changed (Changes, object): a unit of work was committed; the second value is who wished it.
        troubled (Trouble): the computer got in the way; the window shows it as a banner.
        locking (): forms hand in what they hold, now.
        locked (): the vault is closed and nothing may be shown.
    """

    changed = Signal(object, object)
    troubled = Signal(object)
    locking = Signal()
    locked = Signal()

    def __init__(self, vault: OpenVault, executors: Executors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vault = vault
        self._executors = executors
        self._errands = Errands(self)
        self._is_locked = False
        self._long: list[LongWork] = []

    @property
    def clock(self) -> Clock:
        """The clock this vault was opened with."""
        return self._vault.clock

    @property
    def person(self) -> str:
        """The name of whoever unlocked the vault."""
        return self._vault.person

    @property
    def coach_id(self) -> UUID | None:
        """The coach's record of whoever unlocked the vault."""
        return self._vault.coach_id

    @property
    def vault_name(self) -> str:
        """The name of the vault's folder, without its ending."""
        return self._vault.folder.stem

    @property
    def vault_folder(self) -> Path:
        """The folder the vault lies in."""
        return self._vault.folder

    @property
    def read_only(self) -> bool:
        """Whether the vault is open for reading only."""
        return self._vault.read_only

    @property
    def is_locked(self) -> bool:
        """Whether the vault was locked."""
        return self._is_locked

    def ask(
        self,
        query: Callable[[Session, Q], T],
        question: Q,
        then: Callable[[T], None],
        *,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Put a question to the vault; ``then`` gets the rows."""
        vault = self._vault

        def job() -> T:
            with reading(vault) as session:
                return query(session, question)

        caller = _Caller(self, then, refused)
        self._send(self._executors.read, job, caller)

    def do(
        self,
        command: Callable[[Session, W], T],
        wish: W,
        *,
        then: Callable[[T], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
        initiator: object | None = None,
        typed: Typed | None = None,
        since: int | None = None,
    ) -> None:
        """Carry out a wish in one unit of work, in the order wishes were handed in.

        ``typed`` is what the wish was made of: its draft goes in the same unit of work, and is kept as it stands
        when the wish fails. ``since`` is where the journal stood when its form was opened: what somebody else
        changed after that is not overwritten unseen, the wish is refused with ChangedMeanwhile.
        """
        vault = self._vault

        def job() -> Done:
            with _kept_if_it_fails(vault, typed), unit_of_work(vault) as work:
                value = command(work.session, wish)
                if since is not None:
                    check_nothing_meanwhile(work.session, since)
                if typed is not None:
                    vault_drafts.drop_draft(work.session, typed.key)
            return Done(value, work.changes)

        caller = _Caller(self, then, refused, initiator=initiator)
        self._send(self._executors.write, job, caller, caller.done)

    def long(
        self,
        job: Callable[[OpenVault, W, Watch], T],
        wish: W,
        *,
        then: Callable[[T], None],
        refused: Callable[[Refusal], None] | None = None,
        progress: Callable[[float, str], None] | None = None,
        stopped: Callable[[], None] | None = None,
        writes: bool = False,
        draws: bool = False,
        changes: Changes | None = None,
    ) -> LongWork:
        """Start long work; the answer has ``cancel()``. ``changes`` is announced when it is done.

        Work that writes goes to the one write thread, so that two writers never meet. Work that ``draws`` what
        somebody waits for has a thread of its own: a page would come late behind a backup or a return.
        """
        work = LongWork(progress, self)
        self._long.append(work)
        vault, watch = self._vault, work.watch

        def run() -> Done:
            return Done(job(vault, wish, watch), changes)

        beside = self._executors.draw if draws else self._executors.long
        executor = self._executors.write if writes else beside
        caller = _Caller(self, then, refused, stopped)
        self._send(executor, run, caller, caller.done)
        return work

    def undo(
        self,
        *,
        then: Callable[[str], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Take back this person's last action; a later one that built on it refuses with a sentence."""
        self.do(_take_back, None, then=then, refused=refused)

    def next_undo(self, then: Callable[[Any], None]) -> None:
        """Tell which action would be taken back next, or None."""
        self.ask(_next_undo, self._vault.person, then)

    def keep_draft(self, key: str, form: str, body: Mapping[str, Any], client_id: UUID | None = None) -> None:
        """Keep what somebody is typing; goes into the vault on the write thread, in order."""
        if self._is_locked:
            return
        vault = self._vault
        kept = dict(body)

        def job() -> None:
            with vault.write_sessions() as session:
                vault_drafts.keep_draft(session, key, form, kept, client_id)

        self._send(self._executors.write, job, _Caller(self, None, None))

    def drop_draft(self, key: str) -> None:
        """Forget a draft whose text has been saved or discarded."""
        if self._is_locked:
            return
        vault = self._vault

        def job() -> None:
            with vault.write_sessions() as session:
                vault_drafts.drop_draft(session, key)

        self._send(self._executors.write, job, _Caller(self, None, None))

    def stand(self, then: Callable[[int], None]) -> None:
        """Tell where the journal stands, for a form that opens now."""
        self.ask(where_it_stands, None, then)

    def read_drafts(self, then: Callable[[Any], None]) -> None:
        """Tell which drafts were kept."""
        self.ask(_drafts, None, then)

    def lock(self) -> None:
        """Lock at once: drafts first, answers forgotten, the vault closed on the thread that wrote it."""
        if self._is_locked:
            return
        self.locking.emit()
        self._is_locked = True
        for work in self._long:
            work.cancel()
        self._errands.forget()
        self._executors.write.submit(self._vault.close)
        self._executors.finish()
        self.locked.emit()

    def announce(self, changes: Changes | None, initiator: object | None) -> None:
        """Tell every page what was changed, and who wished it; nobody hears of what changed nothing."""
        if changes is not None and changes.refs:
            self.changed.emit(changes, initiator)

    def _send(
        self,
        executor: Executor,
        job: Callable[[], Any],
        caller: _Caller,
        then: Callable[[Any], None] | None = None,
    ) -> None:
        """Send a job, which holds nothing of the window: it may be on its way when the window goes."""
        if self._is_locked:
            return
        self._errands.send(executor, job, then=then or caller.answer, failed=caller.fail)


@contextmanager
def _kept_if_it_fails(vault: OpenVault, typed: Typed | None) -> Iterator[None]:
    """Keep what was typed when saving it failed; that the disk takes no draft either adds nothing to the error."""
    saved = False
    try:
        yield
        saved = True
    finally:
        if typed is not None and not saved:
            with suppress(CoachDeskError), plain_troubles(), vault.write_sessions() as session:
                vault_drafts.keep_draft(session, typed.key, typed.form, dict(typed.body), typed.client_id)


def _take_back(session: Session, _nothing: None) -> str:
    step = vault_undo.last_unit(session, actor(session))
    if step is None:
        raise Refusal("There is nothing to take back.")
    vault_undo.undo(session, step.unit)
    return step.label


def _next_undo(session: Session, person: str) -> Any:
    return vault_undo.last_unit(session, person)


def _drafts(session: Session, _nothing: None) -> tuple[DraftRow, ...]:
    return tuple(
        DraftRow(draft.key, draft.form, draft.client_id, dict(draft.body), draft.saved_at)
        for draft in vault_drafts.drafts(session)
    )
