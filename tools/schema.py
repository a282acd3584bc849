"""
The contract in two files: `docs/openapi.yaml` from the Django views, and from it the TypeScript types of the web
front end. Without arguments it writes them; with `--check` it fails when one is not what the code says.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPENAPI = ROOT / "docs" / "openapi.yaml"
TYPES = ROOT / "static" / "src" / "lib" / "api" / "schema.d.ts"


def generate(openapi: Path, types: Path) -> None:
    with tempfile.TemporaryDirectory() as data_dir:
        # The cookie's name follows the address: the schema shows that of a plain `make run`.
        env = {**os.environ, "DATA_DIR": data_dir, "UNPINCH_URL": "", "PORT": "8000"}
        command = [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", str(openapi)]
        subprocess.run(command, cwd=ROOT, env=env, check=True)
    command = ["npx", "openapi-typescript", str(openapi), "--output", str(types), "--root-types"]
    subprocess.run(command, cwd=ROOT / "static", check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    if "--check" not in sys.argv:
        OPENAPI.parent.mkdir(exist_ok=True)
        generate(OPENAPI, TYPES)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        openapi, types = Path(folder) / "openapi.yaml", Path(folder) / "schema.d.ts"
        generate(openapi, types)
        stale = [str(old.relative_to(ROOT)) for old, new in ((OPENAPI, openapi), (TYPES, types)) if differs(old, new)]
    if stale:
        print(f"Not fresh: {', '.join(stale)}. Run: python tools/schema.py")
    return 1 if stale else 0


def differs(old: Path, new: Path) -> bool:
    return not old.exists() or old.read_bytes() != new.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
