"""Parts that are made when they are first asked for, so that the first screen waits for nothing it does not show."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class built(Generic[T]):  # noqa: N801 - reads like the property it is
    """A property of the station whose getter runs once, on the desk thread: one maker at a time, and no lock.

    From another thread the first access waits for the desk; every later one is a plain attribute.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...

    @overload
    def __get__(self, owner: Any, kind: type | None = None) -> T: ...

    def __get__(self, owner: Any, kind: type | None = None) -> T | Self:
        return self if owner is None else owner.desk.call(self._build, owner)

    def _build(self, owner: Any) -> T:
        found: dict[str, Any] = owner.__dict__
        if self._name not in found:
            found[self._name] = self._make(owner)
        return found[self._name]  # type: ignore[no-any-return]
