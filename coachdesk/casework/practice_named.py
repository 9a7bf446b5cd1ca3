"""What the practice world has for trying out: passing on by name, and a question of one's own that divides a return.

One programme has a lead provider with an agreement, and some of its invented clients gave their permission; most of them
answered the question, some did not want to say.
"""

import datetime as dt
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import Consent, CustomAnswer, CustomField, Programme, Record, SharingBasis
from coachdesk.terms import Unstated

if TYPE_CHECKING:
    from coachdesk.casework.practice_lives import Life

PROGRAMME = "workwell"
PURPOSE = "share_lead_provider"
LEAD = "Practice Lead Provider"
ANSWERS = (
    ("bus", "By bus"),
    ("car", "By car"),
    ("foot", "On foot or by bicycle"),
    ("cannot", "I cannot get there"),
)
WEIGHTS = (5, 4, 3, 1)
COLUMNS = (("Reference", "reference"), ("Name", "name"), ("Started", "started_on"), ("Left", "exit_on"))
PERMIT, SAY, WITHDRAW = 0.7, 0.85, 0.1
"""How many gave their permission, how many answered, and how many of the permissions were taken back."""


class Named:
    """The footing and the question of one programme, and what each invented client gave."""

    def __init__(self, session: Session, today: dt.date) -> None:
        self.today = today
        self._programme = session.scalars(select(Programme).where(Programme.key == PROGRAMME)).one()
        self._question = CustomField(
            key="way_to_work",
            title="How you would get to work",
            sort="choice",
            help="Invented, to try out a question of one’s own.",
            programme_id=self._programme.id,
            choices=[list(answer) for answer in ANSWERS],
            is_breakdown=True,
            position=1,
            source_note="Practice world",
        )

    def records(self) -> Iterator[Record]:
        """Give the footing on which clients may be passed on, and the question."""
        yield SharingBasis(
            programme_id=self._programme.id,
            recipient=LEAD,
            basis="Invented: Article 6(1)(a), each client’s permission, which can be taken back.",
            agreement="Practice sharing agreement",
            agreed_on=self.today - dt.timedelta(days=400),
            ends_on=self.today + dt.timedelta(days=700),
            columns=[list(column) for column in COLUMNS],
        )
        yield self._question

    def of_life(self, life: "Life", seed: int, number: int) -> Iterator[Record]:
        """Give one client's permission and answer, always the same for the same seed and number."""
        chance = random.Random(f"{seed} named {number}")  # noqa: S311 -- invented lives, not secrets
        if life.programme_id != self._programme.id or life.started_on is None:
            return
        if chance.random() < PERMIT:
            given = min(life.started_on + dt.timedelta(days=7), life.until)
            back = chance.random() < WITHDRAW
            yield Consent(
                client_id=life.client_id,
                purpose=PURPOSE,
                recipient=LEAD,
                how_given="signed",
                given_on=given,
                withdrawn_on=life.until if back else None,
            )
        answer = chance.choices(ANSWERS, WEIGHTS)[0][0]
        says = chance.random() < SAY
        yield CustomAnswer(
            client_id=life.client_id,
            field_id=self._question.id,
            value={"choice": answer} if says else {},
            unstated=Unstated.NOT_ASKED if says else Unstated.PREFERS_NOT_TO_SAY,
        )
