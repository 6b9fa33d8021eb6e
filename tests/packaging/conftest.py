"""A copy of the project as a stranger gets it."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that git knows, or would take up, in a repository of their own with one commit."""
    target = tmp_path_factory.mktemp("checkout") / "ldit"
    listing = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    _commit(target)
    return target


def _commit(directory: Path) -> None:
    """Makes a repository of ``directory`` with everything in it committed."""
    who = ("-c", "user.name=Acme", "-c", "user.email=acme@acme.example")
    for arguments in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "Start")):
        subprocess.run(["git", "-C", str(directory), *arguments], check=True)


@pytest.fixture
def fork(checkout: Path, tmp_path: Path) -> Path:
    """A repository like a partner's fork, with our hooks and one integration."""
    fork = tmp_path / "fork"
    shutil.copytree(checkout / "sample-integration", fork / "integrations" / "acme-signals")
    (fork / "README.md").write_text("# Fork \n")
    head = subprocess.run(["git", "-C", checkout, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    config = f"repos:\n- repo: {checkout}\n  rev: {head.stdout.strip()}\n  hooks:\n  - id: ldit-lint\n"
    (fork / ".pre-commit-config.yaml").write_text(config)
    _commit(fork)
    return fork
