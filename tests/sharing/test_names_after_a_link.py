"""Once a link has ended, what the patient is called since is not told to who was let in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sharing.ending import end_link
from sharing.models import CareLink
from tests.people import link, make_person

pytestmark = pytest.mark.django_db
ADDRESSES = ("care-links", "conversations")


def names(client) -> set[str]:
    return {one["other"]["name"] for address in ADDRESSES for one in client.get(f"/api/v1/{address}").json()["results"]}


@pytest.mark.parametrize("ender", ["alice", "bob"])
def test_the_patients_name_stays_as_it_was_at_the_end(api, request, alice, bob, ender):
    held = CareLink.objects.get()
    assert api(alice).patch("/api/v1/me", {"display_name": "Alice Earlier"}, format="json").status_code == 200
    assert names(api(bob)) == {"Alice Earlier"}
    assert api(request.getfixturevalue(ender)).delete(f"/api/v1/care-links/{held.pk}").status_code == 204
    assert api(alice).patch("/api/v1/me", {"display_name": "Alice Later"}, format="json").status_code == 200
    assert names(api(bob)) == {"Alice Earlier"}
    assert names(api(alice)) == {"Bob"}
    [told] = api(bob).get("/api/v1/care-links").json()["results"]
    assert (told["role"], told["ended_by"]) == ("physiotherapist", "patient" if ender == "alice" else "physiotherapist")
    assert told["ended_at"] is not None


def test_who_is_let_in_again_sees_it_as_it_is(api, alice, bob):
    api(alice).delete(f"/api/v1/care-links/{CareLink.objects.get().pk}")
    api(alice).patch("/api/v1/me", {"display_name": "Alice Later"}, format="json")
    link(alice, bob)
    assert names(api(bob)) == {"Alice", "Alice Later"}
    assert [one["name"] for one in api(bob).get("/api/v1/patients").json()["results"]] == ["Alice Later"]


def test_who_was_let_in_finds_the_links_that_ended_lately(api, alice, bob, charlie):
    now = timezone.now()
    lately, long_ago, living = CareLink.objects.get(), link(charlie, bob), link(make_person("dana"), bob)
    own = link(bob, make_person("erin"))
    for ended, days in ((lately, 29), (long_ago, 31), (own, 1)):
        end_link(by=ended.owner, id=ended.pk)
        CareLink.objects.filter(pk=ended.pk).update(ended_at=now - timedelta(days=days))

    def listed(**asked):
        answered = api(bob).get("/api/v1/care-links", {"page_size": 20, **asked})
        return {one["id"] for one in answered.json()["results"]}

    assert listed(role="physiotherapist", ended_within=30) == {str(lately.pk)}
    assert listed(role="physiotherapist") == {str(one.pk) for one in (lately, long_ago, living)}
    assert listed(role="patient", ended_within=30) == {str(own.pk)}
    assert len(listed()) == 4
    for asked in ({"role": "doctor"}, {"ended_within": 0}, {"ended": 30}):
        assert api(bob).get("/api/v1/care-links", asked).status_code == 400
