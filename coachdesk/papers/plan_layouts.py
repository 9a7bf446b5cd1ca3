"""How a plan reads on paper: standard and large print in the same words, easy read in its own."""

from collections.abc import Iterator

from coachdesk.casework.plans import ActionRow, GoalRow
from coachdesk.papers.plan_paper import (
    PlanLayout,
    PlanPaper,
    by_hand,
    in_order,
    name_by_hand,
    quoted,
    signed,
    styles,
    two_signatures,
)
from coachdesk.press.blocks import (
    Block,
    Callout,
    Facts,
    Heading,
    KeepTogether,
    Note,
    PageBreak,
    PictureItem,
    PictureList,
    Quote,
    TableBlock,
    Text,
    WritingLines,
)
from coachdesk.press.cells import date_words
from coachdesk.press.faces import prints

__all__ = ["EasyRead", "InPrint", "PlanLayout", "PlanPaper", "styles"]

_EMPTY_LINES = 4
_MOST_TOGETHER = 4  # steps that stay on one page with the goal they lead to
_USUAL = 4  # goals; a plan of more is set closer, so that it still goes home on two pages
_ROOM = 0.3  # of a page: less, and a goal with more steps begins on the next
# a picture for each area of life that has one; what a charity adds of its own gets the target
_AREAS = {
    "skills": "graduation-cap",
    "confidence": "star",
    "housing": "house",
    "caring": "users",
    "job_search": "search",
    "in_work": "briefcase",
}


