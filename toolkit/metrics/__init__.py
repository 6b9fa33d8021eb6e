"""The library of ``ldit metric``; the creator that partners copy is in ``templates/metric-creator``.

``definition`` says what a metric is, offline. ``client`` calls the metrics API. ``importer`` creates a file
of them. ``oauth`` logs a member in. ``sandbox`` is a local LaunchDarkly to try all of it with.
"""
