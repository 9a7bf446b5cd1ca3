import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QBoxLayout, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.ui.forms import (
    Check,
    Choice,
    Choices,
    Date,
    Field,
    Form,
    Heading,
    Lines,
    Number,
    Option,
    Scale,
    Text,
    Together,
)
from coachdesk.ui.forms.choices import ChoiceInput, ScaleInput
from coachdesk.ui.forms.date_input import DateInput
from coachdesk.ui.forms.form import make_input
from coachdesk.ui.forms.inputs import NumberInput
from coachdesk.ui.theme import Theme

MONDAY = dt.date(2026, 10, 5)
WAYS = [Option("phone", "Phone call"), Option("text", "Text message"), Option("meeting", "Meeting")]
TRADES = [Option(number, f"Trade {number}") for number in range(40)]


@dataclass(frozen=True)
class Wish:
    who: str
    on: dt.date | None
    note: str = ""
    minutes: int | None = None


@pytest.fixture
def form(theme: Theme, qtbot: QtBot) -> Form:
    made = Form(
        [
            Heading("When", "As well as you know it."),
            Together(Date("on", "&Date", needed=True), Number("minutes", "&Minutes", lowest=0, highest=600)),
            Text("who", "&With whom", hint="A name", longest=20),
            Choice("how", "&How", options=WAYS, nothing="Not said"),
            Choice("trade", "&Trade", options=TRADES),
            Lines("note", "&Note"),
            Number("pay", "&Pay", places=2, unit="an hour"),
            Scale("score", "&Confidence", low_words="none", high_words="full"),
            Check("agreed", "&Agreed"),
            Choices("barriers", "&Barriers", options=WAYS),
        ],
        FixedClock.on(MONDAY),
    )
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    return made


FULL = {
    "on": dt.date(2026, 10, 1),
    "minutes": 12,
    "who": "Amara",
    "how": "text",
    "trade": 17,
    "note": "Two\nlines",
    "pay": Decimal("12.50"),
    "score": 0,
    "agreed": True,
    "barriers": ("phone", "meeting"),
}


def type_into(form: Form, name: str, words: str) -> None:
    QTest.keyClicks(form.input(name).target, words)


def test_values_go_in_and_come_out_unchanged(form: Form) -> None:
    form.set_values(FULL)
    assert form.values() == FULL
    assert form.names() == tuple(form.values())


def test_a_draft_survives_being_put_away_as_plain_values(form: Form) -> None:
    form.set_values(FULL)
    kept = form.raw()
    assert {type(value) for value in kept.values()} <= {str, int, bool, list}
    form.set_values({})
    form.set_raw({**kept, "gone": "since then"})
    assert form.values() == FULL
    assert form.is_changed()


def test_values_come_from_any_row(form: Form) -> None:
    form.set_values(Wish("Ian", MONDAY, minutes=5))
    assert form.read(lambda **values: values["who"]) == "Ian"
    assert form.input("on").raw() == "Mon 5 Oct 2026"


def test_only_what_is_needed_blocks(form: Form) -> None:
    form.set_values({})
    with pytest.raises(Refusal) as refused:
        form.values()
    assert set(refused.value.fields) == {"on"}
    form.set_values({"on": MONDAY})
    assert form.values()["who"] == ""


def test_a_refusal_stands_beside_its_field_and_takes_the_keyboard_there(form: Form, qtbot: QtBot) -> None:
    form.activateWindow()
    qtbot.wait_until(form.isActiveWindow)
    type_into(form, "on", "someday")
    type_into(form, "minutes", "many")
    assert form.read(Wish) is None
    assert set(form.refusals()) == {"on", "minutes"}
    assert QApplication.focusWidget() is form.input("on").target
    assert "not a date" in form.input("on").target.accessibleDescription()
    form.input("on").target.setFocus()
    QTest.keyClick(form.input("on").target, Qt.Key.Key_Backspace)
    assert set(form.refusals()) == {"minutes"}
    assert form.input("on").target.accessibleDescription() == ""


def test_a_refusal_about_no_field_stands_above_the_form(form: Form) -> None:
    form.set_refusal(Refusal("She has no open enrolment."))
    assert form.refusals() == {"": "She has no open enrolment."}
    form.set_refusal(Refusal("Look again.", fields={"who": "Too short.", "elsewhere": "Not here."}))
    assert form.refusals() == {"": "Look again. Not here.", "who": "Too short."}
    form.clear_refusal()
    assert form.refusals() == {}


def test_a_refused_check_box_keeps_its_words(form: Form) -> None:
    form.set_refusal(Refusal("Look.", fields={"agreed": "Ask first."}))
    assert form.refusals() == {"agreed": "Ask first."}
    form.clear_refusal()
    box = form.input("agreed").target
    assert isinstance(box, QCheckBox)
    assert box.text() == "&Agreed"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("minutes", "1.5", "Write a whole number."),
        ("minutes", "601", "Must be 600 or less."),
        ("minutes", "-1", "Must be 0 or more."),
        ("minutes", "ten", "Write a number, like 12."),
        ("minutes", "nan", "Write a whole number."),
        ("pay", "1.234", "Write a number with at most 2 decimals."),
        ("trade", "Trade", "Choose one from the list."),
    ],
)
def test_what_cannot_be_understood_is_refused(form: Form, name: str, typed: str, sentence: str) -> None:
    form.set_values({"on": MONDAY})
    type_into(form, name, typed)
    with pytest.raises(Refusal) as refused:
        form.values()
    assert refused.value.fields == {name: sentence}


