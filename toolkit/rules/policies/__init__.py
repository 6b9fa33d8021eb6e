"""The default policy of an audit log hook."""
