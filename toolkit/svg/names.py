"""The names of elements and attributes, and the namespaces of SVG."""

from functools import lru_cache
from typing import NamedTuple

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"


class Name(NamedTuple):
    """The name of an element or attribute, as XML reads it (namespace, local) and as HTML does (prefix, local)."""

    namespace: str
    local: str
    prefix: str

    @property
    def written(self) -> str:
        """The name as it stands in the file, such as ``xlink:href``."""
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


@lru_cache(2048)
def name_of(expat_name: str) -> Name:
    """Takes apart what expat joins with blanks: ``local``, ``uri local`` or ``uri local prefix``."""
    match expat_name.rsplit(" ", 2):
        case [namespace, local, prefix]:
            return Name(namespace, local, prefix)
        case [namespace, local]:
            return Name(namespace, local, "")
    return Name("", expat_name, "")
