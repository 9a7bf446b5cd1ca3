"""What the forms about taking part in a programme ask."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.forms.fields import (
    Choice,
    Choices,
    Date,
    Heading,
    Lines,
    Number,
    Option,
    Part,
    Text,
    Together,
)


def _say(words: str) -> str:
    return QCoreApplication.translate("Programmes", words)


class EnrolmentForms:
    """Forms of an enrolment from the referral to what we may ask later, in the words of the lists in force."""

    def __init__(self, codes: CodeBook) -> None:
        self._codes = codes

    def _coded(self, name: str, list_name: str, words: str) -> Choice:
        return Choice(name, words, options=self._codes.options(list_name))

    def change(self) -> tuple[Part, ...]:
        """Return the form of an enrolment as it goes on."""
        return (
            Together(
                Date("received_on", _say("Referral re&ceived"), lean="past"),
                Date("accepted_on", _say("Accep&ted"), lean="past"),
                Date("started_on", _say("St&arted"), lean="past"),
                Date("profile_started_on", _say("Vocational pro&file begun"), lean="past"),
            ),
            Together(
                self._coded("source", "referral_source", _say("Where the refe&rral came from")),
                Text("referrer", _say("&Who referred them")),
                self._coded("route", "route", _say("Wor&k at the start")),
            ),
            Together(
                self._coded("stage", "stage", _say("Sta&ge")),
                Date("expected_end_on", _say("E&xpected to end"), lean="future"),
            ),
        )

    def begin(self, programmes: Sequence[tuple[str, str]]) -> tuple[Part, ...]:
        """Return the form that enrols somebody, for the first time or again."""
        options = tuple(Option(key, title) for key, title in programmes)
        return (
            Choice("programme_key", _say("&Programme"), options=options, needed=True),
            Together(
                Date("received_on", _say("Referral re&ceived"), lean="past"),
                Date("accepted_on", _say("Accep&ted"), lean="past"),
                Date("started_on", _say("St&arted"), lean="past"),
            ),
            Together(
                self._coded("source", "referral_source", _say("Where the refe&rral came from")),
                Text("referrer", _say("&Who referred them")),
                self._coded("route", "route", _say("Wor&k at the start")),
            ),
            self._reasons(),
        )

    def _reasons(self) -> Choices:
        options = self._codes.options("eligibility_reason", unstated=False)
        return Choices("reasons", _say("&Here because of"), options=options, columns=3)

    def reasons(self, evidence_asked: str) -> tuple[Part, ...]:
        """Return the form of the reasons; evidence is asked only where the programme does."""
        told: tuple[Part, ...] = (
            Heading("", _say("What the client says is enough; no proof is asked for.")),
            self._reasons(),
            Text("other_words", _say("Which &other reason, in the client’s words")),
        )
        if not evidence_asked:
            return told
        asks = _say("This programme asks for: {evidence}").format(evidence=evidence_asked)
        return (Heading("", asks), *told[1:], Text("evidence", _say("What was se&en")))

    def pause(self) -> tuple[Part, ...]:
        """Return the form that begins a pause."""
        reasons = self._codes.options("pause_reason", unstated=False)
        return (
            Together(
                Date("from_on", _say("&From"), needed=True, lean="nearest"),
                Date("to_on", _say("&Last day, if it is known"), lean="future"),
            ),
            Together(
                Choice("reason", _say("Wh&y"), options=reasons),
                Text("words", _say("In &other words")),
            ),
        )

    def end_of_pause(self) -> tuple[Part, ...]:
        """Return the form that ends a pause."""
        return (Date("to_on", _say("&Last day of the pause"), needed=True, lean="past"),)

    def ending(self) -> tuple[Part, ...]:
        """Return the form that ends support."""
        return (
            Together(
                Date("exit_on", _say("Last &day"), needed=True, lean="past"),
                self._coded("exit_reason", "exit_reason", _say("&Why")),
                Text("destination", _say("Where &to")),
            ),
            *self.what_stands(),
        )

    def what_stands(self) -> tuple[Part, ...]:
        """Return what is agreed for the time after."""
        return (
            Lines(
                "what_stands", _say("What sta&nds: what the client has, knows and can come back to"), rows=2
            ),
            Together(
                self._coded("may_ask_later", "yes_no", _say("&May we ask later how things go?")),
                Date("ask_on", _say("Ask &on"), lean="future"),
            ),
        )

    def answer(self) -> tuple[Part, ...]:
        """Return the form for what was said when we asked."""
        return (
            Lines("answer", _say("What was &said"), rows=3, needed=True),
            Together(
                Date("asked_on", _say("Asked &on"), needed=True, lean="past"),
                Date("ask_again_on", _say("Ask a&gain on, if there is more to ask"), lean="future"),
            ),
        )

    def rhythm(self) -> tuple[Part, ...]:
        """Return the form of an agreed rhythm."""
        return (
            Together(
                Number("every_days", _say("&Every so many days"), needed=True, lowest=1, highest=366),
                Date("agreed_on", _say("Agreed &on"), needed=True, lean="past"),
            ),
            Text("reason", _say("Wh&y, in the client’s words")),
        )
