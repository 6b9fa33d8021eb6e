"""The form that customers fill in."""
