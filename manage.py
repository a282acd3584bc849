#!/usr/bin/env python
import os
import sys


def main() -> None:
    # The database and the mails are about somebody's health: nobody but the operator reads them.
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
