"""Small frozen values that are quick to define.

A frozen dataclass takes half a millisecond to make and its module takes longer than all the rest of a short
command. What such a command needs is of this kind instead; it is written, made, compared and matched like one.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, dataclass_transform
else:

    def dataclass_transform(**_: object) -> object:
        """Say nothing: this is for type checkers alone."""
        return lambda kind: kind


@dataclass_transform(frozen_default=True)
class Value:
    """Something that is what its fields hold: the names a subclass annotates, with their defaults."""

    __match_args__: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        cls.__match_args__ = tuple(cls.__annotations__)  # type: ignore[misc]  # mypy takes it for final

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self.__match_args__
        given = dict(zip(names, values, strict=False)) | named
        missing = [name for name in names if name not in given and not hasattr(self, name)]
        if missing or len(given) < len(values) + len(named) or not given.keys() <= set(names):
            raise TypeError(f"{type(self).__name__} is made of {', '.join(names)}")
        self.__dict__.update(given)

    def _held(self) -> tuple[Any, ...]:
        return tuple([getattr(self, name) for name in self.__match_args__])

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._held() == other._held()

    def __hash__(self) -> int:
        return hash((type(self), self._held()))

    def __repr__(self) -> str:
        held = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({held})"

    def __setattr__(self, name: str, _: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} stays")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} stays")
