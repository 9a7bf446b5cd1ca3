"""The sheet with the recovery key: printed once, locked away, and enough to get back in without a passphrase."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from coachdesk.press.blocks import (
    Block,
    BulletList,
    Document,
    Facts,
    Heading,
    KeepTogether,
    Note,
    QrCode,
    Text,
    TypedCode,
)
from coachdesk.vault.files import written_whole
from coachdesk.vault.recovery import secret_of

TITLE = "Recovery key"
ROOM = "\N{NO-BREAK SPACE}\n\N{NO-BREAK SPACE}"
"""Two lines to write on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """What stands on the sheet: whose vault, made when, and its key as the program printed it."""

    organisation: str
    vault_name: str
    made_on: dt.date
    key: str


def recovery_sheet(sheet: RecoverySheet) -> bytes:
    """Return the sheet as a tagged PDF of one page; raises Refusal when the key has a slip."""
    from coachdesk.press.pdf import pdf  # noqa: PLC0415 - the paper library is not loaded for what only describes

    secret_of(sheet.key)
    return pdf(
        Document(
            title=TITLE,
            subject=f"The recovery key of the vault {sheet.vault_name}",
            author=sheet.organisation,
            made=sheet.made_on,
            blocks=_blocks(sheet),
        )
    )


def write_recovery_sheet(path: Path, sheet: RecoverySheet) -> None:
    """Write the sheet where the person says and nowhere else, readable by them alone; raises Refusal or Trouble."""
    written_whole(path, recovery_sheet(sheet))


def _blocks(sheet: RecoverySheet) -> tuple[Block, ...]:
    return (
        Heading(1, TITLE),
        Text(
            "This key opens the vault named below without any passphrase. Whoever holds it can read everything "
            "in the vault. Keep this sheet where you keep what nobody may read and nobody may lose."
        ),
        Facts(
            (
                ("Organisation", sheet.organisation),
                ("Vault", sheet.vault_name),
                ("Key made on", sheet.made_on),
            )
        ),
        TypedCode(sheet.key.split("-")),
        Note(
            "Read the groups from left to right, line by line. The fifth character of each group is a check: the "
            "program names the group in which something was mistyped. Capitals, dashes and blanks do not matter. "
            "The letters I, L, O and U do not occur; a round sign is the number 0, an upright stroke the number 1."
        ),
        QrCode(sheet.key, "A square code that holds the recovery key, the same eight groups as above."),
        KeepTogether(
            (
                Heading(2, "What to do with this sheet"),
                BulletList(
                    (
                        "Give it to a trustee in a sealed envelope, for a safe or a cabinet away from the laptop.",
                        "Do not photograph it, scan it or send it by e-mail. Delete the file it was printed from.",
                        "When a new key is made, this one opens nothing any more: destroy this sheet then.",
                        "If the sheet is lost or somebody else has seen it, make a new recovery key at once.",
                    )
                ),
                Heading(2, "When every passphrase is forgotten"),
                BulletList(
                    (
                        "Open CoachDesk and choose the vault.",
                        "Choose “Use the recovery key” and type the eight groups.",
                        "Set a new passphrase, then make a new recovery key: this one has been out of its envelope.",
                    ),
                    numbered=True,
                ),
            )
        ),
        KeepTogether(
            (
                Heading(2, "Who keeps it"),
                Facts((("Name", ROOM), ("Kept where", ROOM), ("Received on, signature", ROOM))),
            )
        ),
    )
