"""Follows links on the web, politely, and says only what is sure. Asked for with ``ldit lint --online``."""

from toolkit.links.asking import ask, askable
from toolkit.links.limits import Limits

__all__ = ["Limits", "ask", "askable"]
