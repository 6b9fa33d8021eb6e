"""Scaffold, lint, preview and submit LaunchDarkly partner integrations.

The names in ``__all__`` are the public interface; everything else may change with any release. They are imported when
they are first asked for, so that ``ldit`` starts without them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.config import Settings
    from toolkit.engine import lint
    from toolkit.finding import Finding
    from toolkit.fixes import fix
    from toolkit.integration import Integration
    from toolkit.metrics.client import MetricsClient
    from toolkit.metrics.definition import MetricDefinition, load_metrics

__version__ = "0.2.0"
__all__ = ["Finding", "Integration", "MetricDefinition", "MetricsClient", "Settings", "fix", "lint", "load_metrics"]

_HOMES = {
    "Finding": "toolkit.finding",
    "Integration": "toolkit.integration",
    "MetricDefinition": "toolkit.metrics.definition",
    "MetricsClient": "toolkit.metrics.client",
    "Settings": "toolkit.config",
    "fix": "toolkit.fixes",
    "lint": "toolkit.engine",
    "load_metrics": "toolkit.metrics.definition",
}
"""The module that defines each public name."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