class InPrint:
    """The plan in full sentences: a table of steps in the standard print, a list to tick in large print."""

    TITLE = "Your action plan"

    def __init__(self, paper: PlanPaper, layout: PlanLayout) -> None:
        self.paper, self.layout = paper, layout

    def blocks(self) -> Iterator[Block]:
        """Give the plan block by block, the client's own words first."""
        yield Heading(1, self.TITLE)
        made_with = f", made with {self.paper.organisation}" if self.paper.organisation else ""
        yield Text(
            f"This plan is yours{made_with}. It says what you want, in your own words, and who does what next. "
            "You can change it at any time: tell your coach, or write on it."
        )
        if self.paper.needs:
            yield Callout("Communication needs", self.paper.needs)
        yield from name_by_hand(self.paper)
        yield Facts(tuple(self._about()))
        if self.paper.is_empty:
            yield from self._nothing_yet()
        for number, goal in enumerate(self.paper.plan.goals, start=1):
            yield from self._goal(goal, number)
        if self.paper.plan.loose_actions:
            yield from self._loose()
        yield KeepTogether(tuple(self._who_to_call()))
        yield KeepTogether(tuple(self._to_sign()))

    def _about(self) -> Iterator[tuple[str, str]]:
        plan = self.paper.plan
        if self.paper.has_name:
            yield "Name", self.paper.name
        if plan.agreed_on is not None:
            how = f" · {self.paper.how_agreed}" if self.paper.how_agreed else ""
            yield "Agreed on", f"{date_words(plan.agreed_on)}{how}"
            if self.paper.changed_since:
                yield "Since then", "Changed, and still to be agreed"
        else:
            yield "Agreed on", "Not agreed yet: this is a draft to talk about"
        review = plan.next_review_on
        yield "Next review", date_words(review) if review else "No day chosen yet"

    def _nothing_yet(self) -> Iterator[Block]:
        yield Heading(2, "What you hope for")
        yield Text(
            "Nothing is written here yet, and that is fine. A plan begins with what you hope for, in your own "
            "words. You can write it here, or tell your coach when you meet."
        )
        for _ in range(_EMPTY_LINES):
            yield WritingLines(("",))

    @property
    def _is_close(self) -> bool:
        """Whether a goal’s words are its heading and its steps follow without one of their own."""
        return self.layout is PlanLayout.STANDARD and len(self.paper.plan.goals) > _USUAL

    def _goal(self, goal: GoalRow, number: int) -> Iterator[Block]:
        several = len(self.paper.plan.goals) > 1
        top = list(self._wanted(goal, number))
        if goal.coach_summary.strip():
            top.append(Text(f"Your coach’s summary: {goal.coach_summary.strip()}"))
        if goal.achieved_on is not None:
            top.append(Text(f"✓ Reached on {date_words(goal.achieved_on)}. Well done."))
        if not goal.actions:
            top.append(Text("No steps yet. What would be a good first one?"))
        steps = tuple(self._steps(goal.actions, self._title_of_steps(number if several else None)))
        if len(goal.actions) <= _MOST_TOGETHER and self.layout is PlanLayout.STANDARD:
            yield KeepTogether((*top, *steps))
            return
        yield PageBreak(unless_left=_ROOM)
        yield KeepTogether(tuple(top))
        yield from steps

    def _wanted(self, goal: GoalRow, number: int) -> Iterator[Block]:
        """Give the client’s own words: below a heading each, or as headings below one where there are many."""
        is_known = prints(goal.own_words)
        if not self._is_close:
            several = len(self.paper.plan.goals) > 1
            yield Heading(2, f"What you want ({number})" if several else "What you want")
            yield from [Quote(quoted(goal.own_words))] if is_known else by_hand()
            return
        if number == 1:
            yield Heading(2, "What you want")
        yield Heading(3, f"{number}. {quoted(goal.own_words)}" if is_known else f"{number}.")
        yield from () if is_known else by_hand()

    def _title_of_steps(self, number: int | None) -> str:
        if self._is_close:
            return ""
        return "Steps" if number is None else f"Steps towards this ({number})"

    def _loose(self) -> Iterator[Block]:
        title = "Other steps" if self.paper.plan.goals else "Steps"
        if self.layout is PlanLayout.LARGE:
            yield Heading(2, title)
        yield from self._steps(self.paper.plan.loose_actions, title)

    def _steps(self, actions: tuple[ActionRow, ...], title: str) -> Iterator[Block]:
        if not actions:
            return
        if self.layout is PlanLayout.LARGE:
            yield PictureList(tuple(self._step(one) for one in in_order(actions)))
            return
        yield TableBlock(
            title,
            ("What", "Who", "By when", "What came of it"),
            [
                (one.what, self._who(one), date_words(one.due_on) if one.due_on else "No day set", _came(one))
                for one in in_order(actions)
            ],
            flows_on=len(actions) > _MOST_TOGETHER,
        )

    def _step(self, one: ActionRow) -> PictureItem:
        if one.done_on is not None:
            more = f"{self._who(one)}. {_done(one)}"
        else:
            due = f"by {date_words(one.due_on)}" if one.due_on else "no day set"
            more = f"{self._who(one)}. To do, {due}."
        return PictureItem("box-ticked" if one.done_on else "box", one.what, (more,), is_strong=True)

    def _who(self, one: ActionRow) -> str:
        if one.who == "client":
            return "You"
        if one.who == "coach":
            return "Your coach"
        return one.who_name or "Somebody else"

    def _who_to_call(self) -> Iterator[Block]:
        yield Heading(2, "Who to call")
        yield Facts(tuple(self._calls()))
        yield WritingLines(("Phone, text or email", "Best time"), (2, 1))

    def _calls(self) -> Iterator[tuple[str, str]]:
        yield "Your coach", self.paper.coach or "Not decided yet"
        place = "\n".join(part for part in (self.paper.hub, self.paper.address) if part)
        if place:
            is_short = self.layout is PlanLayout.STANDARD  # a line saved here keeps many a plan on one page
            yield "Where", ", ".join(place.splitlines()) if is_short else place
        if self.paper.opening.strip():
            yield "Open", self.paper.opening.strip()

    def _to_sign(self) -> Iterator[Block]:
        by_you = tuple(signed(self.paper, "Signed on screen by you"))
        yield Heading(2, "Signed" if by_you else "Space to sign")
        if by_you:
            yield from by_you
        elif self.layout is PlanLayout.LARGE:
            yield from two_signatures()
        else:
            yield WritingLines(("You", "Date", "Your coach", "Date"), (2, 1, 2, 1))
        version = f"Version {self.paper.plan.version}. " if self.paper.plan.version else ""
        yield Note(
            f"{version}Printed on {date_words(self.paper.made_on)}. You can have this plan in large print, in easy "
            "read with pictures, or read aloud: please ask."
        )


def _came(one: ActionRow) -> str:
    """Return what came of a step: a sign and words, never a colour."""
    return "□ To do" if one.done_on is None else f"✓ {_done(one)}"


def _done(one: ActionRow) -> str:
    came = f" {one.outcome.strip()}" if one.outcome.strip() else ""
    return f"Done on {date_words(one.done_on)}.{came}" if one.done_on else ""


