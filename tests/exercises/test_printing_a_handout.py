"""The hand-out as a PDF: what stands on it, its tags, and names that try to be more than names."""

import io
import uuid

import pytest
import time_machine
from pypdf import PdfReader

from exercises.catalogue import starters
from exercises.handout import press
from exercises.models import Exercise
from tests.exercises.factories import routine_item, save, set_for

A4, LETTER = (595, 842), (612, 792)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#345"/></svg>'


@pytest.fixture(autouse=True)
def stills(settings, tmp_path):
    """The web build's folder, with as many stills as the catalogue's figures have."""
    settings.WEB_BUILD = tmp_path
    folder = tmp_path / "stills"
    folder.mkdir()
    for exercise in Exercise.objects.all():
        shown = [key for key in exercise.data["figure"]["keys"] if "step" in key]
        for n in range(1, len(shown) + 1):
            (folder / f"{exercise.pk}-{n}.svg").write_text(SVG)
    return folder


def handout(client, id, **query):
    return client.get(f"/api/v1/routines/{id}/handout.pdf", query)


def read(answer):
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def text_of(answer):
    # Lines break where the sheet is full.
    return " ".join(" ".join(page.extract_text() for page in read(answer).pages).split())


def size_of(answer):
    box = read(answer).pages[0].mediabox
    return round(box.width), round(box.height)


def elements(reader):
    """Every element of the tag tree, as (type, alternative text)."""
    found, todo = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        one = todo.pop().get_object()
        if isinstance(one, list):
            todo += one
        elif isinstance(one, dict):
            if "/S" in one:
                found.append((one["/S"], one.get("/Alt")))
            if "/K" in one:
                todo.append(one["/K"])
    return found


def test_a_routine_is_printed_with_its_exercises_steps_cautions_and_table(api, alice):
    routine = save(alice, name="Before bed", items=[routine_item("knee-to-chest"), routine_item("bridge", sets=2)])
    answer = handout(api(alice), routine.pk)
    text = text_of(answer)
    bridge = Exercise.objects.get(pk="bridge").data
    assert "Before bed" in text
    assert "2 exercises" in text
    assert "2. Bridge" in text
    assert "Hold for 20 seconds, 3 times, on each side. Do all of this 2 times." in text
    assert all(step in text for step in bridge["text"]["en"]["steps"])
    assert all(caution["text"]["en"] in text for caution in bridge["cautions"])
    assert "Stop at once if pain or numbness moves further down the leg" in text
    assert "Two weeks to tick" in text
    assert "Not reviewed by a clinician" in text
    assert "article on causes, remedies and exercises" in text


def test_a_starter_is_printed_too(api, alice):
    for id, starter in starters().items():
        assert starter["text"]["en"]["name"] in text_of(handout(api(alice), id))


def test_it_is_tagged_and_claims_the_standard_for_everybodys_reach(api, alice):
    reader = read(handout(api(alice), save(alice).pk))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data().replace(b" ", b"")
    assert reader.metadata.title == "Before bed"
    kinds = elements(reader)
    assert {"/Table", "/TH", "/TD", "/Figure", "/L"} <= {kind for kind, _ in kinds}
    figures = [alt for kind, alt in kinds if kind == "/Figure"]
    assert figures
    assert all(alt and alt.startswith("Drawing of ") for alt in figures)


def test_it_says_nothing_of_whose_it_is(api, alice):
    alice.display_name = "Alice Abernathy"
    alice.save()
    answer = handout(api(alice), save(alice).pk)
    assert answer["Content-Disposition"] == 'inline; filename="exercises.pdf"'
    assert answer["Cache-Control"] == "no-store"
    reader = read(answer)
    assert "Abernathy" not in text_of(answer)
    assert "lice" not in str(dict(reader.metadata))
    assert b"Abernathy" not in answer.content


@pytest.mark.parametrize(
    ("country", "paper", "size"),
    [
        ("", None, A4),
        ("DE", None, A4),
        ("US", None, LETTER),
        ("US", "a4", A4),
        ("US", "A4", A4),
        ("DE", "letter", LETTER),
        ("DE", "Letter", LETTER),
    ],
)
def test_the_paper_is_the_one_asked_for_or_that_of_the_country(api, alice, country, paper, size):
    alice.country = country
    alice.save()
    query = {"paper": paper} if paper else {}
    assert size_of(handout(api(alice), save(alice).pk, **query)) == size


