"""Which wording of the privacy notice is in force; blank until the charity says so."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from coachdesk.casework.notices import SetNoticeVersion, notice_version, set_notice_version
from coachdesk.errors import Refusal
from coachdesk.ui.drafts.kept_lines import KeptLines
from coachdesk.ui.office import Office
from coachdesk.ui.widgets import Card, label, row, secondary_button


class NoticeVersionCard(Card):
    """One line of text; clients who were given another wording are shown as missing this one."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.version = QLineEdit()
        self.version.setAccessibleName(self.tr("Wording of the privacy notice in force"))
        self.version.setPlaceholderText(self.tr("Its date or number, as it stands on the notice"))
        self.save_button = secondary_button(self.tr("Put into &force"), "check")
        self.add(label(self.tr("Privacy notice"), "section"))
        self.add(
            label(
                self.tr(
                    "Say which wording is in force. Clients who were given an older one are shown, so that you can "
                    "give them the new one."
                ),
                "meta",
                wrap=True,
            )
        )
        self.add(row(self.version, self.save_button))
        self.kept = KeptLines(office, "privacy notice", {"version": self.version}, self)
        self.version.returnPressed.connect(self._save)
        self.save_button.clicked.connect(self._save)

    def refresh(self) -> None:
        """Ask which wording is in force."""
        self._office.desk.ask(notice_version, None, self._show)

    def _show(self, version: str) -> None:
        self.kept.show("", self.tr("Wording of the privacy notice"), saved={"version": version})

    @Slot()
    def _save(self) -> None:
        wish = SetNoticeVersion(version=self.version.text())
        self._office.desk.do(set_notice_version, wish, then=self._is_saved, refused=self._refused)

    def _is_saved(self, _nothing: object) -> None:
        self.kept.forget()

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
