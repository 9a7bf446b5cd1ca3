"""Work sent before the window is seen waits for it, keeps its order and is not begun twice."""

import threading

from coachdesk.ui.unlock.behind import BehindWindow


def test_what_is_sent_waits_until_the_window_is_seen() -> None:
    behind, done = BehindWindow(), list[tuple[str, str]]()
    for name in ("first", "second"):
        behind.submit(lambda name=name: done.append((name, threading.current_thread().name)))  # type: ignore[misc]  # the name is bound
    assert done == []
    behind.begin()
    behind.begin()
    behind.submit(lambda: done.append(("third", threading.current_thread().name)))
    behind.finish()
    assert [name for name, _thread in done] == ["first", "second", "third"]
    assert {thread for _name, thread in done} == {"unlock_0"}


def test_what_never_began_is_dropped_at_the_end() -> None:
    behind, done = BehindWindow(), list[str]()
    behind.submit(lambda: done.append("x"))
    behind.finish()
    behind.begin()
    behind.finish()
    assert done == []
