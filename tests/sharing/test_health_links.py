"""A report sealed as a SMART Health Link: what stands in the link, and what the server keeps."""

from __future__ import annotations

import pytest
import segno
from cryptography.exceptions import InvalidTag
from django.contrib.auth.hashers import make_password
from django.core import serializers

from sharing.health_links import find_health_link, qr_svg, viewer_url
from sharing.models import ShareFile, ShareLink
from sharing.models.tokens import new_token
from sharing.rendering.fhir import report_bundle
from tests.sharing.health_links import HOST, PDF, decoded, lend, opened, payload
from tests.sharing.snapshots import example


def test_the_link_holds_address_key_and_end_and_nothing_else(alice):
    share, link = lend(alice)

    told = payload(link)
    assert set(told) == {"url", "key", "exp"}
    assert told["url"].startswith(f"{HOST}/shl/")
    assert len(told["url"].rpartition("/")[2]) == 43, "256 bits"
    assert len(told["key"]) == 43
    assert told["exp"] == int(share.expires_at.timestamp())
    assert b" " not in decoded(link.removeprefix("shlink:/")), "minified"
    assert "=" not in link


def test_a_passcode_and_a_label_are_told(alice):
    _, link = lend(alice, passcode=make_password("1234"), label="For the clinic, Müller & Söhne")

    assert payload(link)["flag"] == "P"
    assert payload(link)["label"] == "For the clinic, Müller & Söhne"


def test_a_label_has_at_most_eighty_characters(alice):
    _, link = lend(alice, label="ä" * 80)

    assert payload(link)["label"] == "ä" * 80


def test_an_address_is_never_longer_than_the_standard_allows(alice):
    _, link = lend(alice, base_url="https://" + "a" * 72)
    assert len(payload(link)["url"]) == 128

    with pytest.raises(ValueError, match="128"):
        lend(alice, base_url="https://" + "a" * 73)
    assert ShareFile.objects.count() == 1, "nothing half-made"


def test_the_sealed_file_is_the_bundle_with_the_pdf(alice):
    share, link = lend(alice)

    (file,) = share.files.all()
    header, content = opened(file.jwe, payload(link)["key"])
    assert header == {"alg": "dir", "enc": "A256GCM", "cty": "application/fhir+json"}
    assert content == report_bundle(example(), pdf=PDF)
    assert file.content_type == "application/fhir+json"


def test_another_key_opens_nothing(alice):
    share, _ = lend(alice)
    _, other = lend(alice)

    with pytest.raises(InvalidTag):
        opened(share.files.get().jwe, payload(other)["key"])


def test_no_two_files_share_a_key_or_an_iv(alice):
    sealed = [lend(alice) for _ in range(20)]

    assert len({share.files.get().jwe.split(".")[2] for share, _ in sealed}) == 20
    assert len({payload(link)["key"] for _, link in sealed}) == 20


def test_the_server_keeps_neither_the_id_nor_the_key_nor_the_report(alice):
    share, link = lend(alice)
    told = payload(link)

    kept = serializers.serialize("json", [ShareLink.objects.get(pk=share.pk), share.files.get()])
    assert told["key"] not in kept
    assert told["url"].rpartition("/")[2] not in kept
    assert "Bundle" not in kept


def test_a_link_is_found_by_its_id_and_by_no_other(alice):
    share, link = lend(alice)

    assert find_health_link(payload(link)["url"].rpartition("/")[2]) == share
    assert find_health_link(new_token()) is None
    assert find_health_link("") is None


def test_the_code_is_a_picture_of_the_link_for_our_own_viewer(alice):
    _, link = lend(alice, label="For the clinic")
    picture = qr_svg(viewer_url(link, f"{HOST}/"))

    assert viewer_url(link, f"{HOST}/") == f"{HOST}/shl#{link}"
    assert picture.startswith("<svg ")
    assert "viewBox" in picture
    assert "<script" not in picture
    assert segno.make(viewer_url(link, HOST), error="m", boost_error=False, micro=False).error == "M"
