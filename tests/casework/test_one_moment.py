"""What several rooms need is asked once while reading, and anew while something is being written."""

from coachdesk.casework.one_moment import once
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
