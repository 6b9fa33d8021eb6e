"""The package works from a wheel, from a wheel built out of the sdist, as an editable install, and from a checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

PURELIB = sysconfig.get_path("purelib")


def run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP"))}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fresh(directory: Path) -> Path:
    """A new environment that sees the dependencies of this one, but not our package; its Python."""
    venv.create(directory, symlinks=True)
    python = directory / "bin" / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=directory).strip()
    (Path(site) / "dependencies.pth").write_text(PURELIB + "\n")
    return python


def build(source: Path, target: str, into: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", into, cwd=source)
    return next(into.iterdir())


def from_wheel(checkout: Path, tmp_path: Path) -> list[str]:
    return [str(build(checkout, "wheel", tmp_path / "dist"))]


def from_sdist(checkout: Path, tmp_path: Path) -> list[str]:
    shutil.unpack_archive(build(checkout, "sdist", tmp_path / "sdist"), tmp_path / "unpacked", filter="data")
    return from_wheel(next((tmp_path / "unpacked").iterdir()), tmp_path)


def editable(checkout: Path, tmp_path: Path) -> list[str]:
    return ["--no-build-isolation", "-e", str(checkout)]


def check(ldit: Sequence[str | Path], checkout: Path, tmp_path: Path) -> None:
    """Lints the sample, explains a rule, prints a schema and scaffolds: each needs another shipped resource."""
    sample = shutil.copytree(checkout / "sample-integration", tmp_path / "integrations" / "acme-signals")
    assert "1 integration" in run(*ldit, "lint", sample, cwd=tmp_path)
    assert "overview does not end in a period" in run(*ldit, "explain", "overview-without-period", cwd=tmp_path)
    assert '"$schema"' in run(*ldit, "schema", "manifest", cwd=tmp_path)
    assert run(*ldit, "new", "--help", cwd=tmp_path)


@pytest.mark.parametrize("source", [from_wheel, from_sdist, editable])
def test_an_install_has_everything(source: Callable[[Path, Path], list[str]], checkout: Path, tmp_path: Path) -> None:
    python = fresh(tmp_path / "venv")
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
    ]
    run(*pip, "--ignore-installed", *source(checkout, tmp_path), cwd=tmp_path)
    check([python.parent / "ldit"], checkout, tmp_path)
    assert run(python.parent / "ld-integration-toolkit", "--version", cwd=tmp_path).startswith("ldit ")


def test_a_bare_checkout_has_everything(checkout: Path, tmp_path: Path) -> None:
    python = fresh(tmp_path / "venv")
    (next((tmp_path / "venv" / "lib").iterdir()) / "site-packages" / "checkout.pth").write_text(f"{checkout}\n")
    check([python, "-m", "toolkit"], checkout, tmp_path)
