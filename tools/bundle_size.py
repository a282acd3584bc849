"""
The JavaScript that the first screen loads, compressed: what `shell.html` preloads and imports, and what Today's route
and those imports pull in statically. Fails past 60 kB (Brotli, as served; gzip is beside it), and past 200 files
that the worker keeps on the phone: on a cheap one their number counts more than their bytes (static/chunks.ts).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

BUILD = Path(__file__).resolve().parent.parent / "static" / "build"
LIMIT_BYTES = 60_000
LIMIT_FILES = 200
STATIC_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*["'](\.{1,2}/[^"']+\.js)["']""")
SHELL_SCRIPT = re.compile(r'["\'](/_app/[^"\']+\.js)["\']')


def first_screen() -> set[Path]:
    """The shell's scripts, the root layout's and Today's nodes (0 and 2 in Kit's order), and all they import."""
    app = next((BUILD / "_app/immutable/entry").glob("app.*.js")).read_text(encoding="utf-8")
    nodes = sorted(set(re.findall(r"\.\./(nodes/(?:0|2)\.[^\"'`]+\.js)", app)))
    if len(nodes) < 2:
        raise SystemExit("bundle_size: the build's route nodes are not where they were.")
    todo = [
        BUILD / name.lstrip("/") for name in SHELL_SCRIPT.findall((BUILD / "shell.html").read_text(encoding="utf-8"))
    ]
    todo += [BUILD / "_app/immutable" / name for name in nodes]
    found: set[Path] = set()
    while todo:
        script = todo.pop().resolve()
        if script in found:
            continue
        found.add(script)
        todo += [script.parent / name for name in STATIC_IMPORT.findall(script.read_text(encoding="utf-8"))]
    return found


def main() -> int:
    scripts = first_screen()
    size = {suffix: sum(Path(f"{script}{suffix}").stat().st_size for script in scripts) for suffix in (".br", ".gz")}
    print(f"first screen: {len(scripts)} scripts, {size['.br']} B Brotli, {size['.gz']} B gzip, limit {LIMIT_BYTES} B")
    kept = [file for file in BUILD.glob("_app/immutable/**/*") if file.suffix in (".js", ".css")]
    print(f"kept on the phone: {len(kept)} scripts and styles, limit {LIMIT_FILES}")
    return 0 if size[".br"] <= LIMIT_BYTES and len(kept) <= LIMIT_FILES else 1


if __name__ == "__main__":
    sys.exit(main())
