"""The vault's data key while it is unlocked, and the keys derived from it."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from coachdesk.vault.trouble import locked

KEY_LENGTH = 32


def tag(key: bytes, message: bytes) -> bytes:
    """Return the HMAC-SHA256 of a message."""
    mac = HMAC(key, SHA256())
    mac.update(message)
    return mac.finalize()


class Keyring:
    """Holds the data key in memory that can be overwritten; asks for it fail once it was wiped."""

    def __init__(self, data_key: bytes) -> None:
        if len(data_key) != KEY_LENGTH:
            raise ValueError("a data key has 32 bytes")
        self._key: bytearray | None = bytearray(data_key)

    @property
    def wiped(self) -> bool:
        """Return whether the key is gone."""
        return self._key is None

    def data_key(self) -> bytes:
        """Return the data key, to seal it to another slot; raises Locked once wiped."""
        if self._key is None:
            raise locked()
        return bytes(self._key)

    def sub(self, label: str) -> bytes:
        """Return the key derived for one purpose ("db", "mark" …); raises Locked once wiped."""
        return HKDF(SHA256(), KEY_LENGTH, salt=None, info=label.encode()).derive(self.data_key())

    def wipe(self) -> None:
        """Overwrite the key and forget it; copies Python made on the way cannot be reached."""
        if self._key is not None:
            self._key[:] = bytes(KEY_LENGTH)
            self._key = None