@pytest.mark.parametrize("paper", ["legal", "", "A4 ", "../../etc/passwd"])
def test_another_paper_is_refused(api, alice, paper):
    refused = handout(api(alice), save(alice).pk, paper=paper)
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/json")
    [error] = refused.json()["errors"]
    assert (error["field"], error["code"]) == ("paper", "invalid_choice")


def test_a_routine_that_is_not_there_is_not_found(api, alice):
    refused = api(alice).get(f"/api/v1/routines/{uuid.uuid4()}/handout.pdf", headers={"Accept": "application/pdf"})
    assert (refused.status_code, refused["Content-Type"]) == (404, "application/json")
    assert refused.json()["errors"][0]["code"] == "not_found"


@pytest.mark.parametrize(
    "accept", ["application/pdf", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json"]
)
def test_browsers_and_programs_may_ask_for_it(api, alice, accept):
    path = f"/api/v1/routines/{save(alice).pk}/handout.pdf"
    assert read(api(alice).get(path, headers={"Accept": accept}))


def test_a_press_that_takes_too_long_is_ended_and_says_nothing_of_the_sheet(monkeypatch):
    monkeypatch.setattr(press, "PATIENCE_SECONDS", 0.01)
    with pytest.raises(press.PressFailed) as late:
        press.print_sheet({"title": "private"})
    assert "private" not in str(late.value)
    assert late.value.__suppress_context__


def test_a_machine_too_loaded_to_print_asks_to_try_again_later(api, alice, monkeypatch):
    monkeypatch.setattr(press, "PATIENCE_SECONDS", 0.01)
    for path in (f"routines/{save(alice).pk}", f"prescriptions/{set_for(alice).pk}"):
        refused = api(alice).get(f"/api/v1/{path}/handout.pdf", headers={"Accept": "application/pdf"})
        assert (refused.status_code, refused["Content-Type"]) == (503, "application/json")
        assert int(refused["Retry-After"]) > 0
        assert set(refused.json()) == {"type", "title", "status", "errors"}
        [error] = refused.json()["errors"]
        assert (error["field"], error["code"]) == (None, "press_busy")


def test_a_press_that_breaks_is_a_fault_of_ours():
    with pytest.raises(press.PressFailed) as broken:
        press.print_sheet({"title": "private"})
    assert not isinstance(broken.value, press.PressBusy)
    assert "private" not in str(broken.value)


@pytest.mark.parametrize(
    "name",
    [
        '#panic("no") *bold* _it_ $x^2$ [a] = <b> @c `d` // e /* f */ \\ ~',
        '"quoted" {json} #read("/etc/passwd")',
        "</svg><script>alert(1)</script>",
    ],
)
def test_a_name_is_never_read_as_markup(api, alice, name):
    assert name in text_of(handout(api(alice), save(alice, name=name).pk))


def test_a_name_cannot_turn_what_stands_around_it(api, alice):
    turned = handout(api(alice), save(alice, name="Rest \u202eesrever\u202c \u2066now\u2069\u200f.").pk)
    assert read(turned).metadata.title == "Rest esrever now\u200f."


@pytest.mark.parametrize("name", ["Вечером", "בערב", "مساء", "夜に", "Evening 🌙 \U0001f9d8"])
def test_a_name_in_any_script_is_printed(api, alice, name):
    reader = read(handout(api(alice), save(alice, name=name).pk))
    assert reader.metadata.title == name
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_retired_exercise_is_printed_as_words(api, alice, stills):
    Exercise.objects.filter(pk="bridge").update(retired=True)
    for file in stills.glob("bridge-*.svg"):
        file.unlink()
    text = text_of(handout(api(alice), save(alice).pk))
    assert "This exercise is no longer in the catalogue" in text
    assert all(step in text for step in Exercise.objects.get(pk="bridge").data["text"]["en"]["steps"])


@pytest.mark.parametrize("figure", [None, {}, {"keys": []}])
def test_an_exercise_without_a_figure_is_printed_as_words(api, alice, figure):
    bridge = Exercise.objects.get(pk="bridge")
    bridge.data["figure"] = figure
    bridge.save()
    text = text_of(handout(api(alice), save(alice, items=[routine_item("bridge")]).pk))
    assert all(step in text for step in bridge.data["text"]["en"]["steps"])


def test_thirty_exercises_are_printed(api, alice):
    slugs = sorted(Exercise.objects.values_list("pk", flat=True))
    items = [routine_item(slugs[n % len(slugs)]) for n in range(30)]
    text = text_of(handout(api(alice), save(alice, name="N" * 80, items=items).pk))
    assert "30 exercises" in text
    assert all(f"{n}. " in text for n in range(1, 31))


def in_turn(*members, **more):
    return [routine_item(superset=1, round_rest_seconds=90, **{**more, **member}) for member in members]


def test_a_superset_says_how_its_exercises_go_in_turn(api, alice):
    items = [*in_turn({"exercise": "knee-to-chest"}, {"exercise": "bridge"}, sets=2), routine_item("seated-twist")]
    text = text_of(handout(api(alice), save(alice, items=items).pk))
    turn = (
        "Exercises 1 and 2 go in turn, one after the other. That makes a round: do 2 rounds. "
        "Rest for 90 seconds between rounds."
    )
    assert turn in text
    assert text.count("go in turn") == 1
    assert text.count("Hold for 20 seconds, 3 times, on each side, in each of 2 rounds.") == 2
    assert "Do all of this" not in text


def test_a_round_that_comes_once_has_no_rest_after_it(api, alice):
    items = in_turn({"exercise": "knee-to-chest"}, {"exercise": "bridge"}, {"exercise": "clamshell"})
    text = text_of(handout(api(alice), save(alice, items=items).pk))
    assert "Exercises 1 to 3 go in turn, one after the other." in text
    assert "round" not in text.split("Take care with exercise 1")[0].split("go in turn")[1]
    assert "90 seconds" not in text


def test_who_has_fewer_sets_drops_out_of_the_later_rounds(api, alice):
    items = in_turn(
        {"exercise": "knee-to-chest", "sets": 3}, {"exercise": "bridge", "sets": 2}, {"exercise": "clamshell"}
    )
    text = text_of(handout(api(alice), save(alice, items=items).pk))
    assert "do 3 rounds" in text
    assert "on each side, in each of 3 rounds." in text
    assert "on each side, in the first 2 rounds only." in text
    assert "on each side, in the first round only." in text


HOLDS = {"exercise": "bridge", "hold_seconds": 20, "repetitions": 3, "rest_seconds": 15}
MOVES = {**HOLDS, "hold_seconds": 0}


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([routine_item(**HOLDS)], ["Rest for 15 seconds in between"]),
        ([routine_item(**MOVES, sets=2)], ["Rest for 15 seconds in between"]),
        ([routine_item(**MOVES, sets=1)], []),
        (in_turn(HOLDS, MOVES, sets=2), ["Rest for 90 seconds between rounds", "Rest for 15 seconds between holds"]),
        (in_turn(MOVES, MOVES, sets=2), ["Rest for 90 seconds between rounds"]),
    ],
)
def test_only_a_rest_that_is_taken_is_said(api, alice, members, said):
    text = text_of(handout(api(alice), save(alice, items=members).pk))
    assert all(rest in text for rest in said)
    assert text.count("Rest for ") == len(said)


