"""Regular expressions that are compiled when they are first used: most programs need few of those that they could."""

import re
from typing import Any, AnyStr, cast


def regex(pattern: AnyStr, flags: int = 0) -> "re.Pattern[AnyStr]":
    """What ``re.compile`` returns, compiled at the first use of one of its methods; re.error is raised then."""
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))


class _Lazy:
    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)  # found without this function from now on
        return value
