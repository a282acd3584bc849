"""The real settings, and a way to die at a chosen moment. Only ever named by a test's own server process."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE as REAL_MIDDLEWARE

MIDDLEWARE = [*REAL_MIDDLEWARE, "tests.faults.middleware.die_when_armed"]