@pytest.mark.parametrize(
    ("tempo", "said"),
    [
        ("2-0-2", "On your back · 2 seconds out, 2 seconds back"),
        ("2-1-2", "On your back · 2 seconds out, 1 second at the turn, 2 seconds back"),
        ("0-3-0", "On your back · 3 seconds at the turn"),
    ],
)
def test_a_tempo_is_said_without_its_empty_parts(api, alice, tempo, said):
    items = [routine_item("bridge", hold_seconds=0, tempo=tempo)]
    text = text_of(handout(api(alice), save(alice, items=items).pk))
    assert said in text
    assert "0 seconds" not in text
    assert "lowly:" not in text


LIMITS = (
    "Go on Below 4, and up by less than 2. "
    "Ease off At 4 or more, or up by 2: smaller, slower, or the easier form. "
    "Stop Stop at once if pain or numbness moves further down the leg, or if a leg turns weak. "
    "At 6 or more, or up by 3: stop for today. "
    "Worse the next morning?"
)


def test_a_routine_has_the_usual_limits_of_pain_in_the_words_of_a_plan(api, alice):
    assert LIMITS in text_of(handout(api(alice), save(alice).pk))
    assert LIMITS in prescribed(api(alice), set_for(alice))


@pytest.mark.parametrize(
    ("rule", "ease"),
    [
        ({"ease_at": 6, "ease_rise": 2}, "Ease off Up by 2: smaller, slower, or the easier form. Stop"),
        ({"ease_at": 4, "ease_rise": 3}, "Ease off At 4 or more: smaller, slower, or the easier form. Stop"),
        ({"ease_at": 6, "ease_rise": 3}, "up by less than 3. Stop"),
    ],
)
def test_where_one_has_to_stop_nobody_is_told_to_ease_off(api, alice, rule, ease):
    assert ease in prescribed(api(alice), set_for(alice, pain_rule={**rule, "stop_at": 6, "stop_rise": 3}))


