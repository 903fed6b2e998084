"""The house keeps its shape: who may import whom, how large things grow, what stays out of templates."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE, BASE, SIBLINGS, ROOF = "portal.core", "municipalities", ("events", "disaster_support"), "portal"
MAY_IMPORT = {
    CORE: {CORE},
    BASE: {BASE, CORE},
    "events": {"events", BASE, CORE},
    "disaster_support": {"disaster_support", BASE, CORE},
    ROOF: {ROOF, *SIBLINGS, BASE, CORE},
}
# Reasons why these functions import something themselves.
IMPORTS_INSIDE: dict[str, str] = {
    "portal/apps.py:ready": "What is searched is read from the models, which are there once every app is.",
    "portal/statistics/pdf.py:typesetter": "An extra that not every site installs, and that takes a second to import.",
}
LONGEST_FUNCTION, LONGEST_FILE, LONGEST_TEMPLATE = 50, 400, 150


def tracked(pattern: str) -> list[Path]:
    """The files that git knows or would take up."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", pattern],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


CODE = [path for path in tracked("*.py") if "migrations" not in path.parts and not name_of(path).startswith("tests/")]
TEMPLATES = tracked("templates/*.html")
PARSED = {path: ast.parse(path.read_text(encoding="utf-8")) for path in CODE}


def module_name(path: Path) -> str:
    return name_of(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def room_of(module: str) -> str:
    """The storey a module belongs to: the core, an app, or the roof; empty for what is not ours."""
    if module == CORE or module.startswith(f"{CORE}."):
        return CORE
    top = module.split(".")[0]
    return top if top in MAY_IMPORT else ""


def imports_of(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def functions_of(tree: ast.AST) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_there_is_code_to_judge():
    assert len(CODE) > 40
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_module_imports_only_what_lies_below_it(path):
    room = room_of(module_name(path))
    if not room:
        return

    rooms = {room_of(module) for module in imports_of(PARSED[path])} - {""}

    assert rooms - MAY_IMPORT[room] == set()


def test_no_module_imports_itself_in_a_circle():
    modules = {module_name(path): path for path in CODE}
    graph = {name: imports_of(PARSED[path]) & modules.keys() - {name} for name, path in modules.items()}

    def reaches(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for target in graph[waiting.pop()] - seen:
                seen.add(target)
                waiting.append(target)
        return seen

    assert [name for name in graph if name in reaches(name)] == []


def test_functions_do_not_import():
    inside = {
        f"{name_of(path)}:{function.name}"
        for path, tree in PARSED.items()
        for function in functions_of(tree)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    }

    assert inside == set(IMPORTS_INSIDE)


def test_functions_are_short():
    long = [
        f"{name_of(path)}:{function.name}"
        for path, tree in PARSED.items()
        for function in functions_of(tree)
        if function.end_lineno - function.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_are_short():
    assert [
        name_of(path) for path in tracked("*.py") if line_count(path) > LONGEST_FILE and "migrations" not in path.parts
    ] == []


def test_templates_are_short():
    assert [name_of(path) for path in TEMPLATES if line_count(path) > LONGEST_TEMPLATE] == []


def test_names_of_rooms_say_something():
    assert [name_of(path) for path in CODE if path.stem in {"utils", "helpers", "misc", "common"}] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_has_no_inline_style_or_script(path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"\sstyle=[\"']|<style\b|\son[a-z]+\s*=\s*[\"']|javascript:", text) == []
    assert [tag for tag in re.findall(r"<script\b[^>]*>", text) if "src=" not in tag and "json" not in tag] == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if "components" in path.parts], ids=name_of)
def test_a_component_names_its_inputs(path):
    assert path.read_text(encoding="utf-8").startswith("{# ")


def test_components_and_partials_are_isolated():
    leaking = [
        (name_of(path), tag)
        for path in TEMPLATES
        for tag in re.findall(r'{% include "(?:components|partials)/[^%]*%}', path.read_text(encoding="utf-8"))
        if not tag.removesuffix("%}").rstrip().endswith(" only")
    ]

    assert leaking == []


def test_views_leave_queries_to_the_querysets():
    views = [path for path in CODE if path.stem in {"views", "places", "agreements"} or path.parent.name == "views"]

    assert [name_of(path) for path in views if re.search(r"\.(filter|exclude|annotate)\(", path.read_text())] == []


def test_python_writes_no_html():
    tags = re.compile(r"</(?:a|p|div|span|ul|li|td|table|strong)>")

    assert [name_of(path) for path in CODE if tags.search(path.read_text(encoding="utf-8"))] == []
