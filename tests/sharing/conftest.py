from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_has_asked_before(quick_passwords) -> None:
    """How often an address may ask is counted over all tests of a process: they all come from one."""
    cache.clear()
