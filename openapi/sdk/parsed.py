"""Whether C# sources keep to the grammar: `python parsed.py PLACE …`, files or folders of them. No compiler is needed, and none stands behind it.

It says how many files there were. Ends with 1 and the place of each fault where the grammar does not fit, or where there is no file.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import tree_sitter
import tree_sitter_c_sharp

PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_c_sharp.language()))


def faults(source: bytes) -> Iterator[tuple[int, str]]:
    """Line (from 1) and kind of what does not fit: a part that is no C#, or a token that is not there."""
    todo = [PARSER.parse(source).root_node]
    while todo:
        node = todo.pop()
        if node.is_error or node.is_missing:
            yield node.start_point[0] + 1, f"{node.type} is missing" if node.is_missing else "no C#"
        elif node.has_error:
            todo.extend(reversed(node.children))


def sources(places: list[str]) -> Iterator[Path]:
    """The files that are meant."""
    for place in map(Path, places):
        yield from sorted(place.rglob("*.cs")) if place.is_dir() else [place]


def main() -> None:
    """Judge them."""
    files = list(sources(sys.argv[1:]))
    found = [f"{path}:{line}: {fault}" for path in files for line, fault in faults(path.read_bytes())]
    if found or not files:
        raise SystemExit("\n".join(found[:20]) or "no C# there")
    print(f"{len(files)} files parsed")


if __name__ == "__main__":
    main()
