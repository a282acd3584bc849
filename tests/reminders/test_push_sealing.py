"""Sealing, against the example of RFC 8291 itself (section 5 and appendix A)."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from reminders.push.sealing import BadKey, decode, encode, point_of, read_auth, read_public_key, sealed_with
from reminders.push.vapid import PushKey, PushKeys, Signer

P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


def test_the_example_of_the_standard_comes_out_byte_by_byte():
    ours = ec.derive_private_key(int.from_bytes(decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), ec.SECP256R1())
    sealed = sealed_with(
        b"When I grow up, I want to be a watermelon",
        p256dh=P256DH,
        auth=AUTH,
        ours=ours,
        salt=decode("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert encode(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_padding_of_base64_is_taken_and_not_needed():
    assert read_public_key(P256DH + "=") == read_public_key(P256DH)
    assert read_auth(AUTH + "==") == read_auth(AUTH)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "A",
        "no base64!",
        P256DH[:-4],
        P256DH + "AAAA",
        # Not on the curve.
        P256DH[:-4] + "AAAA",
        encode(b"\x04" + bytes(64)),
        # Compressed, hybrid, and the point at infinity.
        encode(b"\x02" + decode(P256DH)[1:33]),
        encode(b"\x06" + decode(P256DH)[1:]),
        encode(b"\x00"),
        # Other curves, the last one as long as ours.
        encode(point_of(ec.derive_private_key(7, ec.SECP384R1()).public_key())),
        encode(point_of(ec.derive_private_key(7, ec.SECP256K1()).public_key())),
        # Base64 of the other alphabet: two spellings of one key would be two keys.
        P256DH.replace("-", "+").replace("_", "/"),
        P256DH[:-1] + chr(ord(P256DH[-1]) + 1),
        "\u0412" + P256DH[1:],
    ],
    ids=str,
)
def test_what_is_no_public_key_of_the_curve_is_refused(key):
    with pytest.raises(BadKey):
        read_public_key(key)


@pytest.mark.parametrize("secret", ["", "AAAA", encode(bytes(15)), encode(bytes(17)), "no base64!", AUTH[:-1] + "h"])
def test_what_is_no_secret_of_sixteen_bytes_is_refused(secret):
    with pytest.raises(BadKey):
        read_auth(secret)


@pytest.mark.parametrize("secret", ["", encode(bytes(32)), encode(b"\xff" * 32), encode(b"\x01" * 31), "?"])
def test_a_push_key_that_is_none_is_refused(secret):
    with pytest.raises(BadKey):
        PushKey(secret).public  # noqa: B018


def test_a_key_has_one_name_wherever_it_is_kept_and_the_newest_comes_first():
    keys = PushKeys([encode(b"\x09" * 32), encode(b"\x07" * 32)])
    assert keys.newest.id == PushKey(encode(b"\x09" * 32)).id
    assert keys.get(PushKey(encode(b"\x07" * 32)).id).secret == encode(b"\x07" * 32)
    assert keys.get("unknown") is None


def test_no_key_shows_its_secret_by_mistake():
    key = PushKey(encode(b"\x09" * 32))
    assert key.secret not in repr(key) + repr([key])


def test_a_token_serves_one_origin_for_an_hour_and_is_valid_for_half_a_day(time_machine):
    import jwt

    def claims(header: str) -> dict:
        return jwt.decode(header.split("t=")[1].split(",")[0], options={"verify_signature": False})

    signer, key = Signer("https://unpinch.example"), PushKey(encode(b"\x09" * 32))
    time_machine.move_to("2026-11-20T08:00:00Z", tick=False)
    first = signer.authorization(key, "https://a.push.apple.com")
    assert signer.authorization(key, "https://a.push.apple.com") == first
    assert claims(signer.authorization(key, "https://b.push.apple.com"))["aud"] == "https://b.push.apple.com"
    assert claims(first) == {
        "aud": "https://a.push.apple.com",
        "exp": 1795161600 + 12 * 3600,
        "sub": "https://unpinch.example",
    }
    time_machine.move_to("2026-11-20T09:00:01Z", tick=False)
    later = claims(signer.authorization(key, "https://a.push.apple.com"))
    assert later["exp"] == claims(first)["exp"] + 3600
