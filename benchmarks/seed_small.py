"""One person with a month of entries; prints the person's session key."""

import benchmarks.seed_logs as seed

seed.ENTRIES = 5_000

if __name__ == "__main__":
    seed.main()
