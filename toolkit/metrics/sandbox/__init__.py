"""A local LaunchDarkly, as far as a metric creator and a synced segment can tell.

It answers the metrics API, takes events and matches them to metrics by event key, and answers synced-segment
requests as the official validation server does. It knows one project and keeps what it knows in memory or in
one SQLite file.
"""
