"""The HTTP requests that LaunchDarkly would send for an integration, with sample data."""

from toolkit.requests.build import CAPABILITIES, EVENT_NAMES, requests, why_none
from toolkit.requests.request import Request
from toolkit.requests.values import Values

__all__ = ["CAPABILITIES", "EVENT_NAMES", "Request", "Values", "requests", "why_none"]
