"""The commands of the command line, one module each; ``cli`` only parses and answers."""

from coachdesk.commands.command import Command
from coachdesk.commands.desk import OPEN
from coachdesk.commands.imports import IMPORT
from coachdesk.commands.returns import PROGRAMMES, RETURN
from coachdesk.commands.vaults import BACKUP, CHECK, DRILL, NEW, PRACTICE, RESTORE

COMMANDS: tuple[Command, ...] = (
    NEW,
    IMPORT,
    RETURN,
    PROGRAMMES,
    BACKUP,
    RESTORE,
    DRILL,
    CHECK,
    PRACTICE,
    OPEN,
)
