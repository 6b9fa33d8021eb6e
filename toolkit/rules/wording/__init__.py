"""The words that customers read in the manifest."""
