"""The real settings, and two ways to trouble them: to die at a chosen moment, and to serve another web build."""

import os
from pathlib import Path

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE as REAL_MIDDLEWARE
from config.settings import WEB_BUILD as REAL_WEB_BUILD

MIDDLEWARE = [*REAL_MIDDLEWARE, "tests.faults.middleware.die_when_armed"]
WEB_BUILD = Path(os.environ.get("TEST_WEB_BUILD", REAL_WEB_BUILD))
WHITENOISE_ROOT = WEB_BUILD if WEB_BUILD.is_dir() else None
