"""Scaffold, lint, fix and submit LaunchDarkly partner integrations."""

__version__ = "0.1.0"
