"""Who holds a link opens it without an account, as long as it lives; everybody else is told why, and no more."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from config.privacy import TokenlessFormatter
from sharing.models import Access, ShareLink
from sharing.vocabulary import PASSCODE_ATTEMPTS
from tests.sharing.factories import lent

pytestmark = pytest.mark.django_db
FILES = ("report.pdf", "report.csv", "report.fhir.json")
BROWSER = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def clinic() -> Client:
    """A computer that nobody is signed in at, and that really checks forms."""
    return Client(enforce_csrf_checks=True, headers={"User-Agent": BROWSER})


def read(answer) -> str:
    return answer.content.decode()


def log() -> list[tuple[str, str, int]]:
    return list(Access.objects.order_by("pk").values_list("what", "outcome", "times"))


def type_passcode(clinic: Client, token: str, passcode: str):
    form = read(clinic.get(f"/r/{token}"))
    secret = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert secret, form
    return clinic.post(f"/r/{token}", {"passcode": passcode, "csrfmiddlewaretoken": secret[1]})


def test_a_link_opens_the_report_and_each_of_its_files(alice, clinic):
    _, token = lent(alice)
    page = clinic.get(f"/r/{token}")
    assert page.status_code == 200
    assert "Alice Example" in read(page)
    kinds = {name: clinic.get(f"/r/{token}/{name}") for name in FILES}
    assert [(kinds[name].status_code, kinds[name].headers["Content-Type"]) for name in FILES] == [
        (200, "application/pdf"),
        (200, "text/csv; charset=utf-8"),
        (200, "application/fhir+json"),
    ]
    assert kinds["report.pdf"].content.startswith(b"%PDF")
    named = [kinds[name].headers["Content-Disposition"] for name in FILES]
    assert named == [
        'inline; filename="unpinch-2026-09-07-to-2026-11-01.pdf"',
        'attachment; filename="unpinch-2026-09-07-to-2026-11-01.csv"',
        'attachment; filename="unpinch-2026-09-07-to-2026-11-01.fhir.json"',
    ]
    assert log() == [("page", "opened", 1), ("pdf", "opened", 1), ("csv", "opened", 1), ("fhir", "opened", 1)]
    assert Access.objects.first().device == "Firefox on Windows"


def test_the_paper_can_be_chosen(alice, clinic):
    _, token = lent(alice)
    boxes = [clinic.get(f"/r/{token}/report.pdf", {"paper": paper}).content for paper in ("a4", "letter", "papyrus")]
    assert boxes[0] != boxes[1]
    assert boxes[0] == boxes[2]


def test_an_unknown_address_says_nothing_of_any_link(alice, clinic):
    _, token = lent(alice)
    for path in ("/r/" + "A" * 43, f"/r/{token[:-1]}", f"/r/{token}x", "/r/", "/r", "/r/a/b/c", "/r/%00", "/r/é"):
        answer = clinic.get(path)
        assert (answer.status_code, "Alice" in read(answer)) == (404, False), path
    assert clinic.get(f"/r/{token}/secrets.txt").status_code == 404
    assert log() == []


@pytest.mark.parametrize(
    ("ended", "outcome", "words"),
    [
        ({"revoked_at": timezone.now()}, "revoked", "This link was ended"),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "expired", "This link has run out"),
    ],
)
def test_a_link_that_has_ended_says_so_and_opens_nothing(alice, clinic, ended, outcome, words):
    _, token = lent(alice, passcode="4711", **ended)
    for path in (f"/r/{token}", *(f"/r/{token}/{name}" for name in FILES)):
        answer = clinic.get(path)
        assert answer.status_code == 410
        assert words in read(answer)
        assert "Alice" not in read(answer)
    assert [row[1] for row in log()] == [outcome] * 4


def test_ended_in_one_request_it_is_refused_in_the_next(api, alice, clinic):
    share, token = lent(alice, passcode="4711")
    type_passcode(clinic, token, "4711")
    assert clinic.get(f"/r/{token}").status_code == 200
    api(alice).delete(f"/api/v1/shares/{share.pk}")
    assert clinic.get(f"/r/{token}").status_code == 410
    assert [clinic.get(f"/r/{token}/{name}").status_code for name in FILES] == [410] * 3


# --- the passcode ------------------------------------------------------------------------------
def test_nothing_is_shown_before_the_passcode(alice, clinic):
    _, token = lent(alice, passcode="4711")
    form = clinic.get(f"/r/{token}")
    assert form.status_code == 200
    assert "Alice" not in read(form)
    for name in FILES:
        answer = clinic.get(f"/r/{token}/{name}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/r/{token}")
    assert log() == [("page", "no-passcode", 1)]


def test_the_right_one_opens_page_and_files_in_that_browser_for_half_an_hour(alice, clinic):
    _, token = lent(alice, passcode="4711 äß")
    answer = type_passcode(clinic, token, " 4711 äß ")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/r/{token}")
    cookie = answer.cookies["unpinch_report"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (f"/r/{token}", "Strict", True)
    assert cookie["max-age"] == 1800
    assert "Alice Example" in read(clinic.get(f"/r/{token}"))
    assert clinic.get(f"/r/{token}/report.csv").status_code == 200
    assert "Alice" not in read(Client().get(f"/r/{token}"))
    assert ("page", "opened", 1) in log()


def test_one_links_cookie_opens_no_other_link(alice, clinic):
    _, token = lent(alice, passcode="4711")
    _, other = lent(alice, passcode="4711")
    value = type_passcode(clinic, token, "4711").cookies["unpinch_report"].value
    thief = Client(headers={"Cookie": f"unpinch_report={value}"})
    assert "Alice" not in read(thief.get(f"/r/{other}"))
    forged = Client(headers={"Cookie": "unpinch_report=" + value[:-1] + ("A" if value[-1] != "A" else "B")})
    assert "Alice" not in read(forged.get(f"/r/{token}"))


def test_a_wrong_one_is_counted_and_told_until_the_link_is_locked(alice, clinic):
    _, token = lent(alice, passcode="4711")
    answer = type_passcode(clinic, token, "4712")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/r/{token}?wrong")
    assert f"{PASSCODE_ATTEMPTS - 1} attempts are left" in read(clinic.get(f"/r/{token}?wrong"))
    ShareLink.objects.update(attempts_left=1)
    type_passcode(clinic, token, "4712")
    locked = clinic.get(f"/r/{token}")
    assert (locked.status_code, "This link is locked" in read(locked)) == (403, True)
    assert [row[1] for row in log()] == ["no-passcode", "wrong-passcode", "locked"]


def test_after_the_lock_the_right_one_opens_nothing(alice, clinic):
    share, token = lent(alice, passcode="4711")
    clinic.get(f"/r/{token}")
    ShareLink.objects.filter(pk=share.pk).update(attempts_left=0)
    secret = clinic.cookies["csrftoken"].value
    answer = clinic.post(f"/r/{token}", {"passcode": "4711", "csrfmiddlewaretoken": secret})
    assert "unpinch_report" not in answer.cookies
    assert clinic.get(answer.headers["Location"]).status_code == 403


def test_a_form_from_elsewhere_costs_no_attempt(alice, clinic):
    share, token = lent(alice, passcode="4711")
    answer = clinic.post(f"/r/{token}", {"passcode": "4711"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "text/html; charset=utf-8")
    share.refresh_from_db()
    assert share.attempts_left == PASSCODE_ATTEMPTS


# --- who else comes by -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "WhatsApp/2.23.20.0"},
        {"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"},
        {"User-Agent": BROWSER, "Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_a_preview_is_shown_nothing_and_is_not_a_reader(api, alice, headers):
    share, token = lent(alice)
    answer = Client(headers=headers).get(f"/r/{token}")
    assert "Alice" not in read(answer)
    assert [row[1] for row in log()] == ["previewed"]
    assert api(alice).get(f"/api/v1/shares/{share.pk}").json()["times_opened"] == 0


def test_asking_for_the_head_alone_is_not_reading(alice, clinic):
    _, token = lent(alice)
    assert clinic.head(f"/r/{token}").status_code == 200
    assert [row[1] for row in log()] == ["previewed"]


# --- who keeps what ----------------------------------------------------------------------------
def test_nobody_keeps_a_copy_and_no_address_leaks(alice, clinic):
    _, token = lent(alice)
    _, guarded = lent(alice, passcode="4711")
    for path in (f"/r/{token}", f"/r/{guarded}", f"/r/{token}/report.csv", f"/r/{guarded}/report.csv", "/r/x", "/r"):
        headers = clinic.get(path).headers
        assert headers["Cache-Control"] == "no-store", path
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "script-src" not in headers["Content-Security-Policy"]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")


def test_no_log_holds_what_opens_a_link(alice, clinic, caplog):
    _, token = lent(alice, passcode="4711")
    with caplog.at_level(logging.DEBUG):
        clinic.post(f"/r/{token}", {"passcode": "4711"})
    lines = [TokenlessFormatter().format(record) for record in caplog.records]
    assert any("/r/..." in line for line in lines), "a refused form is a line in the log"
    assert token not in "\n".join(lines)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Forbidden: /r/Ab_-9", "Forbidden: /r/..."),
        ("/r/Ab_-9/report.pdf?paper=a4", "/r/.../report.pdf?paper=a4"),
        ("POST /shl/Ab_-9/files/x: 500", "POST /shl/.../files/x: 500"),
        ("/calendar/Ab_-9.ics", "/calendar/..."),
        ("/api/v1/routines/7", "/api/v1/routines/7"),
    ],
)
def test_what_a_line_of_the_log_keeps_of_an_address(said, kept):
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s", (said,), None)
    assert TokenlessFormatter().format(record) == kept


def test_opened_from_many_addresses_it_is_told_of_in_pages(api, alice):
    share, token = lent(alice)
    for number in range(60):
        Client(headers={"User-Agent": BROWSER}, REMOTE_ADDR=f"10.0.{number}.9").get(f"/r/{token}")
    told = api(alice).get(f"/api/v1/shares/{share.pk}/accesses").json()
    assert (len(told["results"]), told["next"] is None) == (20, False)
    assert api(alice).get(f"/api/v1/shares/{share.pk}").json()["times_opened"] == 60


def test_a_file_that_there_is_not_is_no_read(alice, clinic):
    _, token = lent(alice)
    assert clinic.get(f"/r/{token}/secrets.txt").status_code == 404
    assert log() == []


def test_a_link_that_was_locked_is_closed_to_who_had_opened_it_too(client, alice):
    _, token = lent(alice, passcode="1234")
    assert client.post(f"/r/{token}", {"passcode": "1234"}).status_code == 303
    assert client.get(f"/r/{token}").status_code == 200
    ShareLink.objects.update(attempts_left=0)
    assert client.get(f"/r/{token}").status_code == 403
    assert client.get(f"/r/{token}/report.csv").status_code == 302
