"""What one guess at a passphrase costs: Argon2id with parameters between a floor and a ceiling."""

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from coachdesk.vault.trouble import NotEnoughMemory

KEY_LENGTH = 32
LADDER_MIB = (64, 128, 256, 512)
PATIENCE_SECONDS = 1.5
MIB = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Memory in KiB, passes and lanes of one derivation (storage.md 4.1)."""

    memory: int
    passes: int = 3
    lanes: int = 4

    @classmethod
    def floor(cls) -> "Cost":
        """Return the least that is ever accepted: RFC 9106's second choice, 64 MiB."""
        return cls(64 * MIB)

    def acceptable(self) -> bool:
        """Return whether this lies between the floor and what an office laptop can bear.

        Checked before any derivation: a slot file that asks for 2 TiB would freeze the laptop, one that asks
        for 8 KiB would give the passphrase away.
        """
        return 64 * MIB <= self.memory <= 1024 * MIB and 3 <= self.passes <= 10 and self.lanes == 4  # noqa: PLR2004 - the bounds are the rule

    def derive(self, secret: str, salt: bytes) -> bytes:
        """Return the key a passphrase gives at this cost; composed and decomposed accents are one.

        Raises NotEnoughMemory when the memory is short, which is not a wrong passphrase.
        """
        short = False
        try:
            return Argon2id(
                salt=salt,
                length=KEY_LENGTH,
                iterations=self.passes,
                lanes=self.lanes,
                memory_cost=self.memory,
            ).derive(unicodedata.normalize("NFKC", secret).encode())
        except MemoryError:
            short = True
        assert short  # noqa: S101 - only the branch above falls through
        raise NotEnoughMemory(
            "There is not enough free memory to unlock.", advice="Close other programs, then try again."
        )

    def outgrown(self, seconds: float) -> "Cost | None":
        """Return the cost this laptop bears now, when this one has fallen behind it, else None.

        ``seconds`` is how long a derivation at this cost just took, so nothing is derived to find out: time
        grows with the memory. Behind means under half (storage.md 4.1); it is never lowered.
        """
        bearable = [
            step * MIB for step in LADDER_MIB if seconds * step * MIB / self.memory <= PATIENCE_SECONDS
        ]
        best = max(bearable, default=0)
        return replace(self, memory=best) if self.memory * 2 < best else None


def measured(seconds: Callable[[], float] = time.perf_counter) -> Cost:
    """Return the largest cost of the ladder that this laptop bears in under a second and a half.

    A step whose memory is not free is not borne. Raises NotEnoughMemory when not even the floor is free.
    """
    chosen = None
    for memory in LADDER_MIB:
        trial = Cost(memory * MIB)
        begun = seconds()
        try:
            trial.derive("a trial", b"sixteen bytes ok")
        except NotEnoughMemory:
            if chosen is None:
                raise
            break
        if seconds() - begun > PATIENCE_SECONDS:
            break
        chosen = trial
    return chosen or Cost.floor()
