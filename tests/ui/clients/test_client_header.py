"""The head of a client's page says nothing of anybody before it is known who is shown."""

from pytestqt.qtbot import QtBot

from coachdesk.ui.clients.client_header import ClientHeader
from coachdesk.ui.theme import Theme


def test_nobody_is_called_erased_or_put_away_while_the_record_is_being_read(
    qtbot: QtBot, theme: Theme
) -> None:
    del theme
    header = ClientHeader()
    qtbot.addWidget(header)
    header.show()
    for piece in (header.away, header.erased, header.needs, header.safe, header.stage):
        assert not piece.isVisible()
