"""Names that an earlier release stored as they were typed are cleaned by the upgrade, wherever they were copied to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.models import User
from sharing.models import Access, CareLink, Clinic
from tests.people import link, make_person

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("sharing", "0008_name_at_the_end")]
AFTER = [("sharing", "0009_clean_names")]
TURNED = "Ali\u202ece\u2066  <b>\u200b\n"
CLEAN = "Alice <b>"


def migrate(targets: list[tuple[str, str]]) -> Apps:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def before(transactional_db) -> Iterator[None]:
    migrate(BEFORE)
    yield
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_they_are_cleaned_and_all_others_stay_as_they_are(before):
    alice, bob, charlie = make_person("alice"), make_person("bob"), make_person("charlie")
    ended, living = link(alice, bob), link(alice, charlie)
    User.objects.filter(pk=alice.pk).update(display_name=TURNED)
    User.objects.filter(pk=bob.pk).update(display_name="\u200b\u3164")
    CareLink.objects.filter(pk=ended.pk).update(ended_at=timezone.now(), patient_name=TURNED)
    river, unseen = Clinic.objects.create(name="By\u202e the  river"), Clinic.objects.create(name="\u202e")
    hers = Clinic.objects.create(name="O'Neill & <Sons>")
    read, known = (
        Access.objects.create(owner=alice, what="page", reader_name=name) for name in (TURNED, "Dr  Lee\u00ad")
    )
    migrate(AFTER)
    assert names(User, "display_name", alice, bob, charlie) == [CLEAN, "", "Charlie"]
    assert names(CareLink, "patient_name", ended, living) == [CLEAN, ""]
    assert names(Clinic, "name", river, unseen, hers) == ["By the river", "Clinic", "O'Neill & <Sons>"]
    assert names(Access, "reader_name", read, known) == [CLEAN, "Dr Lee"]


def test_none_is_left_out_of_a_table_that_is_read_in_parts(before):
    User.objects.bulk_create(
        User(email=f"p{number}@example.org", display_name=f"P\u200b {number}") for number in range(2001)
    )
    migrate(AFTER)
    assert set(User.objects.values_list("display_name", flat=True)) == {f"P {number}" for number in range(2001)}


def test_what_grows_when_it_is_composed_still_fits(before):
    alice = make_person("alice")
    # One letter that is written as two.
    User.objects.filter(pk=alice.pk).update(display_name="\u0958" * 80)
    migrate(AFTER)
    assert names(User, "display_name", alice) == ["\u0915\u093c" * 40]


def names(model, name, *rows) -> list[str]:
    stored = dict(model.objects.values_list("pk", name))
    return [stored[row.pk] for row in rows]
