from time import monotonic

from django.apps import AppConfig

# Imported as this process starts; the addresses only when the first of them is asked for.
STARTED = monotonic()


class ConfigConfig(AppConfig):
    name = "config"
