"""The exercise catalogue, and one person with a few days of entries; prints the person's session key."""

from django.core.management import call_command

import benchmarks.seed_logs as seed

seed.ENTRIES = 50

if __name__ == "__main__":
    call_command("loadcatalogue", verbosity=0)
    seed.main()
