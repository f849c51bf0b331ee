"""The direction of the house: app → qa → index, and heavy libraries only inside the functions that need them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "index": {"index"},
    "qa": {"index", "qa"},
    "app": {"index", "qa", "app"},
    "training": {"index", "qa", "training"},
}
HEAVY = {
    *("torch", "sentence_transformers", "transformers", "faiss", "bm25s"),
    *("gradio", "fastapi", "uvicorn", "lxml", "docx", "pypdf", "pptx", "fpdf", "fontTools"),
}

ADAPTERS = {"qa/web/page.py", "qa/web/components.py"}
"""Files that are nothing but Gradio or, in ``qa/web/routes``, FastAPI; only what serves the page imports them, and it
does so when it serves.
"""


def _may_be_heavy(path: Path) -> bool:
    """What trains models imports torch at once, as nothing of the product imports it."""
    place = str(path.relative_to(ROOT))
    return place in ADAPTERS or place.startswith("qa/web/routes/") or path.relative_to(ROOT).parts[0] == "training"


def _files() -> list[Path]:
    packages = [path for name in ("index", "qa", "training") for path in sorted((ROOT / name).rglob("*.py"))]
    return [*packages, ROOT / "app.py"]


def _imports(nodes: list[ast.stmt]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def _type_checking_only(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down_the_house(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0].removesuffix(".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    everywhere = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    ours = {name for name in _imports(everywhere) if name in ALLOWED}
    assert ours <= ALLOWED[package], f"{path.name} imports {ours - ALLOWED[package]}"


@pytest.mark.parametrize("path", [path for path in _files() if not _may_be_heavy(path)], ids=lambda path: path.name)
def test_heavy_libraries_are_not_imported_at_the_top(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = [node for node in tree.body if not _type_checking_only(node)]
    assert not HEAVY & set(_imports(top))


def test_only_one_file_knows_faiss() -> None:
    knowing = {
        str(path.relative_to(ROOT))
        for path in _files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.stmt) and "faiss" in set(_imports([node]))
    }
    assert knowing == {"index/dense.py"}
