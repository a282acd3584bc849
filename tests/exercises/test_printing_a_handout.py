"""The hand-out as a PDF: what stands on it, its tags, and names that try to be more than names."""

import uuid

import pytest

from exercises.catalogue import starters
from exercises.handout import press
from exercises.models import Exercise
from tests.exercises.factories import routine_item, save, set_for
from tests.exercises.handouts import handout, read, text_of
from tests.pdfs import A4, LETTER, elements, size_of, table_rows

pytestmark = pytest.mark.usefixtures("stills")


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


def test_each_row_of_the_table_to_tick_is_named_by_its_first_cell(api, alice):
    rows = table_rows(read(handout(api(alice), save(alice).pk)))
    named = [row for row in rows if row[0] == ("/TH", "/Row")]
    assert named
    assert {cell for row in named for cell in row[1:]} == {("/TD", None)}
    heads = [row for row in rows if row not in named]
    assert {cell for row in heads for cell in row} == {("/TH", "/Column")}


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
    assert size_of(read(handout(api(alice), save(alice).pk, **query)).pages[0]) == size


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
