"""Lists: the answers people choose from, reworded, added and retired."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from coachdesk.casework.codes import CodeRow, RetireCode, SetCode, all_codes, retire_code, set_code
from coachdesk.errors import Refusal
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.ui.drafts.kept_lines import KeptLines
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.office import Office
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.widgets import Card, label, row, secondary_button

_HEIGHT = 360


class ListsCard(Card):
    """Choose a list, see its answers, change one."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._lists: dict[str, tuple[CodeRow, ...]] = {}
        self.which = CalmComboBox()
        # It is filled when it is on show.
        self.which.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToContents)
        self.which.setAccessibleName(self.tr("List"))
        self.answers = TwoLineList(self.tr("Answers"), people=False)
        self.answers.setMinimumHeight(_HEIGHT)
        self.words = QLineEdit()
        self.words.setAccessibleName(self.tr("Words of the answer"))
        self.words.setPlaceholderText(self.tr("Words of the answer"))
        self.rename_button = secondary_button(self.tr("&Reword"), "pencil")
        self.add_button = secondary_button(self.tr("&Add"), "plus")
        self.retire_button = secondary_button(self.tr("Re&tire"))
        self.add(label(self.tr("Lists"), "section"))
        self.add(
            label(
                self.tr(
                    "An answer keeps its meaning for ever. Retire one that is no longer used: records keep it."
                ),
                "meta",
                wrap=True,
            )
        )
        self.add(row(self.which, 1))
        self.add(self.answers)
        self.add(row(self.words, self.rename_button, self.add_button, self.retire_button))
        self.kept = KeptLines(office, "answer", {"words": self.words}, self)
        self.which.currentTextChanged.connect(self._show_list)
        self.answers.chosen.connect(self._chosen)
        self.rename_button.clicked.connect(self._rename)
        self.add_button.clicked.connect(self._add)
        self.retire_button.clicked.connect(self._retire)

    def refresh(self) -> None:
        """Ask for the lists."""
        self._office.desk.ask(all_codes, None, self._show)

    def _show(self, lists: dict[str, tuple[CodeRow, ...]]) -> None:
        self._lists = lists
        current = self.which.currentData()
        self.which.blockSignals(True)
        self.which.clear()
        for name in sorted(lists):
            self.which.addItem(self._called(name), name)
        self.which.setCurrentIndex(max(self.which.findData(current), 0))
        self.which.blockSignals(False)
        self._show_list()

    def _called(self, name: str) -> str:
        """Return what a list is called: the words it is kept under, unless they hold a proper name."""
        proper = {
            "access_to_work_stage": self.tr("Access to Work stage"),
            "icb": self.tr("Integrated care board"),
        }
        return proper.get(name) or name.replace("_", " ").capitalize()

    @Slot()
    def _show_list(self) -> None:
        rows = self._lists.get(str(self.which.currentData()), ())
        self.answers.show_items(
            [
                ListItem(code.key, code.title, self.tr("retired") if code.retired else "")
                for code in rows
                if code.key not in UNSTATED_WORDS
            ]
        )
        self._chosen(self.answers.current_id())

    @Slot(object)
    def _chosen(self, key: object) -> None:
        name = str(self.which.currentData())
        title = next((code.title for code in self._lists.get(name, ()) if code.key == key), "")
        heading = self.tr("Answer of the list {name}").format(name=self.which.currentText())
        self.kept.show(f"{name}:{key if title else ''}", heading, saved={"words": title})

    @Slot()
    def _rename(self) -> None:
        key = self.answers.current_id()
        if key is not None:
            self._set(str(key))

    @Slot()
    def _add(self) -> None:
        self._set("")

    def _set(self, key: str) -> None:
        wish = SetCode(list_name=str(self.which.currentData()), key=key, title=self.words.text())
        self._office.desk.do(set_code, wish, then=self._is_saved, refused=self._refused)

    def _is_saved(self, _key: object) -> None:
        self.kept.forget()

    @Slot()
    def _retire(self) -> None:
        key = self.answers.current_id()
        if key is not None:
            wish = RetireCode(
                list_name=str(self.which.currentData()), key=str(key), on=self._office.desk.clock.today()
            )
            self._office.desk.do(retire_code, wish, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
