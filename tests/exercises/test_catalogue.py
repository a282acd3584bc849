import gzip
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from jsonschema import Draft202012Validator

from exercises.catalogue import FILES, NOT_EXERCISES, in_language, read_exercises, starters
from exercises.loading import load_catalogue
from exercises.models import DOSE_LATER, SUPERSET_LATER, Exercise, Routine, RoutineItem
from exercises.serializers import RoutineSerializer
from tests.exercises.factories import record, save, session_item
from tests.people import make_person

SLUGS = [data["slug"] for data in read_exercises()]


@pytest.mark.parametrize(
    "file",
    [file for file in sorted(FILES.glob("*.json")) if file.name not in NOT_EXERCISES],
    ids=lambda file: file.stem,
)
def test_every_file_follows_the_schema_and_is_named_after_its_slug(file):
    schema = json.loads((FILES / "schema.json").read_bytes())
    data = json.loads(file.read_bytes())
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    assert data["slug"] == file.stem


def test_every_starter_routine_would_be_taken_from_a_person_too():
    for starter in starters().values():
        body = {"name": starter["text"]["en"]["name"], "items": starter["items"]}
        serializer = RoutineSerializer(data=body)
        assert serializer.is_valid(), serializer.errors
        items = [{**DOSE_LATER, **SUPERSET_LATER, **item} for item in starter["items"]]
        assert Routine.completed(serializer.canonical_body(), None) == {**body, "items": items}


def test_the_catalogue_is_read_in_one_query_however_many_exercises(api, alice, django_assert_num_queries):
    client = api(alice)
    client.get("/api/v1/exercises")
    with django_assert_num_queries(3):  # session, person, exercises
        answer = client.get("/api/v1/exercises")
    assert [one["slug"] for one in answer.json()["results"]] == SLUGS
    assert answer.json()["next"] is None


def test_the_catalogue_travels_compressed_to_whoever_can_read_that(api, alice):
    plain = api(alice).get("/api/v1/exercises")
    small = api(alice).get("/api/v1/exercises", HTTP_ACCEPT_ENCODING="gzip")
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(small.content)) == plain.json()
    assert len(small.content) < len(plain.content) / 5


def test_an_exercise_has_one_language_and_all_the_app_shows(api, alice):
    answer = api(alice).get("/api/v1/exercises/bridge").json()
    assert set(answer) == {
        *("slug", "name", "summary", "position", "steps", "cautions", "easier", "harder", "source", "review", "figure"),
        *("sets", "repetitions", "hold_seconds", "rest_seconds", "sides", "tempo", "retired"),
        *("ladder", "rung", "muscles", "equipment", "regions", "desk", "continuous"),
    }
    assert answer["name"] == "Bridge"
    assert all(isinstance(caution["text"], str) for caution in answer["cautions"])


def test_an_unknown_exercise_is_404(api, alice):
    assert api(alice).get("/api/v1/exercises/headstand").status_code == 404


def test_a_person_reads_their_language_where_the_catalogue_has_it(api):
    row = Exercise.objects.get(pk="bridge")
    row.data["text"]["de"] = {**row.data["text"]["en"], "name": "Brücke"}
    row.save()
    client = api(make_person("greta", language="de-AT"))
    assert client.get("/api/v1/exercises/bridge").json()["name"] == "Brücke"
    assert client.get("/api/v1/exercises/seated-twist").json()["name"] == "Seated twist"


def test_the_nearest_language_wins():
    texts = {"en": "colour", "de": "Farbe", "de-AT": "Foab"}
    nearest = {tag: in_language(texts, tag) for tag in ("de-AT", "de-CH", "en-US", "fr")}
    assert nearest == {"de-AT": "Foab", "de-CH": "Farbe", "en-US": "colour", "fr": "colour"}


def test_loading_again_changes_nothing():
    before = list(Exercise.objects.order_by("pk").values())
    out = StringIO()
    call_command("loadcatalogue", stdout=out)
    assert list(Exercise.objects.order_by("pk").values()) == before
    assert out.getvalue() == f"Exercise catalogue: {len(SLUGS)} exercises, 0 retired.\n"


def without(tmp_path, *gone):
    for data in read_exercises():
        if data["slug"] not in gone:
            (tmp_path / f"{data['slug']}.json").write_text(json.dumps(data), encoding="utf-8")
    return tmp_path


def test_an_exercise_that_left_the_files_stays_for_what_names_it(api, alice, tmp_path):
    record(alice, items=[session_item("bridge")])
    loaded = load_catalogue(without(tmp_path, "bridge", "seated-twist"))
    assert (loaded.known, loaded.retired) == (len(SLUGS) - 2, 2)
    client = api(alice)
    retired = {one["slug"]: one["retired"] for one in client.get("/api/v1/exercises").json()["results"]}
    assert retired == {slug: slug in ("bridge", "seated-twist") for slug in SLUGS}
    assert client.get("/api/v1/exercises/bridge").status_code == 200
    # Named by nothing on the server, but a phone that was offline has just done it, out of a starter routine.
    brought = record(alice, items=[session_item("seated-twist")])
    assert [item["exercise"] for item in brought.body()["items"]] == ["seated-twist"]


def test_an_exercise_that_comes_back_is_no_longer_retired(alice, tmp_path):
    save(alice)
    load_catalogue(without(tmp_path, "bridge"))
    assert Exercise.objects.get(pk="bridge").retired
    load_catalogue()
    assert not Exercise.objects.get(pk="bridge").retired


def test_the_database_itself_refuses_a_dose_out_of_bounds(alice):
    routine = save(alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutineItem.objects.filter(routine=routine).update(sets=21)
