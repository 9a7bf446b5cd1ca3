"""A watch passes progress on and stops the work when asked."""

import pytest

from coachdesk.errors import Cancelled
from coachdesk.vault.watch import Watch


def test_progress_is_heard_and_kept_between_nought_and_one() -> None:
    heard: list[tuple[float, str]] = []
    watch = Watch(lambda fraction, words: heard.append((fraction, words)))
    watch.progress(0.5, "Half way")
    watch.progress(1.7, "Over")
    watch.progress(-1.0, "Under")
    assert heard == [(0.5, "Half way"), (1.0, "Over"), (0.0, "Under")]


def test_a_stopped_watch_raises_and_says_nothing_more() -> None:
    heard: list[str] = []
    watch = Watch(lambda _fraction, words: heard.append(words), lambda: True)
    with pytest.raises(Cancelled):
        watch.check()
    with pytest.raises(Cancelled):
        watch.progress(0.5, "Half way")
    assert heard == []


def test_a_silent_watch_lets_work_go_on() -> None:
    watch = Watch.silent()
    watch.check()
    watch.progress(0.3, "Going on")