def prescribed(client, prescription):
    return text_of(client.get(f"/api/v1/prescriptions/{prescription.pk}/handout.pdf"))


def test_a_prescription_is_printed_with_its_times_its_limits_of_pain_and_its_note(api, alice):
    prescription = set_for(
        alice,
        times_a_day=2,
        weekdays=["mon", "wed", "fri"],
        starts_on="2026-11-20",
        ends_on="2026-12-04",
        pain_rule={"ease_at": 3, "stop_at": 5, "ease_rise": 1, "stop_rise": 4},
        note="Small and slow.\n#panic() before breakfast",
    )
    text = prescribed(api(alice), prescription)
    assert "2 times a day on Monday, Wednesday and Friday, from 20 November 2026 until 4 December 2026" in text
    assert "Below 3, and up by less than 1." in text
    assert "At 3 or more, or up by 1: smaller, slower, or the easier form." in text
    assert "At 5 or more, or up by 4: stop for today." in text
    assert "Small and slow. #panic() before breakfast" in text
    assert "Mo We Fr Mo We Fr" in text
    assert "Tu We" not in text
    assert "Set by" not in text


def test_an_open_end_and_every_day_are_said_so(api, alice):
    every = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    text = prescribed(
        api(alice), set_for(alice, times_a_day=1, weekdays=every, starts_on="2026-11-20", ends_on=None, note="")
    )
    assert "Once a day every day, from 20 November 2026" in text
    assert "until" not in text.split("Two weeks")[0].split("From")[0]
    assert "A note for you" not in text
    assert "Shaded" not in text


def test_a_prescription_names_who_set_it(api, alice, bob):
    bob.display_name = "Bob the physiotherapist"
    bob.save()
    assert "Set by Bob the physiotherapist" in prescribed(api(alice), set_for(alice, by=bob))


@pytest.mark.parametrize(("time_zone", "dated"), [("America/New_York", True), ("Asia/Tokyo", False)])
def test_a_plan_has_begun_by_the_date_of_the_persons_own_time_zone(api, alice, time_zone, dated):
    alice.time_zone = time_zone
    alice.save()
    prescription = set_for(alice, times_a_day=2, weekdays=["mon", "wed"], starts_on="2026-11-23", ends_on="2026-12-06")
    with time_machine.travel("2026-11-23T16:00:00Z"):
        text = prescribed(api(alice), prescription)
    assert ("Mo 23 Nov We 25 Nov Mo 30 Nov We 2 Dec" in text) is dated
    assert ("Mo We Mo We" in text) is not dated


FIVE = ("knee-to-chest", "piriformis-stretch", "bridge", "seated-twist", "lying-crossover")


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_exercises_follow_each_other_so_that_five_and_their_table_take_three_pages(api, alice, paper):
    answer = handout(api(alice), save(alice, items=[routine_item(slug) for slug in FIVE]).pk, paper=paper)
    pages = [page.extract_text() for page in read(answer).pages]
    assert len(pages) == 3
    assert "1. " in pages[0]
    assert "Two weeks to tick" in pages[2]
    # By number, as the cautions may stand on the page after the drawings.
    assert all(f"Take care with exercise {n}" in text_of(answer) for n in range(1, 6))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_longest_starter_takes_three_pages(api, alice, paper):
    [full] = [id for id, starter in starters().items() if starter["text"]["en"]["name"] == "Full stretch"]
    assert len(read(handout(api(alice), full, paper=paper)).pages) == 3
