"""What a funder asks in words: prompts of a programme, and what is written for each in a period."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Narrative, NarrativePrompt, Programme
from coachdesk.press.blocks import Block, Heading, Text
from coachdesk.returns.narratives_check import TextCheck, TextFinding, check_of
from coachdesk.returns.periods import Period
from coachdesk.returns.wishes import NarrativeText, PreparedReturn
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.work import clock_of, describe

MOST_WORDS = 5_000
GONE = "This prompt is not there any more."


def word_count(text: str) -> int:
    """Return how many words a text has, as a word processor counts them: what stands between blanks."""
    return len(text.split())


def count_words(words: int, most: int | None) -> str:
    """Return how much is written of what may be: ``212 of 250 words``."""
    if most is None:
        return f"{words:,} word" if words == 1 else f"{words:,} words"
    return f"{words:,} of {most:,} words"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptRow:
    """A question of a funder's, with how much may be written."""

    id: UUID
    programme_id: UUID
    title: str
    prompt: str
    most_words: int | None
    position: int
    retired_on: dt.date | None


def list_prompts(session: Session, programme_id: UUID) -> tuple[PromptRow, ...]:
    """Return a programme's prompts in their order, the retired ones last."""
    query = (
        select(NarrativePrompt)
        .where(NarrativePrompt.programme_id == programme_id, NarrativePrompt.archived_at.is_(None))
        .order_by(NarrativePrompt.retired_on.is_not(None), NarrativePrompt.position, NarrativePrompt.id)
    )
    return tuple(_prompt(one) for one in session.scalars(query))


