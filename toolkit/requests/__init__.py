"""The HTTP requests that LaunchDarkly would send for an integration, with sample data."""

from toolkit.requests.build import CAPABILITIES, EVENT_NAMES, VALIDATION, requests, why_none
from toolkit.requests.request import Request
from toolkit.requests.values import Values, default_of, placeholder

__all__ = [
    "CAPABILITIES",
    "EVENT_NAMES",
    "VALIDATION",
    "Request",
    "Values",
    "default_of",
    "placeholder",
    "requests",
    "why_none",
]
