"""What makes some exercises a question for somebody else first, in the profile."""

import pytest

from accounts.vocabulary import CONDITIONS


def test_nobody_has_anything_until_they_say_so(api, alice):
    assert api(alice).get("/api/v1/me").json()["conditions"] == []


def test_they_are_kept_once_each_in_their_fixed_order(api, alice):
    client = api(alice)
    changed = client.patch("/api/v1/me", {"conditions": ["pregnancy", "hip-replacement", "pregnancy"]})
    assert changed.json()["conditions"] == ["hip-replacement", "pregnancy"]
    assert client.get("/api/v1/me").json() == changed.json()
    assert client.patch("/api/v1/me", {"display_name": "A"}).json()["conditions"] == ["hip-replacement", "pregnancy"]
    assert client.patch("/api/v1/me", {"conditions": []}).json()["conditions"] == []


def test_all_of_them_can_be_had(api, alice):
    changed = api(alice).patch("/api/v1/me", {"conditions": list(CONDITIONS)})
    assert changed.json()["conditions"] == list(CONDITIONS)


@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        (["hiccups"], "conditions.0", "invalid_choice"),
        (["pregnancy", None], "conditions.1", "null"),
        ([["pregnancy"]], "conditions.0", "invalid_choice"),
        ("pregnancy", "conditions", "not_a_list"),
        (None, "conditions", "null"),
        (["pregnancy"] * 12, "conditions", "max_length"),
    ],
    ids=str,
)
def test_anything_else_is_refused_and_nothing_is_written(api, alice, sent, field, code):
    refused = api(alice).patch("/api/v1/me", {"conditions": sent})
    assert refused.status_code == 400
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [(field, code)]
    alice.refresh_from_db()
    assert alice.conditions == []
