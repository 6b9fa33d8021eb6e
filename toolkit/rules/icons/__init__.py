"""The two icons."""
