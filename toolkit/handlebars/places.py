"""What can be known of a template's scopes without rendering it."""

from typing import Final, NamedTuple, TypeAlias

from toolkit.handlebars.nodes import Path


class Item:
    """The step from a list, or from an object that is gone through, to one of its items."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ITEM"


ITEM: Final = Item()

Steps: TypeAlias = tuple[str | Item, ...]
"""A way from the root of the context: the names of fields, and ITEM."""

_SET_BY_LOOPS = frozenset(("index", "key", "first", "last"))


class Place(NamedTuple):
    """A scope. None stands for what depends on the values that are rendered."""

    contexts: tuple[Steps | None, ...] = ((),)
    """The contexts that ``../`` climbs, the current one first."""
    outermost: bool = True
    """Whether nothing is around the last of them."""
    loops: int | None = 0
    """How many loops are around."""
    params: tuple[tuple[Steps | None, ...], ...] = ((),)
    """The block parameters of each program around, the current one first."""

    def inside(self, context: Steps | None, *, loop: bool = False) -> "Place":
        """The scope of a block that makes ``context`` the current one; the same one again adds no level."""
        if context is not None and context == self.contexts[0]:
            return self
        loops = self.loops + 1 if loop and self.loops is not None else self.loops
        return self._replace(contexts=(context, *self.contexts), loops=loops)

    def unknown(self) -> "Place":
        """The scope of a block that may change the context, or go through a list, or neither."""
        return self._replace(contexts=(None,), outermost=False, loops=None)

    def with_params(self, params: tuple[Steps | None, ...]) -> "Place":
        """The scope of a program with these block parameters; every program adds a level."""
        return self._replace(params=(params, *self.params))

    def resolve(self, path: Path) -> Steps | None:
        """Where a path leads; a name that nothing sets is its own only step."""
        if path.block_param:
            level, index = path.block_param
            return _extended(self.params[level][index : index + 1], path.parts[1:])
        if path.data and path.parts:
            return self._data(path)
        parts = path.parts if path.parts and path.parts[0] else ()
        if path.depth >= len(self.contexts):
            return (path.original,) if self.outermost else None
        return _extended(self.contexts[path.depth : path.depth + 1], parts)

    def _data(self, path: Path) -> Steps | None:
        name = path.parts[0]
        if name == "root":
            return path.parts[1:]
        if name == "partial-block":
            return None
        if name in _SET_BY_LOOPS and (self.loops is None or self.loops > path.depth):
            return None
        return (path.original,)


def _extended(start: tuple[Steps | None, ...], parts: tuple[str, ...]) -> Steps | None:
    return (*start[0], *parts) if start and start[0] is not None else None
