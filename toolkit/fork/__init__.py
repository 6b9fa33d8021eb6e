"""What is around an integration: the repository, its base, and what this branch changes."""

from toolkit.fork.changed import Changed, changed
from toolkit.fork.git import Git, GitError
from toolkit.fork.place import fork_around, from_root, repository_around

__all__ = ["Changed", "Git", "GitError", "changed", "fork_around", "from_root", "repository_around"]
