"""Data files of another making, and sentences for what the computer lacks."""

from pathlib import Path

import pytest

from coachdesk.vault.driver import APPLICATION, connected, driver
from coachdesk.vault.trouble import Damaged

KEY = bytes(range(32))


@pytest.mark.parametrize(
    "making",
    [
        "cipher_use_hmac=OFF",
        "cipher_hmac_algorithm=HMAC_SHA256",
        "cipher_page_size=8192",
        "cipher_plaintext_header_size=32",
        "cipher_compatibility=3",
    ],
)
def test_fault_53_a_file_of_other_seals_or_pages_is_refused(tmp_path: Path, making: str) -> None:
    path = tmp_path / "x.db"
    made = driver.connect(str(path))
    made.execute(f"PRAGMA key=\"x'{KEY.hex()}'\"")
    made.execute(f"PRAGMA {making}")
    made.execute(f"PRAGMA application_id={APPLICATION}")
    made.execute("CREATE TABLE t (x)")
    made.close()
    content = path.read_bytes()
    with pytest.raises(Damaged):
        connected(path, KEY)
    assert path.read_bytes() == content


@pytest.mark.parametrize("length", [31, 33, 63, 64])
def test_fault_49_a_key_of_another_length_gives_no_file_and_no_pragma(
    tmp_path: Path, length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty-three digits would silently be taken for a passphrase."""
    opened: list[object] = []
    monkeypatch.setattr(driver, "connect", lambda *given, **_: opened.append(given))
    with pytest.raises(ValueError, match="32 bytes"):
        connected(tmp_path / "x.db", bytes(length), create=True)
    assert opened == []
