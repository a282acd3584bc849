"""What the operator reads on standard error: one line each, without tokens."""

from __future__ import annotations

from typing import Any


def logging_at(level: str) -> dict[str, Any]:
    """Django's LOGGING, with everything from `level` on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "config.privacy.TokenlessFormatter",
                "fmt": "{asctime} {levelname} {name} {message}",
                "style": "{",
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "filters": {
            # It tells what is wrong in words, once: not an error each time that a monitor asks.
            "health_tells_itself": {
                "()": "django.utils.log.CallbackFilter",
                "callback": lambda record: record.getMessage() != "Service Unavailable: /healthz",
            }
        },
        # Every refused request is somebody's mistake, not a fault of the house.
        "loggers": {
            "django.request": {"level": "ERROR", "filters": ["health_tells_itself"]},
            # Scanners ask for every name there is.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
        "root": {"handlers": ["stderr"], "level": level},
    }
