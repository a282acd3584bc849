"""Entries that were written before there were flags get theirs with one command."""

import uuid
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.documents import put_document
from tests.tracker.factories import answer, log_body, reading, record, saddle
from tracker.models import Flag, SymptomLog
from tracker.serializers import LogSerializer

pytestmark = pytest.mark.django_db


def written_before_flags(owner, **parts) -> SymptomLog:
    serializer = LogSerializer(data=log_body(**parts))
    serializer.is_valid(raise_exception=True)
    body = serializer.canonical_body()
    return put_document(model=SymptomLog, owner=owner, id=uuid.uuid4(), body=body, base_version=None).document


def raise_flags() -> str:
    told = StringIO()
    call_command("raise_flags", stdout=told)
    return told.getvalue()


def test_an_old_mark_on_the_saddle_is_raised_once_a_person(alice, bob):
    for owner in (alice, alice, bob):
        written_before_flags(owner, readings=[saddle(), reading()])
    written_before_flags(alice, readings=[reading()])
    assert "3 entries" in raise_flags()
    assert list(Flag.objects.values_list("rule", "level", "state")) == [("saddle", "E", "open")] * 2
    before = list(Flag.objects.values())
    raise_flags()
    assert list(Flag.objects.values()) == before


def test_what_was_read_deleted_or_said_more_precisely_is_left_as_it_is(alice, bob):
    log = record(alice, readings=[saddle()])
    answer(alice, {"saddle": "unchanged"}, entry=str(log.pk))
    Flag.objects.update(state="seen")
    gone = written_before_flags(bob, readings=[saddle()])
    SymptomLog.objects.filter(pk=gone.pk).update(deleted_at=gone.changed_at)
    raise_flags()
    assert Flag.objects.values_list("level", "state").get() == ("D", "seen")
