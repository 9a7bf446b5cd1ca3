"""Worked examples as text that a person can read, change and hand in again."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")


def examples_text(examples: Iterable[Mapping[str, Any]]) -> str:
    """Return examples as they are written in the files that ship; reading the text gives the same examples."""
    return "\n\n".join(_example(each) for each in examples)


def _example(told: Mapping[str, Any]) -> str:
    lines = ["[[example]]", *(_line(name, value) for name, value in told.items() if name != "people")]
    for person in told["people"]:
        lines += ["", "[[example.people]]", *(_line(name, value) for name, value in person.items())]
    return "\n".join(lines)


def _line(name: str, value: Any) -> str:
    return f"{_key(name)} = {_value(value)}"


def _key(name: str) -> str:
    return name if _PLAIN_KEY.fullmatch(name) else _quoted(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value if _DAY.fullmatch(value) else _quoted(value)
    if isinstance(value, Mapping):
        return f"{{ {', '.join(_line(name, each) for name, each in value.items())} }}" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_value(each) for each in value)}]"
    return str(value)


def _quoted(words: str) -> str:
    marked = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{marked}"'
