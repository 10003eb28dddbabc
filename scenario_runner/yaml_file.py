"""Reads YAML with line numbers, and without its surprises: `no` is a word, not false."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import yaml

MOST_DEPTH = 20

Path = tuple[str | int, ...]
"""How to get to a value: keys of mappings and positions in lists."""


class Unreadable(Exception):
    """What is wrong with the text, and in which line (counted from 1)."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.line = line


class _Loader(yaml.SafeLoader):
    """Only null, true, false and plain numbers are more than text."""

    yaml_implicit_resolvers: dict[str, Any] = {}


for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", ["t", "f"]),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?[0-9]+\.[0-9]+$", list("-+0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


class Document:
    """A parsed file. `is_words(path)`: scalars from there on stay as they were written, `27` and `yes` too."""

    def __init__(self, text: str, *, is_words: Callable[[Path], bool]) -> None:
        try:
            root = yaml.compose(text, _Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise Unreadable(error.problem or "this is not YAML", mark.line + 1 if mark else 1) from None
        except yaml.YAMLError as error:
            raise Unreadable(str(error).splitlines()[0], 1) from None
        if root is None:
            raise Unreadable("the file is empty", 1)
        self._root: yaml.Node = root
        self._is_words = is_words
        self.value = self._read(root, ())

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line where that value stands, or the nearest thing around it; from 1."""
        node, line = self._root, self._root.start_mark.line
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line + 1

    def _read(self, node: yaml.Node, path: Path) -> Any:
        if len(path) > MOST_DEPTH:
            raise Unreadable("this is nested too deeply", node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._read(item, (*path, number)) for number, item in enumerate(node.value)]
        return node.value if self._is_words(path) else _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        read: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Unreadable("a key must be a plain word", key.start_mark.line + 1)
            if key.value in read:
                raise Unreadable(f"{key.value} is there twice", key.start_mark.line + 1)
            read[key.value] = self._read(value, (*path, key.value))
        return read


def _scalar(node: yaml.Node) -> Any:
    try:
        return yaml.constructor.SafeConstructor().construct_object(node)
    except yaml.MarkedYAMLError as error:
        raise Unreadable(error.problem or "this is not a plain value", node.start_mark.line + 1) from None


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, int] | None:
    """(the value, its line). A mapping's value counts as standing where its key stands."""
    if isinstance(node, yaml.MappingNode):
        return next(((value, key.start_mark.line) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item, item.start_mark.line
    return None
