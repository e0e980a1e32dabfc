"""``./bench PART [--json] …``: measure one part and print its table."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

_NOT_PARTS = frozenset({"__init__", "__main__", "table"})


def parts() -> list[str]:
    """The parts there are: each module and package of this folder that has ``run``."""
    folder = Path(__file__).parent
    found = [*folder.glob("*.py"), *(one.parent for one in folder.glob("*/__init__.py"))]
    return sorted(
        path.stem for path in found if path.stem not in _NOT_PARTS and not path.stem.startswith("_")
    )


def main(arguments: list[str]) -> int:
    """Run the part that the first argument names; 2 where there is no such part."""
    names = parts()
    if not arguments or arguments[0] in ("-h", "--help"):
        print(f"./bench PART [--json] [the part's own options]\n\nParts: {', '.join(names)}")
        return 0 if arguments else 2
    part, *rest = arguments
    if part not in names:
        print(f"There is no part {part!r}. Parts: {', '.join(names)}", file=sys.stderr)
        return 2
    module: ModuleType = import_module(f"benchmarks.{part}")
    table = module.run([argument for argument in rest if argument != "--json"])
    if "--json" in rest:
        print(table.as_json())
    else:
        table.show()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
