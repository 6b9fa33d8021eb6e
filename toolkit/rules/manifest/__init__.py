"""The manifest's fields: the schema, who the integration is, its categories and links."""