def test_an_edit_is_told_at_once_and_kept_soon(form: Form, qtbot: QtBot) -> None:
    form.set_values({})
    assert not form.is_changed()
    with qtbot.wait_signal(form.draft, timeout=400) as kept, qtbot.wait_signal(form.changed):
        type_into(form, "who", "Am")
    assert kept.args is not None
    assert kept.args[0]["who"] == "Am"
    assert form.is_changed()


def test_many_edits_make_one_draft_and_a_lock_does_not_wait(form: Form, qtbot: QtBot) -> None:
    drafts: list[dict[str, object]] = []
    form.draft.connect(drafts.append)
    type_into(form, "who", "Amara")
    type_into(form, "note", "x")
    form.flush_draft()
    form.flush_draft()
    assert [draft["who"] for draft in drafts] == ["Amara"]


def test_a_date_is_written_out_when_it_is_left(form: Form) -> None:
    control = form.input("on")
    assert isinstance(control, DateInput)
    type_into(form, "on", "+2w")
    assert control.echo.text() == "Mon 19 Oct 2026"
    QTest.keyClick(control.line, Qt.Key.Key_Return)
    assert control.line.text() == "Mon 19 Oct 2026"
    control.set_raw("nonsense")
    QTest.keyClick(control.line, Qt.Key.Key_Return)
    assert control.line.text() == "nonsense"


def test_a_date_can_be_picked_from_the_calendar(form: Form, qtbot: QtBot) -> None:
    control = form.input("on")
    assert isinstance(control, DateInput)
    popup = control.open_calendar()
    with qtbot.wait_signal(form.changed):
        popup.calendar.clicked.emit(QDate(2026, 10, 9))
    assert control.value() == dt.date(2026, 10, 9)


def test_an_answer_on_the_scale_can_be_taken_back(form: Form, qtbot: QtBot) -> None:
    control = form.input("score")
    assert isinstance(control, ScaleInput)
    with qtbot.wait_signal(form.changed):
        control._group.button(7).click()
    assert control.value() == 7
    control.clear_button.click()
    assert control.value() is None
    assert not control.clear_button.isEnabled()


def test_choices_can_change_and_keep_what_is_still_offered(form: Form) -> None:
    form.set_values(FULL)
    form.set_options("how", WAYS[1:])
    form.set_options("barriers", WAYS[1:])
    form.set_options("who", WAYS)
    assert form.values()["how"] == "text"
    assert form.values()["barriers"] == ("meeting",)
    form.set_options("how", WAYS[:1])
    assert form.values()["how"] is None


def test_a_long_list_is_searched_by_typing(form: Form, qtbot: QtBot) -> None:
    control = form.input("trade")
    assert isinstance(control, ChoiceInput)
    assert control.box.isEditable()
    with qtbot.wait_signal(form.changed):
        type_into(form, "trade", "trade 12")
    assert control.value() == 12
    assert not form.input("how").target.property("editable")


def test_a_question_left_out_has_no_value_and_does_not_block(form: Form) -> None:
    form.set_values({"who": "Amara"})
    form.set_shown("on", shown=False)
    form.set_shown("who", shown=False)
    assert form.values()["who"] == ""
    form.focus_first()


def test_a_busy_form_holds_still(form: Form) -> None:
    form.set_busy(busy=True)
    assert not form.input("who").target.isEnabled()
    form.set_busy(busy=False)
    assert form.input("who").target.isEnabled()


def test_fields_side_by_side_give_way(form: Form) -> None:
    line, _count = form._pairs[0]
    assert line.direction() is QBoxLayout.Direction.LeftToRight
    form.resize(form.minimumSizeHint().width(), 900)
    form.resize(300, 900)
    assert line.direction() is QBoxLayout.Direction.TopToBottom


def test_edits_of_every_kind_are_told(form: Form, qtbot: QtBot) -> None:
    box = form.input("agreed").target
    assert isinstance(box, QCheckBox)
    with qtbot.wait_signal(form.changed):
        box.click()
    first = form.input("barriers").target.findChildren(QCheckBox)[0]
    with qtbot.wait_signal(form.changed):
        first.click()
    form.input("barriers").focus()
    how = form.input("how").target
    with qtbot.wait_signal(form.changed):
        QTest.keyClick(how, Qt.Key.Key_Down)
        how.activated.emit(1)  # type: ignore[attr-defined]  # a combo box behind the common kind


def test_a_bare_field_asks_nothing(theme: Theme) -> None:
    with pytest.raises(TypeError):
        make_input(Field("x", "X"), FixedClock.on(MONDAY))


def test_a_form_takes_no_more_room_than_its_widest_field(form: Form) -> None:
    assert form.minimumSizeHint().width() < 500
    assert isinstance(form.row("who"), QWidget)


def test_short_number_stands_under_its_label_and_a_date_is_shown_whole(qtbot: QtBot) -> None:
    form = Form(
        (Number("age", "Age"), Date("day", "Day")),
        FixedClock(dt.datetime.combine(MONDAY, dt.time(9), dt.UTC)),
    )
    qtbot.addWidget(form)
    form.resize(900, 200)
    form.show()
    number, date = form.input("age"), form.input("day")
    assert isinstance(number, NumberInput)
    assert isinstance(date, DateInput)
    assert number.line.x() == form.row("age").label.x()
    whole = date.line.fontMetrics().horizontalAdvance("Wed 28 Sep 2026")
    assert date.line.minimumSizeHint().width() > whole
