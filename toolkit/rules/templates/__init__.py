"""The Handlebars templates, in files and in the manifest."""