class EasyRead:
    """The plan one idea at a time: a picture, and a short sentence beside it."""

    TITLE = "Your plan"

    def __init__(self, paper: PlanPaper) -> None:
        self.paper = paper

    def blocks(self) -> Iterator[Block]:
        """Give the plan block by block, the client's own words first."""
        yield Heading(1, self.TITLE)
        yield from name_by_hand(self.paper)
        yield PictureList(tuple(self._about()))
        if self.paper.is_empty:
            yield from self._nothing_yet()
        for number, goal in enumerate(self.paper.plan.goals, start=1):
            yield from self._goal(goal, number)
        if self.paper.plan.loose_actions:
            title = "Other things to do" if self.paper.plan.goals else "What happens next"
            yield from self._steps(self.paper.plan.loose_actions, Heading(2, title))
        yield KeepTogether(
            (
                Heading(2, "Who can help"),
                PictureList(tuple(self._who_to_call())),
                WritingLines(("Phone, text or email",)),
            )
        )
        yield KeepTogether(tuple(self._to_sign()))

    def _about(self) -> Iterator[PictureItem]:
        plan = self.paper.plan
        if self.paper.has_name:
            yield PictureItem("user", f"This is the plan of {self.paper.name}.", is_strong=True)
        yield PictureItem("pen-line", "This plan is yours.", ("You can change it at any time.",))
        if self.paper.organisation:
            yield PictureItem("heart-handshake", f"You made it with {self.paper.organisation}.")
        if self.paper.needs:
            yield PictureItem("message-square", "How to talk with you:", (self.paper.needs,), is_strong=True)
        if plan.agreed_on is not None:
            how = (f"How: {self.paper.how_agreed}.",) if self.paper.how_agreed else ()
            yield PictureItem("handshake", f"We agreed it on {date_words(plan.agreed_on)}.", how)
            if self.paper.changed_since:
                yield PictureItem("refresh-cw", "It has changed since then.", ("We can talk about it.",))
        else:
            yield PictureItem("handshake", "We have not agreed it yet.", ("We can talk about it.",))
        if plan.next_review_on is not None:
            yield PictureItem("calendar", f"We look at it again on {date_words(plan.next_review_on)}.")

    def _nothing_yet(self) -> Iterator[Block]:
        yield Heading(2, "What you want")
        yield PictureList(
            (
                PictureItem("target", "Nothing is written here yet.", ("That is fine.",)),
                PictureItem(
                    "message-square", "What do you hope for?", ("Write it here, or tell your coach.",)
                ),
            )
        )
        for _ in range(_EMPTY_LINES):
            yield WritingLines(("",))

    def _goal(self, goal: GoalRow, number: int) -> Iterator[Block]:
        several = len(self.paper.plan.goals) > 1
        heading = Heading(2, f"What you want ({number})" if several else "What you want")
        said: list[PictureItem] = []
        top: list[Block] = [heading]
        if prints(goal.own_words):
            picture = _AREAS.get(goal.area, "target")
            said.append(PictureItem(picture, quoted(goal.own_words), is_strong=True))
        else:
            top += by_hand()
        if goal.coach_summary.strip():
            said.append(PictureItem("users", "Your coach says:", (goal.coach_summary.strip(),)))
        if goal.achieved_on is not None:
            said.append(
                PictureItem("award", "You did it.", (f"You reached this on {date_words(goal.achieved_on)}.",))
            )
        yield KeepTogether((*top, PictureList(said)))
        if goal.actions:
            yield from self._steps(goal.actions, Heading(3, "What happens next"))
        else:
            yield PictureList(
                (PictureItem("circle-help", "What is a good first step?", ("Talk about it.",)),)
            )

    def _steps(self, actions: tuple[ActionRow, ...], heading: Heading) -> Iterator[Block]:
        for number, one in enumerate(in_order(actions)):
            step = PictureList(tuple(self._step(one)))
            yield KeepTogether((step,) if number else (heading, step))

    def _step(self, one: ActionRow) -> Iterator[PictureItem]:
        if one.done_on is not None:
            came = (one.outcome.strip(),) if one.outcome.strip() else ()
            yield PictureItem("box-ticked", one.what, is_strong=True)
            yield PictureItem("circle-check", f"Done on {date_words(one.done_on)}.", came)
            return
        yield PictureItem("box", one.what, is_strong=True)
        yield self._who(one)
        if one.due_on is not None:
            yield PictureItem("calendar", f"Do it by {date_words(one.due_on)}.")

    def _who(self, one: ActionRow) -> PictureItem:
        if one.who == "client":
            return PictureItem("user", "You do this.")
        if one.who == "coach":
            return PictureItem("users", "Your coach does this.")
        return PictureItem("users", f"{one.who_name or 'Somebody else'} does this.")

    def _who_to_call(self) -> Iterator[PictureItem]:
        if self.paper.coach:
            yield PictureItem("users", f"Your coach is {self.paper.coach}.")
        else:
            yield PictureItem("users", "You do not have a coach yet.", ("Ask us.",))
        place = [part for part in (self.paper.hub, self.paper.address) if part]
        if place:
            yield PictureItem("map-pin", place[0], tuple(place[1:]))
        if self.paper.opening.strip():
            yield PictureItem("clock", f"Open: {self.paper.opening.strip()}")
        yield PictureItem("phone", "How to reach us:")

    def _to_sign(self) -> Iterator[Block]:
        by_you = tuple(signed(self.paper, "You signed this on the screen"))
        yield Heading(2, "You signed" if by_you else "Sign here")
        yield from by_you or two_signatures()
        yield Note(f"Printed on {date_words(self.paper.made_on)}.")
