from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.finding import Edit
from toolkit.integration import Integration
from toolkit.integration.file_kind import BINARY_EXTENSIONS, TEXT_EXTENSIONS, TEXT_NAMES, is_editable, is_text

PDF = b"%PDF-1.4 \n1 0 obj \nendobj\n"


@pytest.mark.parametrize(
    ("name", "data", "text", "editable"),
    [
        ("README.md", b"a", True, True),
        ("notes.txt", b"a\0b", True, True),
        ("logo.SVG", b"<svg/>", True, True),
        ("docs/guide.pdf", PDF, False, False),
        ("docs/guide.PDF", b"", False, False),
        ("logo.ai", b"%!PS-Adobe-3.0 \n" + b" " * 2000 + b"\0", False, False),
        ("guide", PDF, True, False),
        ("guide.txt", PDF, True, False),
        ("LICENSE.pdf", PDF, True, False),
        ("unknown.xyz", b"a \x1b[0m\r\n\xff", True, True),
        ("unknown.xyz", b"a\x01", False, False),
        ("unknown.xyz", b"a" * 1024 + b"\x01", True, True),
        ("unknown", b"\x7f", False, False),
        (".ai", b"a", True, True),
        ("Dockerfile.pdf2", b"\0", True, True),
        ("font.woff2", b"wOF2", False, False),
        ("empty", b"", True, True),
    ],
)
def test_text_is_what_the_hooks_take_for_it(name: str, data: bytes, text: bool, editable: bool) -> None:
    assert (is_text(name, data), is_editable(name, data)) == (text, editable)


@pytest.fixture(scope="module")
def identify() -> ModuleType:
    module = pytest.importorskip("identify.identify", reason="needs the package identify")
    assert isinstance(module, ModuleType)
    return module


PARTS = st.sampled_from(
    sorted(BINARY_EXTENSIONS | TEXT_EXTENSIONS | TEXT_NAMES | {"x", "", "ppm", "PDF", "Md", "plist"})
)


@given(
    st.lists(PARTS, min_size=1, max_size=3).map(".".join), st.binary(max_size=3) | st.text(max_size=3).map(str.encode)
)
def test_identify_says_the_same(identify: ModuleType, name: str, data: bytes) -> None:
    import io

    tags = identify.tags_from_filename(name)
    known = tags & {"text", "binary"}
    wanted = "text" in tags if known else identify.is_text(io.BytesIO(data))
    assert is_text(name, data) is wanted


def test_a_binary_file_is_never_changed() -> None:
    integration = Integration.from_files("acme", {"guide.pdf": PDF, "guide.txt": b"a \n"})
    guide, text = (integration.files[name] for name in ("guide.pdf", "guide.txt"))
    assert integration.change(Edit(guide.at(8, 9), "")) is None
    assert integration.change(Edit(text.at(1, 2), "")) == (1, 2, "")
