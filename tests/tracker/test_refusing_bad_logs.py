import uuid
from base64 import b64encode
from urllib.parse import quote

import pytest

from tests.tracker.factories import log_body, reading
from tracker.models import SymptomLog

pytestmark = pytest.mark.django_db

BAD = {
    "unknown region": (log_body(readings=[reading("elbow")]), "readings.0.region", "invalid_choice"),
    "unknown side": (log_body(readings=[reading(side="up")]), "readings.0.side", "invalid_choice"),
    "low back has no left": (log_body(readings=[reading("low-back", "left")]), "readings.0.side", "wrong_side"),
    "calf has no middle": (log_body(readings=[reading("calf", "midline")]), "readings.0.side", "wrong_side"),
    "same place twice": (log_body(readings=[reading(), reading()]), "readings", "repeated_place"),
    "unknown quality": (log_body(readings=[reading(qualities=["wet"])]), "readings.0.qualities.0", "invalid_choice"),
    "rating 11": (log_body(readings=[reading(pain=11)]), "readings.0.pain", "invalid_rating"),
    "rating -1": (log_body(readings=[reading(pain=-1)]), "readings.0.pain", "invalid_rating"),
    "rating 3.5": (log_body(readings=[reading(pain=3.5)]), "readings.0.pain", "invalid_rating"),
    "rating 4.0": (log_body(readings=[reading(pain=4.0)]), "readings.0.pain", "invalid_rating"),
    "rating as text": (log_body(readings=[reading(pain="4")]), "readings.0.pain", "invalid_rating"),
    "rating true": (log_body(readings=[reading(pain=True)]), "readings.0.pain", "invalid_rating"),
    "misspelt stream": (log_body(readings=[reading(numbnes=4)]), "readings.0.numbnes", "unknown_field"),
    "misspelt field": (log_body(nota="x"), "nota", "unknown_field"),
    "readings null": (log_body(readings=None), "readings", "null"),
    "readings no list": (log_body(readings={}), "readings", "not_a_list"),
    "three days ahead": (log_body(occurred_at="2999-01-01T00:00:00Z"), "occurred_at", "too_late"),
    "in 1900": (log_body(occurred_at="1900-01-01T00:00:00Z"), "occurred_at", "too_early"),
    "without an offset": (log_body(occurred_at="2026-03-20T07:30:00"), "occurred_at", "invalid_time"),
    "a date only": (log_body(occurred_at="2026-03-20"), "occurred_at", "invalid_time"),
    "year 0": (log_body(occurred_at="0001-01-01T00:00:00+14:00"), "occurred_at", "invalid_time"),
    "a number for a time": (log_body(occurred_at=5), "occurred_at", "invalid_time"),
    "wrong time zone": (log_body(time_zone="Europe/Atlantis"), "time_zone", "invalid_time_zone"),
    "a path for a time zone": (log_body(time_zone="../../etc/passwd"), "time_zone", "invalid_time_zone"),
    "sleep 11": (log_body(sleep_quality=11), "sleep_quality", "invalid_rating"),
    "a long note": (log_body(note="x" * 2001), "note", "max_length"),
    "a null byte": (log_body(note="a\x00b"), "note", "null_characters_not_allowed"),
    "unknown self-care": (log_body(self_care=[{"kind": "magnets"}]), "self_care.0.kind", "invalid_choice"),
    "minutes past a day": (log_body(self_care=[{"kind": "rest", "minutes": 1441}]), "self_care.0.minutes", "max_value"),
    "base version 0": (log_body(base_version=0), "base_version", "min_value"),
}


@pytest.mark.parametrize(("body", "field", "code"), BAD.values(), ids=BAD.keys())
def test_a_mistake_is_named_by_field_and_code_and_nothing_is_written(api, alice, body, field, code):
    refused = api(alice).put(f"/api/v1/logs/{uuid.uuid4()}", body)
    assert refused.status_code == 400
    problem = refused.json()
    assert set(problem) == {"type", "title", "status", "errors"}
    assert [(error["field"], error["code"]) for error in problem["errors"]] == [(field, code)]
    assert SymptomLog.objects.count() == 0


@pytest.mark.parametrize("missing", ["occurred_at", "time_zone", "readings"])
def test_what_cannot_be_guessed_is_required(api, alice, missing):
    body = log_body()
    del body[missing]
    problem = api(alice).put(f"/api/v1/logs/{uuid.uuid4()}", body).json()
    assert [(error["field"], error["code"]) for error in problem["errors"]] == [(missing, "required")]


def raw(client, text, **headers):
    return client.put(f"/api/v1/logs/{uuid.uuid4()}", text, content_type="application/json", **headers)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "",
        "null",
        "[]",
        "\xff",
        '{"occurred_at": NaN}',
        "[" * 100_000,
        "9" * 5000,
        '{"note": "\\ud800"}',
        '{"\\udfff": 1}',
        '{"readings": [{"region": "\\ud800"}]}',
    ],
)
def test_a_broken_body_is_400_in_the_one_shape(api, alice, text):
    refused = raw(api(alice), text.encode("latin-1"))
    assert refused.status_code == 400
    assert set(refused.json()) == {"type", "title", "status", "errors"}
    assert SymptomLog.objects.count() == 0


def test_a_body_of_5_mb_is_413(api, alice):
    refused = raw(api(alice), b'{"note": "' + b"x" * 5_000_000 + b'"}')
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (413, "too_large")


def test_a_body_that_lies_about_its_length_is_still_413(alice):
    from io import BytesIO

    from accounts.parsing import BoundedJSONParser
    from accounts.problems import TooLarge

    with pytest.raises(TooLarge):
        BoundedJSONParser().parse(BytesIO(b'"' + b"x" * 300_000 + b'"'), "application/json", {})


def test_another_content_type_is_415(api, alice):
    refused = api(alice).put(f"/api/v1/logs/{uuid.uuid4()}", "a=1", content_type="application/x-www-form-urlencoded")
    assert refused.status_code == 415


def test_an_id_that_is_no_uuid_is_404(api, alice):
    assert api(alice).put("/api/v1/logs/7", log_body()).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["from=yesterday", "to=2026-13-01", "from=2026-03-02&to=2026-03-01", "changed_since=x", "from=2026-03-01T00:00"],
)
def test_a_wrong_period_is_400(api, alice, query):
    assert api(alice).get(f"/api/v1/logs?{query}").status_code == 400


def test_half_a_surrogate_pair_in_a_batch_is_400(api, alice):
    refused = api(alice).post("/api/v1/logs/batch", '[{"id": "\\ud800"}]', content_type="application/json")
    assert refused.status_code == 400


@pytest.mark.parametrize(
    "position",
    [None, "p=", "p=abc", "p=%00", "p=2026-13-45", "r=1&p=x", "p=2026-01-01", "p=0001-01-01T00:00:00%2B14:00",
     "p=9999-12-31T23:59:59-14:00"],
)  # fmt: skip
@pytest.mark.parametrize("list_address", ["logs?", "routines?", "sessions?", "logs?changed_since=2026-01-01T00:00Z&"])
def test_a_wrong_cursor_is_404_in_the_one_shape(api, alice, list_address, position):
    cursor = "%ff%00" if position is None else quote(b64encode(position.encode()))
    refused = api(alice).get(f"/api/v1/{list_address}cursor={cursor}")
    assert refused.status_code == 404
    assert refused.json()["errors"]
