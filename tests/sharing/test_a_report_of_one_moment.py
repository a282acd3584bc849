"""What is written while a report is read is in all of it or in none: on PostgreSQL, by a writer of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from threading import Thread

import pytest
from django.db import connection

from exercises.loading import load_catalogue
from sharing.reporting import build_report
from sharing.vocabulary import SECTIONS
from tests.people import make_person
from tests.tracker.factories import reading, record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
FIRST, LAST = date(2026, 3, 2), date(2026, 4, 12)
NOW = datetime(2026, 4, 13, 6, tzinfo=UTC)


def write(person) -> None:
    record(person, occurred_at="2026-03-20T08:00:00+02:00", readings=[reading("buttock")])
    connection.close()


class Meanwhile:
    """After the first read of the diary somebody writes into it, and is done before the next read."""

    def __init__(self, person) -> None:
        self.person, self.written = person, False

    def __call__(self, execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        if not self.written and 'FROM "tracker_symptomlog"' in sql:
            self.written = True
            writer = Thread(target=write, args=[self.person])
            writer.start()
            writer.join()
        return done


def report(person):
    return build_report(patient=person, first=FIRST, last=LAST, sections=SECTIONS, now=NOW)


def felt_in(snapshot) -> set[str]:
    return {place["region"] for place in snapshot["body"]["mean"]}


def test_an_entry_that_is_written_meanwhile_is_in_no_part_of_the_report():
    assert connection.vendor == "postgresql", "needs a reader and a writer at once: set DATABASE_URL to a PostgreSQL"
    load_catalogue()
    alice = make_person("alice")
    record(alice, occurred_at="2026-03-10T08:00:00+02:00")
    meanwhile = Meanwhile(alice)
    with connection.execute_wrapper(meanwhile):
        made = report(alice)
    assert meanwhile.written
    assert made["period"]["logged"] == 1
    assert felt_in(made) == {"calf"}
    later = report(alice)
    assert later["period"]["logged"] == 2
    assert felt_in(later) == {"buttock", "calf"}


def test_a_report_leaves_the_connection_free_to_write():
    load_catalogue()
    alice = make_person("alice")
    report(alice)
    with pytest.raises(Exception, match="Must"):
        build_report(patient=alice, first=LAST, last=FIRST, sections=SECTIONS, now=NOW)
    assert not connection.in_atomic_block
    record(alice, occurred_at="2026-03-10T08:00:00+02:00")
    assert report(alice)["period"]["logged"] == 1
