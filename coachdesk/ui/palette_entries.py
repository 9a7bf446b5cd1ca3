"""What the palette offers besides people: actions with their keys, places, and help; each found by its words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from coachdesk.vault.folding import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be done or shown: its words, what stands beside them, more words it is found by, and the deed."""

    key: str
    title: str
    detail: str
    deed: Callable[[], object]
    keywords: str = ""
    enabled: Callable[[], bool] | None = None

    def is_found_by(self, words: Sequence[str]) -> bool:
        """Return whether every word, folded, begins a word of this entry, and it can be used now."""
        if self.enabled is not None and not self.enabled():
            return False
        text = f" {fold(f'{self.title} {self.keywords}')}"
        return all(f" {word}" in text for word in words)

    def rank(self, words: Sequence[str]) -> tuple[bool, str]:
        """Return what entries found are sorted by: those whose title begins with what was typed come first."""
        title = fold(self.title)
        return (not title.startswith(" ".join(words)), title)


def found_among(entries: Iterable[Entry], typed: str) -> list[Entry]:
    """Return the entries that what was typed finds, the likeliest first; nothing typed finds nothing."""
    words = fold(typed).split()
    if not words:
        return []
    return sorted((one for one in entries if one.is_found_by(words)), key=lambda one: one.rank(words))
