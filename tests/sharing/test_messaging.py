"""What the two of a link write to each other."""

from __future__ import annotations

import uuid

import pytest

from sharing.models import CareLink, Message

pytestmark = pytest.mark.django_db
MESSAGES = "/api/v1/messages"


def written(client, link, text="How was the night?", id=None):
    return client.put(f"{MESSAGES}/{id or uuid.uuid4()}", {"link": str(link.pk), "text": text})


@pytest.fixture
def link(alice, bob):
    return CareLink.objects.get()


def unread(client):
    return [one["unread"] for one in client.get("/api/v1/conversations").json()["results"]]


def test_both_write_and_both_read(api, alice, bob, link):
    assert written(api(bob), link).status_code == 201
    assert written(api(alice), link, "Better.\n\nThank you <b>").status_code == 201
    for person, own in ((alice, [True, False]), (bob, [False, True])):
        found = api(person).get(MESSAGES, {"link": str(link.pk)}).json()["results"]
        assert [one["text"] for one in found] == ["Better.\n\nThank you <b>", "How was the night?"]
        assert [one["from_you"] for one in found] == own
        assert [one["sender"] for one in found] == ["patient", "physiotherapist"]


def test_sending_again_sends_nothing_twice(api, bob, link):
    id = uuid.uuid4()
    answers = [written(api(bob), link, id=id) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    other = written(api(bob), link, "Something else", id=id)
    assert (other.status_code, other.json()["errors"][0]["code"]) == (400, "id_taken")
    assert Message.objects.get().text == "How was the night?"


def test_what_was_on_the_screen_is_read_and_nothing_later(api, alice, bob, link):
    first = written(api(bob), link).json()
    written(api(bob), link, "And the morning?")
    assert (unread(api(alice)), unread(api(bob))) == ([2], [0])
    marked = api(alice).post(f"{MESSAGES}/read", {"link": str(link.pk), "until": first["created_at"]})
    assert (marked.json(), unread(api(alice))) == ({"marked": 1}, [1])
    # One's own are not read by oneself.
    api(bob).post(f"{MESSAGES}/read", {"link": str(link.pk), "until": "2100-01-01T00:00:00Z"})
    assert unread(api(alice)) == [1]


def test_a_link_that_ended_is_read_and_no_longer_written_to(api, alice, bob, link):
    written(api(bob), link)
    api(alice).delete(f"/api/v1/care-links/{link.pk}")
    for person in (alice, bob):
        refused = written(api(person), link, "Still there?")
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "ended")
        assert len(api(person).get(MESSAGES, {"link": str(link.pk)}).json()["results"]) == 1
        [conversation] = api(person).get("/api/v1/conversations").json()["results"]
        assert conversation["ended_at"] is not None
        assert conversation["last"]["text"] == "How was the night?"


def test_a_stranger_finds_no_conversation(api, alice, bob, charlie, link):
    id = written(api(bob), link).json()["id"]
    client = api(charlie)
    assert client.get(MESSAGES, {"link": str(link.pk)}).status_code == 404
    assert written(client, link).status_code == 404
    assert written(client, link, id=id).status_code == 404
    assert client.post(f"{MESSAGES}/read", {"link": str(link.pk), "until": "2100-01-01T00:00:00Z"}).status_code == 404
    assert client.get("/api/v1/conversations").json()["results"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "   \n "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "\x00"}, "text"),
        ({"text": None}, "text"),
        ({"link": "nobody"}, "link"),
        ({"to": "bob"}, "to"),
    ],
)
def test_a_bad_message_is_refused(api, bob, link, body, field):
    answer = api(bob).put(f"{MESSAGES}/{uuid.uuid4()}", {"link": str(link.pk), "text": "x", **body})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert not Message.objects.exists()


@pytest.mark.parametrize("query", [{}, {"link": "x"}])
def test_messages_of_no_link_are_a_mistake(api, bob, query):
    assert api(bob).get(MESSAGES, query).status_code == 400
