"""The person's account through allauth's headless API, as the app uses it."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from accounts.api import ProfileSerializer
from accounts.models import User
from tests.people import PASSWORD
from tests.tracker.factories import record
from tracker.models import SymptomLog

pytestmark = pytest.mark.django_db
AUTH = "/_allauth/browser/v1/auth"


def post(client, path, **body):
    return client.post(f"{AUTH}/{path}", body, content_type="application/json")


def test_a_new_person_signs_up_and_is_signed_in_at_once():
    client = Client()
    answer = post(client, "signup", email="new@example.org", password=PASSWORD)
    assert answer.status_code == 200
    me = client.get("/api/v1/me").json()
    assert (me["email"], me["time_zone"], me["weekly_mode"]) == ("new@example.org", "UTC", False)


@pytest.mark.parametrize(
    ("email", "password"), [("", PASSWORD), ("nonsense", PASSWORD), ("a@example.org", "short"), ("a@example.org", "")]
)
def test_a_sign_up_with_mistakes_makes_nobody(email, password):
    assert post(Client(), "signup", email=email, password=password).status_code == 400
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    ["{", "\xff", "9" * 5000, "[" * 100_000, '{"email": "a@example.org", "password": "\\ud800 and so on"}'],
)
@pytest.mark.parametrize("path", ["signup", "login", "password/request", "password/reset"])
def test_a_broken_body_breaks_no_sign_in(path, text):
    client = Client(raise_request_exception=False)
    refused = client.post(f"{AUTH}/{path}", text.encode("latin-1"), content_type="application/json")
    assert refused.status_code == 400


def test_another_host_is_refused_in_the_one_shape(client):
    refused = client.get("/api/v1/me", headers={"host": "other.example"})
    assert (refused.status_code, set(refused.json())) == (400, {"type", "title", "status", "errors"})


def test_signing_in_and_out(alice):
    client = Client()
    assert post(client, "login", email=alice.email, password="wrong password").status_code == 400
    assert post(client, "login", email=alice.email, password=PASSWORD).status_code == 200
    assert client.get("/api/v1/me").status_code == 200
    client.delete(f"{AUTH}/session")
    assert client.get("/api/v1/me").status_code == 401


def test_guessing_passwords_is_slowed_down(alice):
    client = Client()
    answers = [post(client, "login", email=alice.email, password=f"guess {n}").status_code for n in range(12)]
    assert 429 in answers or answers[-1] == 400
    assert post(client, "login", email=alice.email, password=PASSWORD).status_code != 200


def test_a_password_is_reset_by_mail(alice):
    client = Client()
    assert (
        client.post(f"{AUTH}/password/request", {"email": alice.email}, content_type="application/json").status_code
        == 200
    )
    (message,) = mail.outbox
    key = re.search(r"/reset-password/(\S+)", message.body)[1]
    fresh = "another good passphrase"
    answer = client.post(f"{AUTH}/password/reset", {"key": key, "password": fresh}, content_type="application/json")
    assert answer.status_code in (200, 401)
    assert post(Client(), "login", email=alice.email, password=fresh).status_code == 200


def test_a_reset_for_a_stranger_says_the_same(alice):
    answers = [
        Client().post(f"{AUTH}/password/request", {"email": email}, content_type="application/json").json()
        for email in (alice.email, "nobody@example.org")
    ]
    assert answers[0] == answers[1]


def test_a_write_without_the_csrf_token_is_refused(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    refused = client.patch("/api/v1/me", {"display_name": "X"}, content_type="application/json")
    assert refused.status_code == 403
    assert set(refused.json()) == {"type", "title", "status", "errors"}


def test_a_sign_out_without_the_csrf_token_is_refused_in_the_one_shape(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    refused = client.delete(f"{AUTH}/session")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "csrf_failed")


@pytest.mark.parametrize("path", ["/api/v1/me", f"{AUTH}/session"])
def test_no_cache_keeps_what_is_about_a_person(api, alice, path):
    assert api(alice).get(path).headers["Cache-Control"] == "no-store"


def test_a_change_of_the_profile_does_not_put_an_old_password_back(alice):
    before = User.objects.get(pk=alice.pk)
    alice.set_password("another good passphrase")
    alice.save()
    ProfileSerializer().update(before, {"display_name": "Ali"})
    alice.refresh_from_db()
    assert (alice.display_name, alice.check_password("another good passphrase")) == ("Ali", True)


def test_erasing_ends_the_sessions_of_every_device_and_of_nobody_else(api, alice, charlie):
    phone, tablet, other = api(alice), api(alice), api(charlie)
    assert phone.delete("/api/v1/me", {"password": PASSWORD}).status_code == 204
    assert tablet.get("/api/v1/me").status_code == 401
    assert other.get("/api/v1/me").status_code == 200
    assert Session.objects.count() == 1


def test_erasing_needs_the_password_and_leaves_nothing(api, alice):
    record(alice)
    client = api(alice)
    assert client.delete("/api/v1/me", {"password": "wrong"}).status_code == 403
    assert SymptomLog.objects.count() == 1
    assert client.delete("/api/v1/me", {"password": PASSWORD}).status_code == 204
    assert not User.objects.filter(pk=alice.pk).exists()
    assert SymptomLog.objects.count() == 0
    assert client.get("/api/v1/me").status_code == 401


GOOD = [
    {"display_name": "Ali"},
    {"time_zone": "America/New_York"},
    {"language": "de"},
    {"country": "DE"},
    {"country": ""},
    {"emergency_number": "144"},
    {"quiet_hours": {"from": "22:00", "to": "07:00"}},
    {"quiet_hours": None},
    {"weekly_mode": True},
]
BAD = [
    ({"time_zone": "Mars/Base"}, "time_zone"),
    ({"language": "<b>"}, "language"),
    ({"country": "Germany"}, "country"),
    ({"emergency_number": "call me"}, "emergency_number"),
    ({"quiet_hours": {"from": "22:00"}}, "quiet_hours.to"),
    ({"quiet_hours": {"from": "25:00", "to": "07:00"}}, "quiet_hours.from"),
    ({"weekly_mode": "perhaps"}, "weekly_mode"),
    ({"display_name": "x" * 81}, "display_name"),
    ({"is_staff": True}, "is_staff"),
]


@pytest.mark.parametrize("change", GOOD)
def test_the_profile_takes_a_change_and_keeps_the_rest(api, alice, change):
    client = api(alice)
    before = client.get("/api/v1/me").json()
    assert client.patch("/api/v1/me", change).json() == {**before, **change}
    assert client.get("/api/v1/me").json() == {**before, **change}


@pytest.mark.parametrize(("change", "field"), BAD)
def test_the_profile_refuses_a_mistake_by_field(api, alice, change, field):
    client = api(alice)
    before = client.get("/api/v1/me").json()
    refused = client.patch("/api/v1/me", change)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, field)
    assert client.get("/api/v1/me").json() == before
