"""Whoever writes holds the diary first: what is read before the others are shut out is stale when it is used."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tracker.factories import answer, check_body, log_body, record
from tracker.models import Flag
from tracker.recording import delete_check, delete_log, record_check, record_log
from tracker.serializers import CheckSerializer, LogSerializer
from tracker.trending import choose_sensitivity

pytestmark = pytest.mark.django_db


def body_of(serializer_class, data):
    serializer = serializer_class(data=data)
    serializer.is_valid(raise_exception=True)
    return serializer.canonical_body()


@pytest.mark.parametrize("verb", ["record_log", "delete_log", "record_check", "delete_check", "choose_sensitivity"])
def test_the_person_is_held_before_anything_is_read(alice, verb):
    log, check = record(alice), answer(alice)
    put = {"owner": alice, "id": uuid.uuid4(), "base_version": None}
    verbs = {
        "record_log": lambda: record_log(**put, body=body_of(LogSerializer, log_body())),
        "delete_log": lambda: delete_log(**{**put, "id": log.pk}),
        "record_check": lambda: record_check(**put, body=body_of(CheckSerializer, check_body())),
        "delete_check": lambda: delete_check(**{**put, "id": check.pk}),
        "choose_sensitivity": lambda: choose_sensitivity(owner=alice, sensitivity="more"),
    }
    with CaptureQueriesContext(connection) as asked:
        verbs[verb]()
    first = next(query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT"))
    assert f'FROM "{type(alice)._meta.db_table}"' in first
    assert Flag.objects.count() == 1
