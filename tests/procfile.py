"""The Procfile's commands, as programs such as honcho and foreman read them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.processes import ROOT

WITH_DEFAULT = re.compile(r"\$\{([A-Z_]+)(?::-([^}]*))?\}")


def commands() -> dict[str, str]:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    return {name: command.strip() for name, _, command in (line.partition(":") for line in lines)}


def words(command: str, environment: Mapping[str, str]) -> list[str]:
    """
    What a shell makes of it: `${NAME:-otherwise}` filled in, and split.

    Without `exec`, by which the shell steps aside, so that a signal meant for the program reaches it.
    """
    command = command.removeprefix("exec ")
    return WITH_DEFAULT.sub(lambda found: environment.get(found[1]) or found[2] or "", command).split()
