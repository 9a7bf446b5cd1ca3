"""The mark of a method that replaces an inherited one, for the modules somebody waits for at the start.

It is ``typing_extensions.override`` to the checker. Importing that module takes as long as building the
unlock window's page, so where nothing checks types the mark is this function and leaves the method as it is.
"""

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing_extensions import override
else:
    Method = TypeVar("Method")

    def override(method: Method) -> Method:
        """Return the method as it is."""
        return method


__all__ = ["override"]
