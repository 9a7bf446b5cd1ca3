"""A question of the charity's own: what, by what, when and which; answered with true numbers that stay in the vault."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from uuid import UUID

from coachdesk.errors import Refusal
from coachdesk.returns.breakdowns import Breakdown, People
from coachdesk.returns.counting import Measure
from coachdesk.returns.questions_ground import ChoicesQuestion, Ground, read_ground
from coachdesk.returns.tables import in_a_sentence
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

INSIDE = "Inside the vault: not for release"
MOST_VARIABLES = 3
MOST_HEADINGS = 2
EVERYBODY = "Everybody"
NUMBER, SHARE = "Number", "Share"
PERCENT = 100
TOO_MANY = (
    "A question has at most three parts: one or two headings to count by, and what is chosen besides. With more, nearly "
    "every number would be one person. Take a part away."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Only the people under one label of a heading."""

    heading: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWish:
    """What is counted, by which headings, in which period, and of whom; known as at a day (today when left out)."""

    programme_key: str
    measure: str
    from_on: dt.date
    to_on: dt.date
    by: tuple[str, ...] = ()
    which: tuple[Which, ...] = ()
    as_at: dt.date | None = None

    @property
    def ground(self) -> ChoicesQuestion:
        """Return what has to be read to answer it."""
        return ChoicesQuestion(
            programme_key=self.programme_key, from_on=self.from_on, to_on=self.to_on, as_at=self.as_at
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One line: its labels, the true number, its share in words, and who is behind it."""

    labels: tuple[str, ...]
    number: int
    share: str
    client_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """True numbers with the people behind them. They never leave the vault as they stand here."""

    wish: QuestionWish
    title: str
    asked: str
    header: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
    notes: tuple[str, ...]
    as_at: dt.date


def check_question(wish: QuestionWish) -> None:
    """Return when a question can be asked; raises Refusal for too many parts and for a heading that stands twice."""
    used = (*wish.by, *(one.heading for one in wish.which))
    if len(wish.by) > MOST_HEADINGS or len(used) > MOST_VARIABLES:
        raise Refusal(TOO_MANY, fields={"by": TOO_MANY})
    if len(set(used)) != len(used):
        sentence = "Each heading can stand once in a question: to count by, or to choose from."
        raise Refusal(sentence, fields={"by": sentence})


def answered(vault: OpenVault, wish: QuestionWish, watch: Watch) -> Answer:
    """Return the answer with true numbers, marked as not for release.

    Raises Refusal for a question of too many parts, for something that is not counted, and for a period or day that
    cannot be; Cancelled when it was stopped.
    """
    check_question(wish)
    watch.progress(0.1, "Counting")
    with reading(vault) as session:
        ground = read_ground(session, wish.ground)
    watch.check()
    watch.progress(0.8, "Laying out the answer")
    return answer_of(ground, wish)


def answer_of(ground: Ground, wish: QuestionWish) -> Answer:
    """Return the answer from what was read; raises Refusal as ``answered`` does."""
    check_question(wish)
    measure = ground.measure(wish.measure)
    by = tuple(ground.breakdown(key) for key in wish.by)
    people = measure.people
    for one in wish.which:
        people &= _chosen(ground, one, measure.people)
    asked = question_title(ground, wish)
    return Answer(
        wish=wish,
        title=f"{INSIDE}. {asked}",
        asked=asked,
        header=(*(one.dimension.title for one in by), NUMBER, SHARE) if by else ("Who", NUMBER, SHARE),
        rows=tuple(_rows(by, people)),
        notes=tuple(_notes(by, measure, people)),
        as_at=ground.as_at,
    )


def _chosen(ground: Ground, one: Which, people: People) -> People:
    breakdown = ground.breakdown(one.heading)
    if one.label not in breakdown.dimension.labels:
        sentence = f"Nobody stands under “{one.label}” any more. Choose another one."
        raise Refusal(sentence, fields={"which": sentence})
    return breakdown.among(people, one.label)


def question_title(ground: Ground, wish: QuestionWish) -> str:
    """Return a question in words: what, by what, which, programme and period."""
    names = " and ".join(in_a_sentence(ground.breakdown(key).dimension.title) for key in wish.by)
    parts = [ground.measure(wish.measure).title + (f" by {names}" if names else "")]
    parts += [f"{ground.breakdown(one.heading).dimension.title}: {one.label}" for one in wish.which]
    return "; ".join((*parts, ground.programme, ground.period.words))


def _rows(by: tuple[Breakdown, ...], people: People) -> Iterator[AnswerRow]:
    """Return a line for each heading, in a fixed order; of two headings, only lines with somebody in them."""
    if not by:
        yield _row((EVERYBODY,), people, len(people))
        return
    for labels in product(*(one.dimension.every_label for one in by)):
        inside = people
        for one, label in zip(by, labels, strict=True):
            inside = one.among(inside, label)
        if inside or len(by) == 1:
            yield _row(labels, inside, len(people))


def _row(labels: tuple[str, ...], people: People, whole: int) -> AnswerRow:
    share = f"{(2 * PERCENT * len(people) + whole) // (2 * whole)}%" if whole else ""
    return AnswerRow(labels=labels, number=len(people), share=share, client_ids=tuple(sorted(people)))


def _notes(by: tuple[Breakdown, ...], measure: Measure, people: People) -> Iterator[str]:
    yield f"{len(people):,} different people, each counted once."
    if len(people) != len(measure.people):
        yield f"{measure.title} without a choice: {len(measure.people):,} people."
    for one in by:
        yield f"{one.dimension.title}: {one.basis}"
        several = len(people & one.several)
        if several:
            yield f"{several:,} of them stand under more than one {one.heading}."
    if len(by) == MOST_HEADINGS:
        yield "Lines with nobody in them are left out."
