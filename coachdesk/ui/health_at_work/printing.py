"""Printing the papers of health at work: one question where the file goes, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coachdesk.ui.paper_printing import Paper, PaperPrinting


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What is printed: what the file is called, how it is made, and the wish made of where it goes."""

    file_name: str
    write: Callable[[Any, Any, Any], Path]
    wish: Callable[[Path], Any]


class HealthPrinting(PaperPrinting):
    """Prints a paper in the one layout that it has."""

    def print_paper(self, printed: Printed) -> None:
        """Ask where the file goes and write it; nothing happens while another is being written."""
        self.write_paper(
            Paper(
                file_name=printed.file_name,
                write=printed.write,
                wish=printed.wish,
                asking=self.tr("Where shall the paper lie?"),
                doing=self.tr("Printing…"),
                ready=self.tr("Ready to print: {file}"),
            )
        )
