"""A local LaunchDarkly, as far as a metric creator and a synced segment can tell.

It answers the metrics API, OAuth, and what SDKs ask for; takes events and says which metrics they count for, and
why not the others; and answers synced-segment requests as the official validation server does. It keeps what it
knows in memory or in one SQLite file.
"""
