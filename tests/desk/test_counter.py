import threading
from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.desk.counter import Desk, DraftRow, Executors, Typed
from coachdesk.errors import Cancelled, Refusal, Trouble
from coachdesk.models import Coach, Hub
from coachdesk.terms import Changes, Kind, Ref
from coachdesk.vault import drafts as vault_drafts
from coachdesk.vault.drafts import drafts
from coachdesk.vault.meanwhile import ChangedMeanwhile
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import describe


class Page(QObject):
    """Keeps what the desk told it."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.refusals: list[Refusal] = []
        self.changes: list[tuple[Changes, object]] = []
        self.progress: list[tuple[float, str]] = []
        self.stopped = 0
        self.heard_on: int | None = None

    @Slot(object)
    def then(self, answer: object) -> None:
        self.answers.append(answer)
        self.heard_on = threading.get_ident()

    @Slot(object)
    def refused(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)

    @Slot(object, object)
    def changed(self, changes: Changes, initiator: object) -> None:
        self.changes.append((changes, initiator))

    @Slot(float, str)
    def hear(self, share: float, words: str) -> None:
        self.progress.append((share, words))

    @Slot()
    def stop(self) -> None:
        self.stopped += 1


def count_hubs(session: Session, _question: None) -> int:
    return session.scalar(select(func.count()).select_from(Hub)) or 0


def open_hub(session: Session, name: str) -> UUID:
    hub = Hub(name=name)
    session.add(hub)
    describe(session, "Opened a hub")
    return hub.id


def refuse(_session: Session, name: str) -> None:
    raise Refusal("No.", fields={"name": name})


def fail(_session: Session, _wish: None) -> None:
    raise Trouble("The disk is full.", advice="Make room.")


@pytest.fixture
def desk(qtbot: QtBot, vault: OpenVault) -> Iterator[Desk]:
    found = Desk(vault, Executors.threads())
    yield found
    found.lock()


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page()


def test_an_answer_comes_home_on_the_windows_thread(desk: Desk, page: Page, qtbot: QtBot) -> None:
    desk.ask(count_hubs, None, page.then)
    qtbot.wait_until(lambda: page.answers == [1])
    assert page.heard_on == threading.get_ident()


def test_a_wish_is_committed_and_announced_with_its_initiator(desk: Desk, page: Page, qtbot: QtBot) -> None:
    desk.changed.connect(page.changed)
    desk.do(open_hub, "Kendal Hub", then=page.then, initiator=page)
    qtbot.wait_until(lambda: bool(page.answers and page.changes))
    changes, initiator = page.changes[0]
    assert changes.touch(Kind.HUB)
    assert changes.label == "Opened a hub"
    assert initiator is page


def test_a_refusal_goes_to_who_asked_and_writes_nothing(desk: Desk, page: Page, qtbot: QtBot) -> None:
    desk.do(refuse, "Kendal Hub", refused=page.refused)
    qtbot.wait_until(lambda: len(page.refusals) == 1)
    assert page.refusals[0].fields == {"name": "Kendal Hub"}


def test_a_refusal_nobody_waits_for_is_still_shown(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.wait_signal(desk.troubled) as told:
        desk.do(refuse, "Kendal Hub")
    assert told.args is not None
    assert str(told.args[0]) == "No."


def test_trouble_is_shown_as_a_banner(desk: Desk, page: Page, qtbot: QtBot) -> None:
    with qtbot.wait_signal(desk.troubled) as told:
        desk.do(fail, None, refused=page.refused)
    assert told.args is not None
    assert told.args[0].advice == "Make room."
    assert page.refusals[0].message == "The disk is full. Make room."


def test_undo_takes_back_the_last_action(desk: Desk, page: Page, qtbot: QtBot) -> None:
    desk.do(open_hub, "Kendal Hub", then=page.then)
    desk.undo(then=page.then)
    qtbot.wait_until(lambda: len(page.answers) == 2)
    assert page.answers[1] == "Opened a hub"
    desk.ask(count_hubs, None, page.then)
    qtbot.wait_until(lambda: len(page.answers) == 3)
    assert page.answers[2] == 1


def test_the_next_undo_is_named(desk: Desk, page: Page, qtbot: QtBot) -> None:
    desk.do(open_hub, "Kendal Hub", then=page.then)
    qtbot.wait_until(lambda: len(page.answers) == 1)
    desk.next_undo(page.then)
    qtbot.wait_until(lambda: len(page.answers) == 2)
    assert getattr(page.answers[1], "label", "") == "Opened a hub"


def test_after_locking_no_answer_arrives_and_the_vault_is_closed(
    desk: Desk, page: Page, qtbot: QtBot, vault: OpenVault
) -> None:
    desk.ask(count_hubs, None, page.then)
    with qtbot.wait_signal(desk.locked):
        desk.lock()
    assert vault.locked
    desk.ask(count_hubs, None, page.then)
    desk.keep_draft("a", "form", {})
    desk.drop_draft("a")
    with qtbot.assert_not_emitted(desk.troubled, wait=200):
        pass
    assert page.answers == []


def test_a_draft_handed_in_while_locking_is_kept(desk: Desk, qtbot: QtBot, vault_folder: object) -> None:
    class Form(QObject):
        @Slot()
        def flush(self) -> None:
            desk.keep_draft("contact:1", "contact", {"note": "half a sen"})

    form = Form()
    desk.locking.connect(form.flush)
    vault = desk._vault
    kept: list[str] = []
    real = vault.close

    def close() -> None:
        if vault.locked:
            return
        with vault.read_sessions() as session:
            kept.extend(draft.body["note"] for draft in drafts(session))
        real()

    vault.close = close  # type: ignore[method-assign]  # looks at the vault in the moment before it closes
    desk.lock()
    assert kept == ["half a sen"]


def test_drafts_come_back_as_rows_and_can_be_dropped(desk: Desk, page: Page, qtbot: QtBot) -> None:
    desk.keep_draft("contact:1", "contact", {"note": "half a sen"})
    desk.do(open_hub, "Kendal Hub", then=page.then)
    qtbot.wait_until(lambda: len(page.answers) == 1)
    desk.read_drafts(page.then)
    qtbot.wait_until(lambda: len(page.answers) == 2)
    rows = page.answers[1]
    assert isinstance(rows, tuple)
    assert isinstance(rows[0], DraftRow)
    assert rows[0].body == {"note": "half a sen"}
    desk.drop_draft("contact:1")
    desk.do(open_hub, "Penrith Hub", then=page.then)
    qtbot.wait_until(lambda: len(page.answers) == 3)
    desk.read_drafts(page.then)
    qtbot.wait_until(lambda: len(page.answers) == 4)
    assert page.answers[3] == ()


TYPED = Typed(key="contact:1", form="contact", body={"note": "half a sentence"}, client_id=UUID(int=7))


def kept(vault: OpenVault) -> list[tuple[str, object, UUID | None]]:
    with vault.read_sessions() as session:
        return [(draft.key, draft.body, draft.client_id) for draft in drafts(session)]


def test_a_draft_goes_with_what_was_made_of_it(desk: Desk, page: Page, qtbot: QtBot) -> None:
    desk.keep_draft("contact:1", "contact", {"note": "half a sen"})
    desk.keep_draft("contact:2", "contact", {"note": "another"})
    desk.do(open_hub, "Kendal Hub", then=page.then, typed=TYPED)
    qtbot.wait_until(lambda: len(page.answers) == 1)
    assert kept(desk._vault) == [("contact:2", {"note": "another"}, None)]


def test_a_save_that_fails_keeps_the_draft_as_it_was_typed_last(desk: Desk, page: Page, qtbot: QtBot) -> None:
    desk.keep_draft("contact:1", "contact", {"note": "half a sen"})
    desk.do(fail, None, refused=page.refused, typed=TYPED)
    qtbot.wait_until(lambda: len(page.refusals) == 1)
    assert kept(desk._vault) == [("contact:1", {"note": "half a sentence"}, UUID(int=7))]
    desk.do(refuse, "note", refused=page.refused, typed=TYPED)
    qtbot.wait_until(lambda: len(page.refusals) == 2)
    assert kept(desk._vault) == [("contact:1", {"note": "half a sentence"}, UUID(int=7))]


def test_a_rule_broken_when_the_action_ends_keeps_the_draft(desk: Desk, page: Page, qtbot: QtBot) -> None:
    def breaks_a_link(session: Session, _wish: None) -> None:
        session.add(Coach(name="Iqra Malik", hub_id=UUID(int=5)))

    desk.keep_draft("contact:1", "contact", {"note": "half a sen"})
    desk.do(breaks_a_link, None, refused=page.refused, typed=TYPED)
    qtbot.wait_until(lambda: len(page.refusals) == 1)
    assert kept(desk._vault) == [("contact:1", {"note": "half a sentence"}, UUID(int=7))]


def test_where_no_draft_can_be_kept_either_the_first_error_is_told(
    desk: Desk, page: Page, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise Trouble("No room for a draft.")

    monkeypatch.setattr(vault_drafts, "keep_draft", full)
    desk.do(refuse, "note", refused=page.refused, typed=TYPED)
    qtbot.wait_until(lambda: len(page.refusals) == 1)
    assert page.refusals[0].message == "No."


def test_long_work_tells_its_progress_and_answers(desk: Desk, page: Page, qtbot: QtBot) -> None:
    def job(_vault: OpenVault, wish: int, watch: Watch) -> int:
        watch.progress(0.5, "half way")
        return wish + 1

    desk.long(job, 1, then=page.then, progress=page.hear)
    qtbot.wait_until(lambda: page.answers == [2])
    assert page.progress == [(0.5, "half way")]


def test_long_work_can_be_stopped(desk: Desk, page: Page, qtbot: QtBot) -> None:
    started = threading.Event()

    def job(_vault: OpenVault, _wish: None, watch: Watch) -> int:
        started.set()
        while True:
            watch.check()

    work = desk.long(job, None, then=page.then, stopped=page.stop)
    assert started.wait(5)
    work.cancel()
    qtbot.wait_until(lambda: page.stopped == 1)
    assert page.answers == []


def test_long_work_that_writes_announces_its_changes(desk: Desk, page: Page, qtbot: QtBot) -> None:
    def job(_vault: OpenVault, _wish: None, _watch: Watch) -> str:
        return "done"

    desk.changed.connect(page.changed)

    told = Changes(refs=frozenset({Ref(Kind.IMPORT, UUID(int=1))}), label="Imported")
    desk.long(job, None, then=page.then, writes=True, changes=told)
    qtbot.wait_until(lambda: bool(page.answers and page.changes))
    assert page.changes[0][0].label == "Imported"


def test_a_fault_of_ours_reaches_the_crash_window(desk: Desk, page: Page, qtbot: QtBot) -> None:
    def broken(_session: Session, _question: None) -> None:
        raise ZeroDivisionError

    with qtbot.capture_exceptions() as caught:
        desk.ask(broken, None, page.then)
        qtbot.wait_until(lambda: len(caught) == 1)
    assert caught[0][0] is ZeroDivisionError


def test_a_page_that_is_gone_is_not_called(desk: Desk, qtbot: QtBot, page: Page) -> None:
    gone = Page()
    desk.ask(count_hubs, None, gone.then)
    gone.deleteLater()
    desk.ask(count_hubs, None, page.then)
    qtbot.wait_until(lambda: page.answers == [1])


def test_stopping_what_nobody_waits_for_is_silent(desk: Desk, page: Page, qtbot: QtBot) -> None:
    def stopped(_session: Session, _question: None) -> None:
        raise Cancelled

    with qtbot.assert_not_emitted(desk.troubled, wait=200):
        desk.ask(stopped, None, page.then)


def test_what_the_desk_says_of_the_vault(desk: Desk, vault: OpenVault) -> None:
    assert desk.person == "Ruth Ellison"
    assert desk.coach_id == vault.coach_id
    assert desk.vault_name == vault.folder.stem
    assert desk.vault_folder == vault.folder
    assert desk.clock is vault.clock
    assert not desk.is_locked


def rename_hub(session: Session, name: str) -> None:
    session.scalars(select(Hub)).one().name = name


def test_what_was_changed_since_a_form_was_opened_is_not_overwritten_unseen(
    desk: Desk, page: Page, qtbot: QtBot
) -> None:
    desk.stand(page.then)
    qtbot.wait_until(lambda: len(page.answers) == 1)
    since = page.answers[0]
    assert isinstance(since, int)
    desk.do(rename_hub, "Kendal Hub", then=page.then, since=since)
    desk.do(rename_hub, "Ulverston Hub", refused=page.refused, since=since)
    qtbot.wait_until(lambda: len(page.refusals) == 1)
    (refusal,) = page.refusals
    assert isinstance(refusal, ChangedMeanwhile)
    assert refusal.now == {"name": "Kendal Hub"}
