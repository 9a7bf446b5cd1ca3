"""What several rooms need is asked once while reading, and anew while something is being written."""

from collections.abc import Sequence

from coachdesk.vault.one_moment import each_once, once
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work


def test_a_session_that_reads_asks_once_and_one_that_writes_each_time(vault: OpenVault) -> None:
    asked: list[str] = []

    def ask() -> int:
        asked.append("once more")
        return len(asked)

    with reading(vault) as session:
        assert (once(session, "how often", ask), once(session, "how often", ask)) == (1, 1)
        assert once(session, "another question", ask) == 2
    with reading(vault) as session:
        assert once(session, "how often", ask) == 3
    with unit_of_work(vault) as work:
        assert (once(work.session, "how often", ask), once(work.session, "how often", ask)) == (4, 5)


def test_of_several_names_only_those_not_known_yet_are_asked_for_in_one_question(vault: OpenVault) -> None:
    asked: list[tuple[str, ...]] = []

    def ask(names: Sequence[str]) -> dict[str, str]:
        asked.append(tuple(names))
        return {name: name.title() for name in names}

    with reading(vault) as session:
        assert each_once(session, "titles", ("red", "green"), ask) == {"red": "Red", "green": "Green"}
        assert each_once(session, "titles", ("green",), ask) == {"green": "Green"}
        assert each_once(session, "titles", ("blue", "red"), ask) == {"blue": "Blue", "red": "Red"}
    assert asked == [("red", "green"), ("blue",)]
    with unit_of_work(vault) as work:
        each_once(work.session, "titles", ("red",), ask)
        each_once(work.session, "titles", ("red",), ask)
    assert asked[2:] == [("red",), ("red",)]