def _prompt(one: NarrativePrompt) -> PromptRow:
    return PromptRow(
        id=one.id,
        programme_id=one.programme_id,
        title=one.title,
        prompt=one.prompt,
        most_words=one.most_words,
        position=one.position,
        retired_on=one.retired_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePrompt:
    """Add a prompt, or change the one with this id; without a position it goes to the end."""

    programme_id: UUID
    title: str
    prompt: str = ""
    most_words: int | None = None
    position: int | None = None
    id: UUID | None = None


def save_prompt(session: Session, wish: SavePrompt) -> UUID:
    """Write a prompt; return its id. Raises Refusal for anybody but a manager, and without a title."""
    check_is_manager(session)
    wrong = {}
    if not wish.title.strip():
        wrong["title"] = "Say what it is called."
    if wish.most_words is not None and not 1 <= wish.most_words <= MOST_WORDS:
        wrong["most_words"] = f"A whole number from 1 to {MOST_WORDS:,}, or nothing."
    if wrong:
        raise Refusal("Please look at the marked values.", fields=wrong)
    found = _new(session, wish.programme_id) if wish.id is None else _held(session, wish.id)
    found.title, found.prompt, found.most_words = wish.title.strip(), wish.prompt.strip(), wish.most_words
    if wish.position is not None:
        found.position = wish.position
    describe(session, "Changed what a funder asks in words")
    return found.id


def _new(session: Session, programme_id: UUID) -> NarrativePrompt:
    if session.get(Programme, programme_id) is None:
        raise Refusal("This programme is not there any more.")
    last = session.scalar(
        select(func.max(NarrativePrompt.position)).where(NarrativePrompt.programme_id == programme_id)
    )
    found = NarrativePrompt(programme_id=programme_id, position=(last or 0) + 1)
    session.add(found)
    return found


def _held(session: Session, prompt_id: UUID) -> NarrativePrompt:
    found = session.get(NarrativePrompt, prompt_id)
    if found is None:
        raise Refusal(GONE)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirePrompt:
    """Ask a prompt no more, or ask it again; what was written for it stays."""

    id: UUID
    again: bool = False


def retire_prompt(session: Session, wish: RetirePrompt) -> None:
    """Retire a prompt or bring it back; raises Refusal for anybody but a manager."""
    check_is_manager(session)
    found = _held(session, wish.id)
    found.retired_on = None if wish.again else clock_of(session).today()
    describe(session, "Changed what a funder asks in words")


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativesQuestion:
    """The prompts of a programme with what is written for a period.

    ``withheld`` are the numbers that a return worked out for just this period withholds, each with what it counts.
    """

    programme_id: UUID
    from_on: dt.date
    to_on: dt.date
    withheld: Mapping[int, str] | None = None

    @property
    def period(self) -> Period:
        """The period that is written about."""
        return Period(self.from_on, self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeRow:
    """A prompt with its text for a period, what was written last time, and what the text had better not say."""

    prompt: PromptRow
    text: str
    before: str
    before_period: str
    findings: tuple[TextFinding, ...]

    @property
    def count(self) -> str:
        """How much is written of what may be."""
        return count_words(word_count(self.text), self.prompt.most_words)

    @property
    def is_too_long(self) -> bool:
        """Whether more is written than the funder takes."""
        return self.prompt.most_words is not None and word_count(self.text) > self.prompt.most_words


def list_narratives(session: Session, question: NarrativesQuestion) -> tuple[NarrativeRow, ...]:
    """Return every prompt with its text for a period, those asked no more last; raises Refusal for anybody but a manager."""
    check_is_manager(session)
    texts = _texts(session, question.programme_id, question.period)
    check = check_of(session, question.programme_id, question.period, question.withheld)
    return tuple(
        _row(session, prompt, texts.get(prompt.id, ""), question.period, check)
        for prompt in list_prompts(session, question.programme_id)
    )


def _texts(session: Session, programme_id: UUID, period: Period) -> dict[UUID, str]:
    query = (
        select(Narrative.prompt_id, Narrative.text)
        .join(NarrativePrompt, NarrativePrompt.id == Narrative.prompt_id)
        .where(
            NarrativePrompt.programme_id == programme_id,
            Narrative.from_on == period.from_on,
            Narrative.to_on == period.to_on,
            Narrative.archived_at.is_(None),
        )
    )
    return dict(session.execute(query).all())


def _row(session: Session, prompt: PromptRow, text: str, period: Period, check: TextCheck) -> NarrativeRow:
    before = session.scalars(
        select(Narrative)
        .where(
            Narrative.prompt_id == prompt.id,
            Narrative.to_on < period.from_on,
            Narrative.text != "",
            Narrative.archived_at.is_(None),
        )
        .order_by(Narrative.to_on.desc(), Narrative.id.desc())
        .limit(1)
    ).one_or_none()
    return NarrativeRow(
        prompt=prompt,
        text=text,
        before=before.text if before else "",
        before_period=Period(before.from_on, before.to_on).words if before else "",
        findings=check.findings(text),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveNarrative:
    """What is written for a prompt in a period; ``withheld`` as in the question."""

    prompt_id: UUID
    from_on: dt.date
    to_on: dt.date
    text: str
    withheld: Mapping[int, str] | None = None


def save_narrative(session: Session, wish: SaveNarrative) -> tuple[TextFinding, ...]:
    """Keep a text and return what it had better not say: a warning, never a reason not to keep it.

    Raises Refusal for anybody but a manager, and when the prompt is gone.
    """
    check_is_manager(session)
    prompt = _held(session, wish.prompt_id)
    found = session.scalars(
        select(Narrative).where(
            Narrative.prompt_id == prompt.id, Narrative.from_on == wish.from_on, Narrative.to_on == wish.to_on
        )
    ).one_or_none()
    if found is None:
        found = Narrative(prompt_id=prompt.id, from_on=wish.from_on, to_on=wish.to_on)
        session.add(found)
    found.text = wish.text.strip()
    describe(session, "Wrote the words of a return")
    period = Period(wish.from_on, wish.to_on)
    return check_of(session, prompt.programme_id, period, wish.withheld).findings(found.text)


def narratives_of(session: Session, programme_id: UUID, period: Period) -> tuple[NarrativeText, ...]:
    """Return what is written for a period, in the order of the prompts; what is empty is left out."""
    texts = _texts(session, programme_id, period)
    return tuple(
        NarrativeText(prompt_id=one.id, title=one.title, text=texts[one.id])
        for one in list_prompts(session, programme_id)
        if texts.get(one.id)
    )


def narrative_blocks(prepared: PreparedReturn) -> Iterator[Block]:
    """Yield the words of a return and its case studies as sections of the report; nothing where none are written."""
    if prepared.narratives:
        yield Heading(2, "In words")
        for one in prepared.narratives:
            yield Heading(3, one.title)
            yield from (Text(part) for part in paragraphs(one.text))
    if prepared.stories:
        yield Heading(2, "Case studies")
        yield Text(
            "Each was written with the client’s permission, shown to them, and checked by a second person."
        )
        for story in prepared.stories:
            yield Heading(3, story.title)
            yield from (Text(part) for part in paragraphs(story.text))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: what stands between empty lines."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]
