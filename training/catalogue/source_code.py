"""Reads Python source without running it: classes with their docstrings, and the constants of calls and assignments."""

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def parse(path: Path) -> ast.Module | None:
    """The syntax tree of a file, or nothing where it is not Python of this version."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            return ast.parse(path.read_text(encoding="utf-8", errors="replace"))
    except SyntaxError:
        return None


def classes(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Name, docstring and the names of the bases of every public class of a file."""
    tree = parse(path)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, ast.get_docstring(node) or "", [ast.unparse(base) for base in node.bases]


def constant(node: ast.AST | None) -> Any:
    """The value of a literal expression, or nothing."""
    if node is None:
        return None
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return None


def calls(path: Path, function: str) -> Iterator[dict[str, Any]]:
    """The literal keyword arguments of every call of a function in a file."""
    tree = parse(path)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == function:
            yield {word.arg: constant(word.value) for word in node.keywords if word.arg}


def assigned(path: Path, variable: str) -> Any:
    """The literal that a file assigns to a variable at its top level; for a call, that of its first argument."""
    tree = parse(path)
    for node in tree.body if tree else ():
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign) and node.value:
            target, value = node.target, node.value
        else:
            continue
        if isinstance(target, ast.Name) and target.id == variable:
            if isinstance(value, ast.Call) and value.args:
                value = value.args[0]
            return constant(value)
    return None


def rows(path: Path, variable: str) -> Iterator[dict[str, Any]]:
    """The dictionaries of a list that a file assigns to a variable, each with those of its values that are literals."""
    tree = parse(path)
    for node in tree.body if tree else ():
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.List)
            and ast.unparse(node.targets[0]) == variable
        ):
            for row in node.value.elts:
                if isinstance(row, ast.Dict):
                    yield {
                        str(constant(name)): constant(value) for name, value in zip(row.keys, row.values, strict=True)
                    }
