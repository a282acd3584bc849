"""Two devices that contradict one another about what needs a doctor: the worse of the two is kept."""

import uuid

import pytest

from tests.tracker.factories import check_body, log_body, reading, saddle
from tracker.models import Flag

pytestmark = pytest.mark.django_db


def put(client, here, body, base=None):
    return client.put(here, {**body, "base_version": base}).json()


def check_address():
    return f"/api/v1/red-flag-checks/{uuid.uuid4()}"


def answers(client, base, one, other):
    here = check_address()
    put(client, here, check_body(base))
    put(client, here, check_body(one), 1)
    return put(client, here, check_body(other), 1)


@pytest.mark.parametrize("worse_first", [True, False])
@pytest.mark.parametrize(
    ("worse", "milder"),
    [
        *[("new", "no"), ("unsure", "no"), ("new", "unchanged"), ("worse", "unsure"), ("unchanged", "no")],
        *[("yes", "no"), ("yes", "unsure"), ("yes", "unchanged"), ("new", "yes")],
    ],
)
def test_of_two_answers_to_one_question_the_worse_one_is_kept(api, alice, worse, milder, worse_first):
    said = [{"lump": "no", "saddle": worse}, {"lump": "no", "saddle": milder}]
    merged = answers(api(alice), {"lump": "no"}, *(said if worse_first else said[::-1]))
    assert merged["answers"]["saddle"] == worse
    assert merged["overwritten"] == ([] if worse_first else ["answers.saddle"])
    assert Flag.objects.standing().filter(rule="saddle").exists()


@pytest.mark.parametrize("removed_first", [True, False])
def test_an_answer_that_one_takes_out_while_the_other_says_yes_is_kept(api, alice, removed_first):
    said = [{"lump": "no"}, {"lump": "no", "saddle": "new"}]
    merged = answers(api(alice), {"lump": "no", "saddle": "no"}, *(said if removed_first else said[::-1]))
    assert merged["answers"] == {"saddle": "new", "lump": "no"}


def test_one_device_alone_may_still_take_an_answer_back(api, alice):
    client, here = api(alice), check_address()
    put(client, here, check_body({"saddle": "new"}))
    assert put(client, here, check_body({"saddle": "no"}), 1)["level"] is None
    assert not Flag.objects.standing().exists()


def test_nothing_is_lost_when_each_takes_out_what_the_other_left(api, alice):
    merged = answers(api(alice), {"saddle": "new", "lump": "no"}, {"lump": "no"}, {"saddle": "new"})
    assert merged["answers"] == {"saddle": "new", "lump": "no"}
    assert Flag.objects.standing().get().level == "E"


@pytest.mark.parametrize("removed_first", [True, False])
def test_a_mark_on_the_saddle_that_one_takes_out_while_the_other_rates_it_is_kept(api, alice, removed_first):
    client, here = api(alice), f"/api/v1/logs/{uuid.uuid4()}"
    edits = [[reading()], [reading(), saddle(numbness=9)]]
    put(client, here, log_body(readings=[reading(), saddle(numbness=3)]))
    for edit in edits if removed_first else edits[::-1]:
        merged = put(client, here, log_body(readings=edit), 1)
    assert {one["region"]: one["numbness"] for one in merged["readings"]} == {"calf": 6, "saddle": 9}
    assert Flag.objects.standing().get().level == "E"


def test_who_confirms_on_one_device_has_not_read_what_another_answered_meanwhile(api, alice):
    client, here = api(alice), check_address()
    put(client, here, check_body({"saddle": "new"}))
    put(client, here, check_body({"saddle": "new", "bowel": "new"}), 1)
    put(client, here, check_body({"saddle": "new"}, read_at="2026-03-20T08:01:00.000+01:00"), 1)
    assert dict(Flag.objects.values_list("rule", "state")) == {"saddle": "seen", "bowel": "open"}


def test_what_was_confirmed_before_it_was_answered_is_not_confirmed(api, alice):
    taken = put(api(alice), check_address(), check_body({"saddle": "new"}, read_at="2026-03-20T07:59:59.000+01:00"))
    assert taken["read_at"] == "2026-03-20T07:59:59.000+01:00"
    assert Flag.objects.get().state == "open"
