"""The README that reviewers and maintainers read."""
