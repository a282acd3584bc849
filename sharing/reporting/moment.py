"""Reads that belong together, as of one moment: what is written meanwhile is in all of them or in none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Only for reads. Inside a transaction that has begun they are of that one's moments, whatever these are."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not by `atomic`, which takes the one writer's lock: a savepoint by itself begins a transaction that reads.
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT one_moment")
            try:
                yield
            finally:
                cursor.execute("RELEASE one_moment")
