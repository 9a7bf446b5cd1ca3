"""A file that only a passphrase opens, in the age format (age-encryption.org/v1): no plain copy is ever on a disk.

The passphrase is stretched by scrypt inside the format, is kept nowhere and stands in no log. Whoever receives the
file opens it with ``coachdesk open-sealed`` or with any other program that reads age files.
"""

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from coachdesk.errors import Refusal
from coachdesk.vault.files import written_whole
from coachdesk.vault.strength import insist
from coachdesk.vault.trouble import system_troubles

ENDING = ".age"
HEADER = b"age-encryption.org/v1\n"
LARGEST = 512 * 1024 * 1024
"""Bytes of a sealed file that is opened at once in memory."""
MEASURED_AGAIN = 3
"""Times this computer is measured again after it was found too slow for a file."""
_TOO_LONG = "excessive work"
"""What the library says of a file that would take this computer far too long."""
HOW_TO_OPEN = (
    "Whoever receives the file opens it with CoachDesk (coachdesk open-sealed FILE) or, without CoachDesk, with the free "
    "program age (age-encryption.org): age --decrypt --output NAME FILE. Both ask for the passphrase. Tell it by telephone "
    "or in person, never in the message that carries the file. Nobody can open the file without it, not even you."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The passphrase of a file, typed twice by who makes it; it never shows where the value is written out."""

    passphrase: str = field(repr=False)
    again: str = field(repr=False)

    def checked(self, known: tuple[str, ...] = ()) -> str:
        """Return the passphrase when both are the same and it is hard enough to guess; raises Refusal."""
        if _composed(self.passphrase) != _composed(self.again):
            sentence = "The two passphrases differ. Type the same one twice."
            raise Refusal(sentence, fields={"again": sentence})
        insist(self.passphrase, known)
        return self.passphrase


def _composed(passphrase: str) -> str:
    """Return a passphrase with its accents composed, as nearly every keyboard and program types them."""
    return unicodedata.normalize("NFC", passphrase)


def sealed(content: bytes, passphrase: str) -> bytes:
    """Return content encrypted to a passphrase, as an age file."""
    import pyrage  # noqa: PLC0415  loaded where a file is sealed, not at the start

    return bytes(pyrage.passphrase.encrypt(content, _composed(passphrase)))


def unsealed(content: bytes, passphrase: str) -> bytes:
    """Return what a sealed file holds.

    Raises Refusal for what is no sealed file, a file that is not whole, or another passphrase.
    """
    import pyrage  # noqa: PLC0415  loaded where a file is opened, not at the start

    if not content.startswith(HEADER):
        raise Refusal("This is not a sealed file. A sealed file usually ends in .age.")
    try:
        return _opened(content, _composed(passphrase))
    except pyrage.DecryptError:
        sentence = "The file does not open: the passphrase is another one, or the file is not whole."
        raise Refusal(sentence, fields={"passphrase": sentence}) from None


def _opened(content: bytes, passphrase: str) -> bytes:
    """Return what is sealed; raises pyrage.DecryptError.

    The library measures this computer each time, and refuses a file that would take it far too long. A computer that was
    busy for a moment is measured too slow, so it is measured again.
    """
    import pyrage  # noqa: PLC0415  loaded where a file is opened, not at the start

    for _ in range(MEASURED_AGAIN):
        try:
            return bytes(pyrage.passphrase.decrypt(content, passphrase))
        except pyrage.DecryptError as fault:
            if _TOO_LONG not in str(fault).lower():
                raise
    return bytes(pyrage.passphrase.decrypt(content, passphrase))


def named_sealed(path: Path) -> Path:
    """Return the path with the ending of sealed files."""
    return path if path.name.casefold().endswith(ENDING) else path.with_name(path.name + ENDING)


def require_free(path: Path) -> None:
    """Return when a file can be written there; raises Refusal where the name is taken or the folder is not there."""
    if path.exists():
        sentence = f"“{path.name}” is there already. Choose another name, so that nothing is overwritten."
        raise Refusal(sentence, fields={"path": sentence})
    if not path.parent.is_dir():
        sentence = f"The folder “{path.parent.name}” is not there. Choose another one."
        raise Refusal(sentence, fields={"path": sentence})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSealed:
    """Open a sealed file and put what it holds into another file."""

    path: Path
    target: Path
    passphrase: str = field(repr=False)


def open_sealed(wish: OpenSealed) -> int:
    """Write what a sealed file holds and return how many bytes; the plain file is private to who opens it.

    Raises Refusal for a target that is there already, for what ``unsealed`` refuses and for a file that is larger than
    can be opened at once; Trouble when a file cannot be read or written.
    """
    with system_troubles():
        require_free(wish.target)
        if wish.path.stat().st_size > LARGEST:
            raise Refusal("The file is too large to be opened here. The program age opens it.")
        content = wish.path.read_bytes()
    plain = unsealed(content, wish.passphrase)
    written_whole(wish.target, plain)
    return len(plain)
