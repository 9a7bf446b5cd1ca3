"""What is asked at an in-work check-in: every answer one key, and nothing that has to be answered."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from coachdesk.casework.check_ins import CheckInAnswers
from coachdesk.casework.today import DueRef
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.forms.fields import Choice, Date, Heading, Option, Part, Text, Together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.one_key import OneKey

_NOT_ASKED = "not_asked"
_HIGHEST = 10
_UNSTATED_KEYS = {"prefers_not_to_say": "P", "not_known": "K", "not_applicable": "A"}
_YES_NO_KEYS = {"yes": "Y", "no": "N", **_UNSTATED_KEYS}
_AREA_KEYS = {"good": "G", "mixed": "M", "hard": "H", **_UNSTATED_KEYS}
_RISK_KEYS = {number: "T" if number == _HIGHEST else str(number) for number in range(_HIGHEST + 1)}
PASSED_BY = ("as_on", "end_reason")
"""Filled in by themselves or seldom known: the keyboard goes past them unless somebody goes there."""
RISK = "risk_of_leaving"


class CheckInParts(QObject):
    """The questions of a check-in, which of them depend on an answer, and the answers as they are handed in."""

    def __init__(self, codes: CodeBook, parent: QObject) -> None:
        super().__init__(parent)
        self._codes = codes

    def parts(self) -> tuple[Part, ...]:
        """Return what is asked, in the order in which one talks about it."""
        areas = [self._area(one) for one in self._areas()]
        pairs = (areas[place : place + 2] for place in range(0, len(areas), 2))
        return (
            Heading(
                self.tr("How is work going?"),
                self.tr(
                    "Leave out whatever did not come up. One key answers: Y yes, N no, K not known, P prefers not to say, "
                    "A does not apply; S goes on, Up goes back, Backspace takes an answer back."
                ),
            ),
            Together(
                self._ask("still_there", self.tr("Still in the job?")),
                self._ask("hours_changed", self.tr("Hours changed?")),
            ),
            Together(
                self._ask("pay_changed", self.tr("Pay changed?")),
                self._ask("adjustments_working", self.tr("Adjustments working?")),
            ),
            Together(
                Date("ended_on", self.tr("Last day in the job"), lean="past"),
                Choice("end_reason", self.tr("Why it ended"), options=self._codes.options("end_reason")),
            ),
            Together(
                Text("usual_hours", self.tr("Hours a week now")),
                Text("hourly_pay", self.tr("Pay an hour now"), placeholder="£12.71"),
                Date("as_on", self.tr("Since"), self.tr("Blank is the day of this contact."), lean="past"),
            ),
            OneKey(
                RISK,
                self.tr("How likely to leave the job?"),
                self.tr("0 means not at all, 10 means very; T is ten."),
                options=tuple(Option(number, str(number)) for number in _RISK_KEYS),
                keys=_RISK_KEYS,
            ),
            self._ask("manager_talk", self.tr("Talked with their manager?")),
            Heading(self.tr("Six things about the work"), self.tr("Keys: G good, M mixed, H hard.")),
            *(Together(*pair) for pair in pairs),
            Heading(self.tr("What was said")),
        )

    def _areas(self) -> tuple[Option, ...]:
        return self._codes.options("work_area", unstated=False)

    def _ask(self, name: str, words: str) -> OneKey:
        return OneKey(name, words, options=self._answers("yes_no"), keys=_YES_NO_KEYS)

    def _area(self, area: Option) -> OneKey:
        answers = tuple(one for one in self._answers("area_answer") if one.value != "not_applicable")
        return OneKey(str(area.value), area.words, options=answers, keys=_AREA_KEYS)

    def _answers(self, list_name: str) -> tuple[Option, ...]:
        return tuple(one for one in self._codes.options(list_name) if one.value != _NOT_ASKED)

    def react(self, form: Form) -> None:
        """Ask what follows from an answer: new hours or pay and since when, or the last day."""
        raw = form.raw()
        hours, pay = raw["hours_changed"] == "yes", raw["pay_changed"] == "yes"
        ended = raw["still_there"] == "no"
        shown = {
            "usual_hours": hours,
            "hourly_pay": pay,
            "as_on": hours or pay,
            "ended_on": ended,
            "end_reason": ended,
        }
        for name, wanted in shown.items():
            if form.row(name).isHidden() == wanted:
                form.set_shown(name, shown=wanted)

    def nothing_changed(self, form: Form) -> None:
        """Answer what "still there, nothing changed" says."""
        for name, answer in (("still_there", "yes"), ("hours_changed", "no"), ("pay_changed", "no")):
            form.input(name).set_value(answer)
            form.input(name).edited.emit()

    def answers(
        self, values: Mapping[str, Any], due: DueRef, measures: Mapping[str, int | str]
    ) -> CheckInAnswers:
        """Return what was said, ready to be handed in with the contact."""
        areas = {str(one.value): values[one.value] for one in self._areas() if values[one.value] is not None}
        return CheckInAnswers(
            job_id=due.record_id,
            due_on=due.due_on,
            still_there=values["still_there"] or _NOT_ASKED,
            ended_on=values["ended_on"],
            end_reason=values["end_reason"] or _NOT_ASKED,
            hours_changed=values["hours_changed"] or _NOT_ASKED,
            usual_hours=values["usual_hours"],
            pay_changed=values["pay_changed"] or _NOT_ASKED,
            hourly_pay=values["hourly_pay"],
            terms_on=values["as_on"],
            areas=areas,
            adjustments_working=values["adjustments_working"] or _NOT_ASKED,
            manager_talk=values["manager_talk"] or _NOT_ASKED,
            risk_of_leaving=values[RISK],
            measures=measures,
        )
