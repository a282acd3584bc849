"""
The real settings, and ways to trouble them: to die at a chosen moment, to serve another web build, to hold what is
sent for a shorter time than it is worth waiting for in a test, and to tick more often.
"""

import os
from pathlib import Path

from config.settings import *  # noqa: F403
from config.settings import DELIVERY_LEASE_SECONDS as REAL_LEASE
from config.settings import MIDDLEWARE as REAL_MIDDLEWARE
from config.settings import WEB_BUILD as REAL_WEB_BUILD

MIDDLEWARE = [*REAL_MIDDLEWARE, "tests.faults.middleware.die_when_armed"]
WEB_BUILD = Path(os.environ.get("TEST_WEB_BUILD", REAL_WEB_BUILD))
WHITENOISE_ROOT = WEB_BUILD if WEB_BUILD.is_dir() else None
DELIVERY_LEASE_SECONDS = float(os.environ.get("TEST_LEASE_SECONDS", REAL_LEASE))
CELERY_INCLUDE = ["tests.faults.quick_clock"]
TICK_SECONDS = float(os.environ.get("TEST_TICK_SECONDS", 0))
