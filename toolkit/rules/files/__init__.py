"""The files of the directory, whatever is in them."""
