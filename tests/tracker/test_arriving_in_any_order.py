"""Property: whatever is lost, doubled or repeated on the way, each entry counts once and nothing sent is forgotten."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Revision
from tests.people import make_person
from tests.tracker.factories import log_body, reading
from tracker.models import SymptomLog
from tracker.recording import record_log
from tracker.serializers import LogSerializer

ratings = st.one_of(st.none(), st.integers(0, 10))
places = st.sampled_from([("calf", "left"), ("calf", "right"), ("sole", "left"), ("low-back", "midline")])
bodies = st.builds(
    lambda chosen, note: log_body(
        readings=[reading(region, side, pain=pain) for (region, side), pain in chosen.items()], note=note
    ),
    st.dictionaries(places, ratings, max_size=4),
    st.text(st.characters(codec="ascii", exclude_characters="\x00"), max_size=5),
)


def canonical(body):
    serializer = LogSerializer(data=body)
    serializer.is_valid(raise_exception=True)
    return serializer.canonical_body()


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(created=bodies, edits=st.lists(bodies, max_size=3), repeats=st.lists(st.integers(0, 3), max_size=6))
def test_repeats_change_nothing_and_every_version_stays_readable(db, created, edits, repeats):
    owner = make_person(f"p{uuid.uuid4().hex}")
    id = uuid.uuid4()
    sent = [(canonical(created), None)] + [(canonical(edit), n + 1) for n, edit in enumerate(edits)]
    for body, base in sent:
        record_log(owner=owner, id=id, body=body, base_version=base)
    log = SymptomLog.objects.get(pk=id)
    version, last = log.version, log.body()
    assert last == sent[-1][0]
    for n in repeats:
        body, base = sent[n % len(sent)]
        again = record_log(owner=owner, id=id, body=body, base_version=base)
        assert (again.document.version, again.document.body()) == (version, last)
    kept = [row.body for row in Revision.objects.filter(document_id=id).order_by("version")]
    assert kept == [body for body, _ in sent[:-1]]
    assert SymptomLog.objects.for_user(owner).count() == 1
