"""What customers will see of an integration, as pictures and pages."""
