"""National Insurance numbers and postcodes: the shape they have, and what to say when they do not."""

import re

from coachdesk.errors import Refusal

_NINO = re.compile(r"^(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][0-9]{6}[A-D]?$")
_INVENTED = re.compile(r"^QQ[0-9]{6}[A-D]?$")
_POSTCODE = re.compile(
    r"^(GIR ?0AA|[A-PR-UWYZ]([0-9]{1,2}|([A-HK-Y][0-9]([0-9ABEHMNPRV-Y])?)|[0-9][A-HJKPS-UW]) ?[0-9][ABD-HJLNP-UW-Z]{2})$"
)
_INWARD = 3


def national_insurance_number(text: str) -> str:
    """Return a number without blanks, in capitals; nothing for nothing.

    The shape is HMRC's (NIM39110); QQ numbers are HMRC's own examples and belong to nobody.
    Raises Refusal for any other shape.
    """
    number = "".join(text.split()).upper()
    if not number or _NINO.match(number) or _INVENTED.match(number):
        return number
    sentence = "A National Insurance number is two letters, six digits and a letter from A to D, as in QQ 12 34 56 A."
    raise Refusal(sentence, fields={"nino": sentence})


def postcode(text: str) -> tuple[str, bool]:
    """Return a postcode in capitals with its blank, and whether it has the shape of one."""
    kept = "".join(text.split()).upper()
    if not kept:
        return "", True
    spaced = f"{kept[:-_INWARD]} {kept[-_INWARD:]}" if len(kept) > _INWARD else kept
    return spaced, _POSTCODE.match(spaced) is not None
