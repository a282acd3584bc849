"""Our SMART Health Links opened by a viewer of another hand, `kill-the-clipboard`, over real HTTP."""

from __future__ import annotations

import json
import subprocess
from base64 import b64decode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from sharing.health_links import viewer_url
from sharing.models import ShareLink
from sharing.rendering.fhir import report_bundle
from tests.sharing.factories import share_body
from tests.sharing.fhir_reading import of
from tests.sharing.fhir_validators import faults
from tests.sharing.health_links import PDF, lend
from tests.sharing.snapshots import example

WEB = Path(__file__).parents[1] / "web"


@pytest.fixture
def host(live_server, settings) -> str:
    settings.OWN_URL = live_server.url
    return live_server.url


def open_by_others(link: str, **asked: Any) -> dict[str, Any]:
    question = json.dumps({"link": link, "recipient": "Another viewer", **asked})
    command = ["node", "open-health-link.js", question]
    done = subprocess.run(command, cwd=WEB, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_it_opens_the_report_and_reads_the_label(alice, host):
    share, link = lend(alice, base_url=host, label="For the clinic")

    found = open_by_others(link)
    assert found["resources"] == [report_bundle(example(), pdf=PDF)]
    assert found["label"] == "For the clinic"
    assert share.accesses.get().reader_name == "Another viewer"


def test_it_opens_what_the_patient_was_given_until_they_take_it_back(alice, api, host):
    made = api(alice).post("/api/v1/shares", share_body(passcode="abc 123"), format="json").json()

    (bundle,) = open_by_others(made["shlink"], passcode="abc 123")["resources"]
    (reference,) = of(bundle, "DocumentReference")
    assert b64decode(reference["content"][0]["attachment"]["data"]).startswith(b"%PDF")
    assert of(bundle, "Observation", "question-of-the-patient")[0]["valueString"] == "May I go back to cycling?"
    assert faults(bundle) == {}

    assert api(alice).delete(f"/api/v1/shares/{made['id']}").status_code == 204
    assert open_by_others(made["shlink"], passcode="abc 123")["refused"] == "SHLManifestNotFoundError"
    read = api(alice).get(f"/api/v1/shares/{made['id']}/accesses").json()["results"]
    assert [(one["what"], one["outcome"]) for one in read] == [("manifest", "revoked"), ("manifest", "opened")]


def test_it_opens_what_a_code_leads_to(alice, host):
    _, link = lend(alice, base_url=host)

    assert open_by_others(viewer_url(link, host))["resources"][0]["type"] == "document"


def test_it_fetches_a_file_that_it_does_not_want_embedded(alice, host):
    share, link = lend(alice, base_url=host)

    assert open_by_others(link, embeddedLengthMax=1000)["resources"] == [report_bundle(example(), pdf=PDF)]
    assert set(share.accesses.values_list("what", flat=True)) == {"manifest", "file"}


def test_it_opens_with_the_passcode_and_not_with_another(alice, host):
    _, link = lend(alice, base_url=host, passcode=make_password("2468"))

    assert open_by_others(link)["refused"] == "SHLInvalidPasscodeError"
    assert open_by_others(link, passcode="1111")["refused"] == "SHLInvalidPasscodeError"
    assert open_by_others(link, passcode="2468")["resources"][0]["resourceType"] == "Bundle"


def test_wrong_passcodes_close_the_link_even_for_the_right_one(alice, host):
    share, link = lend(alice, base_url=host, passcode=make_password("2468"), attempts_left=2)

    for _ in range(2):
        assert open_by_others(link, passcode="1111")["refused"] == "SHLInvalidPasscodeError"
    assert open_by_others(link, passcode="2468")["refused"] == "SHLManifestNotFoundError"
    share.refresh_from_db()
    assert share.attempts_left == 0


def test_a_link_that_was_taken_back_is_not_found_in_the_next_request(alice, host):
    share, link = lend(alice, base_url=host)
    assert "resources" in open_by_others(link)

    ShareLink.objects.filter(pk=share.pk).update(revoked_at=timezone.now())
    assert open_by_others(link)["refused"] == "SHLManifestNotFoundError"


def test_an_expired_link_is_refused_by_the_viewer_and_by_us(alice, host):
    expired = timezone.now() - timedelta(minutes=1)
    _, told = lend(alice, base_url=host, expires_at=expired)
    assert open_by_others(told)["refused"] == "SHLExpiredError"

    # One whose clock is wrong, or who does not look: the link says it lives.
    share, link = lend(alice, base_url=host)
    ShareLink.objects.filter(pk=share.pk).update(expires_at=expired)
    assert open_by_others(link)["refused"] == "SHLManifestNotFoundError"
