"""The commands of the command line, one module each; ``cli`` only parses and answers."""

from coachdesk.commands.command import Command
from coachdesk.commands.desk import OPEN
from coachdesk.commands.imports import IMPORT
from coachdesk.commands.named import AUDIT_PACK, OPEN_SEALED, TRANSFER
from coachdesk.commands.people import PEOPLE, PUT_BACK_KEYS, RECOVERY_KEY, ROTATE
from coachdesk.commands.returns import PROGRAMMES, RETURN
from coachdesk.commands.vaults import BACKUP, CHECK, DRILL, NEW, PRACTICE, RESCUE, RESTORE

COMMANDS: tuple[Command, ...] = (
    NEW,
    IMPORT,
    RETURN,
    PROGRAMMES,
    TRANSFER,
    AUDIT_PACK,
    OPEN_SEALED,
    BACKUP,
    RESTORE,
    RESCUE,
    DRILL,
    CHECK,
    PEOPLE,
    RECOVERY_KEY,
    ROTATE,
    PUT_BACK_KEYS,
    PRACTICE,
    OPEN,
)
