"""Taking stretches out of a text, each place marked, so that the reader sees that something stood there."""

TAKEN_OUT = "[taken out: about somebody else]"


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with stretches of it taken out, each marked; stretches that meet are taken out as one."""
    kept, position = [], 0
    for start, end in _joined(spans):
        kept += [text[position:start], TAKEN_OUT]
        position = end
    return "".join([*kept, text[position:]])


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def places_taken_out(spans: list[tuple[int, int]]) -> int:
    """Return how many marks stand where these stretches stood."""
    return len(_joined(spans))
