"""The order of the modules, as ARCHITECTURE.md has it, and what only one of them may do."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.conftest import ENGINES, ROOT

PACKAGE = ROOT / "publish"
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


@cache
def order() -> tuple[str, ...]:
    """Return the paths of the block `modules` of ARCHITECTURE.md: files, and folders that end in /."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    blocks = re.findall(r"^```modules\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1
    return tuple(line.split()[0].rstrip("—:") for line in blocks[0].splitlines() if line.strip())


def place(file: str) -> int:
    """Return where a file stands in the list: by its own name, else by its folder's."""
    if file in order():
        return order().index(file)
    folders = [entry for entry in order() if entry.endswith("/") and file.startswith(entry)]
    return order().index(max(folders, key=len)) if folders else -1


@cache
def syntax(file: str) -> ast.Module:
    return ast.parse((PACKAGE / file).read_text("utf-8"), file)


def file_of(module: str) -> str | None:
    """Return the file of a module of ours; None for a name that is none."""
    parts = module.split(".")[1:]
    for candidate in ("/".join(parts) + ".py", "/".join([*parts, "__init__.py"])):
        if candidate in FILES:
            return candidate
    return None


def imported(file: str) -> Iterator[tuple[int, str]]:
    """Yield line and file of each import of ours, also those within functions or for types only."""
    for node in ast.walk(syntax(file)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if file_of(name) else node.module for name in names]
        else:
            continue
        for name in names:
            found = file_of(name) if name.split(".")[0] == "publish" else None
            if found not in (None, file):
                yield node.lineno, str(found)


def in_same_folder(one: str, other: str) -> bool:
    """Say whether the list names the folder of both, and so leaves their order to the folder."""
    return place(one) == place(other) and order()[place(one)].endswith("/")


def only_a_docstring(file: str) -> bool:
    body = syntax(file).body
    return len(body) == 1 and ast.get_docstring(syntax(file)) is not None


def test_every_module_stands_in_the_list() -> None:
    # The package's own __init__.py holds the version, which all may read.
    missing = [file for file in FILES if place(file) < 0 and file != "__init__.py"]
    assert [file for file in missing if not only_a_docstring(file)] == []


def test_every_line_of_the_list_is_a_module_or_a_folder_of_them() -> None:
    assert [entry for entry in order() if not (PACKAGE / entry).exists()] == []


def test_no_module_stands_twice_in_the_list() -> None:
    assert len(order()) == len(set(order()))


@pytest.mark.parametrize("file", FILES)
def test_a_module_imports_only_from_those_above_it(file: str) -> None:
    below = [
        f"publish/{file}:{line} imports {other}"
        for line, other in imported(file)
        if other != "__init__.py"
        and place(other) >= place(file)
        and not in_same_folder(file, other)
    ]
    assert below == []


def test_the_walk_finds_imports_within_functions_and_for_types() -> None:
    found = {other for _, other in imported("cli.py")}
    assert {"build.py", "verify/__init__.py", "problems.py", "layouts.py"} <= found


def cycle(folder: str) -> list[str]:
    """Return the files of a folder that import each other in a ring; none where all is well."""
    left = {
        file: {other for _, other in imported(file)} for file in FILES if file.startswith(folder)
    }
    while free := [file for file, others in left.items() if not others & left.keys()]:
        for file in free:
            del left[file]
    return sorted(left)


@pytest.mark.parametrize("folder", [entry for entry in order() if entry.endswith("/")])
def test_the_modules_of_a_folder_do_not_import_in_a_ring(folder: str) -> None:
    assert cycle(folder) == []


@pytest.mark.parametrize("file", FILES)
def test_no_edition_is_named_in_python(file: str) -> None:
    text = (PACKAGE / file).read_text("utf-8").lower()
    assert [word for word in ("kennedy", "khrushchev", "1015") if word in text] == []


def called(file: str) -> Iterator[str]:
    for node in ast.walk(syntax(file)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def raised(file: str) -> Iterator[str]:
    for node in ast.walk(syntax(file)):
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield ast.unparse(node.exc).split("(")[0]


SPEAKS_OR_EXITS = {
    "print",
    "sys.exit",
    "exit",
    "quit",
    "os._exit",
    "sys.stdout.write",
    "sys.stderr.write",
}


@pytest.mark.parametrize("file", [file for file in FILES if file != "cli.py"])
def test_only_the_command_line_prints_or_exits(file: str) -> None:
    # A __main__.py hands the exit code of its command to the system.
    allowed = {"sys.exit", "SystemExit"} if file.endswith("__main__.py") else set()
    assert SPEAKS_OR_EXITS.intersection(called(file)) - allowed == set()
    assert {"SystemExit"}.intersection(raised(file)) - allowed == set()


def private_names(file: str, library: str) -> set[str]:
    """Return private names of a library that a file imports or asks of what it imported."""
    tree = syntax(file)
    found: set[str] = set()
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == library:
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            found |= {name for name in names if name.startswith("_")}
            modules |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == library:
                    found |= {name for name in alias.name.split(".") if name.startswith("_")}
                    modules.add((alias.asname or alias.name).split(".")[0])
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr.startswith("_")
            and not node.attr.startswith("__")
        ):
            owner = ast.unparse(node.value).split(".")[0].split("(")[0]
            if owner in modules:
                found.add(node.attr)
    return found


# WeasyPrint's boxes and stream are not documented: what is imported from these modules is private,
# though its name has no underscore (https://doc.courtbouillon.org/weasyprint/stable/api_reference.html).
UNDOCUMENTED = ("weasyprint.formatting_structure", "weasyprint.pdf", "weasyprint.draw", "weasyprint.layout",
                "weasyprint.anchors", "weasyprint.stacking", "weasyprint.html")  # fmt: skip
WEASYPRINT_PRIVATE = (
    "typeset/reading_structure.py", "typeset/reading_operators.py", "typeset/reading_greys.py",
    "typeset/reading_lines.py", "typeset/reading_marks.py",
)  # fmt: skip
PYPDF_PRIVATE = ("assemble/pypdf_private.py",)


@pytest.mark.parametrize("file", [file for file in FILES if file not in WEASYPRINT_PRIVATE])
def test_weasyprints_private_interface_lives_in_few_modules(file: str) -> None:
    undocumented = [
        node.module
        for node in ast.walk(syntax(file))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(UNDOCUMENTED)
    ]
    assert (undocumented, private_names(file, "weasyprint")) == ([], set())


@pytest.mark.parametrize("file", [file for file in FILES if file not in PYPDF_PRIVATE])
def test_pypdfs_private_interface_lives_in_one_module(file: str) -> None:
    assert private_names(file, "pypdf") == set()


@pytest.mark.parametrize(
    ("file", "library"), [(WEASYPRINT_PRIVATE[0], "weasyprint"), (PYPDF_PRIVATE[0], "pypdf")]
)
def test_the_private_interfaces_are_used_where_they_may_be(file: str, library: str) -> None:
    modules = [n.module or "" for n in ast.walk(syntax(file)) if isinstance(n, ast.ImportFrom)]
    assert any(module.split(".")[0] == library for module in modules)


def imports_at_once(file: str) -> set[str]:
    """Return the libraries that a file imports when it is itself imported."""
    found: set[str] = set()
    for node in syntax(file).body:
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found & set(ENGINES)


def test_the_command_line_and_what_it_imports_at_once_load_no_engine() -> None:
    seen: set[str] = set()
    waiting = ["cli.py"]
    while waiting:
        file = waiting.pop()
        seen.add(file)
        for node in syntax(file).body:
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            other = file_of(module) if module.startswith("publish") else None
            if other and other not in seen:
                waiting.append(other)
    assert {file: imports_at_once(file) for file in seen if imports_at_once(file)} == {}
