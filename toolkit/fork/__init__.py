"""What is around an integration: the repository, its base, and what this branch changes."""
