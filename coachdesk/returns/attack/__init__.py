"""The attacker: reads a written release as a stranger would, and tries to work out what was withheld.

It shares no code with the protection, so that a mistake there cannot hide itself here.
"""

from collections.abc import Mapping
from typing import Any

from coachdesk.returns.attack.findings import Contradiction, Findings, Violation
from coachdesk.returns.attack.form import Policy, read_policy, read_tables, refuse
from coachdesk.returns.attack.judging import Judge
from coachdesk.returns.attack.knots import Mode
from coachdesk.returns.attack.knowledge import Knowledge
from coachdesk.returns.attack.means import read_means
from coachdesk.returns.attack.merging import merge_releases
from coachdesk.returns.attack.ties import merge_shared, read_percentages, tie_tables

__all__ = ["Findings", "Violation", "attack", "merge_releases"]


def attack(release: Mapping[str, Any], *, mode: Mode = "auto", zeros: str | None = None) -> Findings:
    """Return what a reader can work out from one release in the public form.

    ``zeros`` replaces what the policy says of zeros; "worst" plays the reader who guesses that no mark
    hides a zero. Raises Refusal when the release is not in the public form.
    """
    told = dict(release)
    if zeros is not None and isinstance(told.get("policy"), Mapping):
        told["policy"] = {**told["policy"], "zeros": zeros}
    policy = read_policy(told)
    # The guess that no mark is a zero is dropped only where the numbers themselves refute it.
    floors = {"suppressible": (0,), "published": (1,), "worst": (1, 0)}[policy.zeros]
    for floor in floors:
        try:
            return _attack(told, policy, floor, mode)
        except Contradiction:
            continue
    return Findings("contradictory", notes=("The printed numbers cannot all be true together.",))


def _attack(release: Mapping[str, Any], policy: Policy, floor: int, mode: Mode) -> Findings:
    """Return the findings of one reader; raises Contradiction, Refusal."""
    marks = release.get("marks") or {}
    if not isinstance(marks, Mapping) or not all(isinstance(each, Mapping) for each in marks.values()):
        raise refuse("'marks' is not a record of records")
    knowledge = Knowledge(read_tables(release), policy, marks, floor)
    merge_shared(knowledge, release)
    knowledge.add_up()
    tie_tables(knowledge, release)
    based = read_percentages(knowledge, release)
    mean_based, mean_targets = read_means(knowledge, release)
    knowledge.system.propagate()
    judge = Judge(knowledge, mode)
    judge.judgement.violations += [*based, *mean_based]
    asked: set[tuple[int, bool, bool, bool]] = set()
    for target in knowledge.targets:
        # A margin shared by many tables is one number: one sentence about it is enough.
        number = knowledge.system.root(target.number)
        printed = knowledge.cells[target.table, target.key].state == "printed"
        question = (number, target.derived, target.sensitive, printed)
        if question not in asked:
            asked.add(question)
            judge.judge(target)
    for mean_target in mean_targets:
        judge.judge_mean(mean_target)
    return judge.judgement.findings()
