"""The reference metric creator: small enough to read in a sitting, and meant to be copied.

``definition`` says what a metric is, offline. ``client`` calls the metrics API. ``importer`` creates a file
of them. ``sandbox`` is a local LaunchDarkly to try all of it on.
"""
