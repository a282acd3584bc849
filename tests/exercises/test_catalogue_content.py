"""What the catalogue says, held by rule: who is warned before which exercise, doses that can be played, one voice.

Sources as in the catalogue: S2 the article on exercises, G public guidance, B background knowledge, not verified. A new
exercise is warned of by its position at once; by its movement once it stands in the sets below.
"""

import re

import pytest

from exercises.catalogue import read_exercises, starters

EXERCISES = {data["slug"]: data for data in read_exercises()}


def ladders(*names):
    return {slug for slug, data in EXERCISES.items() if data["ladder"] in names}


def lying(position):
    return {slug for slug, data in EXERCISES.items() if data["position"] == position}


DRAWS_IN_CROSSES_OR_TURNS = ladders("piriformis-stretch", "seated-twist", "knee-to-chest", "lying-crossover")
TURNS = ladders("seated-twist", "lying-crossover")
ROUNDS = ladders("cat-cow") | {"knees-to-chest-both", "sciatic-slider-slump"}
ARCHES = ladders("cat-cow", "prone-press-up")
BENDS_FORWARD = ladders("knee-to-chest", "seated-twist", "hamstring-stretch") | {
    "cat-cow-seated",
    "sciatic-slider-slump",
}
PRESSES_ON_THE_OUTER_HIP = ladders("piriformis-stretch", "seated-twist", "lying-crossover")
BRIDGES = {"bridge", "bridge-one-leg"}
STRETCHES_THE_HIP_BACKWARDS = {"bridge-one-leg"} | ladders("bird-dog", "prone-press-up", "hip-flexor-stretch")
HELD_EFFORTS = ladders("bridge", "bird-dog", "pelvic-tilt")
KNEELS = lying("all-fours") | lying("kneeling")

RULES = [
    # S2: after a posterior hip replacement no bending past 90 degrees, no crossing, no turning in.
    ("hip-replacement", DRAWS_IN_CROSSES_OR_TURNS),
    # B, from the same rule: a chair, a leg held up, a heel on a step or a deep lunge comes near 90 degrees.
    (
        "hip-replacement",
        lying("chair") | lying("kneeling") | ladders("hamstring-stretch", "hip-flexor-stretch", "heel-slide"),
    ),
    ("hip-replacement", {"dead-bug", "sciatic-slider-lying"}),
    # B: after an operation from the front the hip is not stretched backwards for a time.
    ("hip-replacement", STRETCHES_THE_HIP_BACKWARDS),
    # B: moving the leg sideways, which some operations leave weak for a time.
    ("hip-replacement", ladders("clamshell", "side-hip-raise")),
    # S2 for the seated twist; B: bones that break easily bear no forced turning or rounding.
    ("osteoporosis", TURNS | ROUNDS),
    # B: knees drawn in and leaning forward round the back, too.
    ("osteoporosis", ladders("knee-to-chest") | {"piriformis-stretch-seated"}),
    # B: the weight of the womb on the large vein.
    ("pregnancy", lying("back")),
    # B: a turn presses the thigh, or the arm, against the belly.
    ("pregnancy", TURNS),
    # B: there is no room to lie on the front.
    ("pregnancy", lying("front")),
    # S2 for the bridge; B: held efforts raise the blood pressure, the more with the breath held.
    ("high-blood-pressure", HELD_EFFORTS),
    # S2 for the twist and for bending that makes it worse; B for the other forms.
    ("acute-disc-pain", BENDS_FORWARD),
    # B: rounding, turning and both legs in the air load a sore disc as well.
    ("acute-disc-pain", TURNS | ladders("piriformis-stretch", "cat-cow") | {"dead-bug"}),
    # G for the press-up; B for the cat and cow: bending backwards narrows the canal and loads the joints of the arch.
    ("spinal-stenosis", ARCHES),
    ("spondylolisthesis", ARCHES),
    # B: the back arches when the hips or the leg go too high, or the front of the hip is tight; turns shear the joints.
    ("spinal-stenosis", BRIDGES | ladders("bird-dog", "hip-flexor-stretch")),
    ("spondylolisthesis", BRIDGES | ladders("bird-dog", "hip-flexor-stretch") | TURNS),
    # B: they compress the gluteal tendons; so does lying on that side, and the standing leg when the pelvis drops.
    ("outer-hip-pain", PRESSES_ON_THE_OUTER_HIP | lying("side") | ladders("side-hip-raise")),
    # G for cat and cow and the half kneeling stretch; B: weight on the bent knee.
    ("knee-pain", KNEELS | ladders("sit-to-stand", "piriformis-stretch")),
    # G for cat and cow; B: weight on bent wrists.
    ("wrist-pain", lying("all-fours") | {"prone-press-up", "sit-to-stand-arms"}),
    # G for the bird dog; B: a fall does more harm than the exercise does good.
    ("poor-balance", lying("standing") | lying("kneeling") | ladders("bird-dog", "sit-to-stand")),
]


def conditions(data):
    return [caution["condition"] for caution in data["cautions"] if "condition" in caution]


@pytest.mark.parametrize(("condition", "exercises"), RULES)
def test_whoever_an_exercise_may_harm_is_warned_of_it(condition, exercises):
    assert exercises
    assert {slug for slug in exercises if condition not in conditions(EXERCISES[slug])} == set()


@pytest.mark.parametrize("data", EXERCISES.values(), ids=EXERCISES)
def test_warnings_are_few_and_each_is_given_once(data):
    warned = conditions(data)
    texts = [caution["text"]["en"] for caution in data["cautions"]]
    # On hands and knees the wrists and the knees each need a word of their own.
    assert 1 <= len(texts) <= (7 if data["position"] == "all-fours" else 6)
    assert len(set(texts)) == len(texts)
    assert len(set(warned)) == len(warned)


@pytest.mark.parametrize("data", EXERCISES.values(), ids=EXERCISES)
def test_what_can_break_or_slip_out_is_warned_of_before_what_can_hurt(data):
    grave = [condition in ("hip-replacement", "osteoporosis") for condition in conditions(data)]
    assert grave == sorted(grave, reverse=True)


@pytest.mark.parametrize("slug", sorted(ladders("piriformis-stretch", "hamstring-stretch", "sciatic-slider")))
def test_what_pulls_along_the_sciatic_nerve_says_first_what_to_do_when_it_tingles(slug):
    """G for hamstrings and slider; B for the piriformis, which lies on the nerve. It concerns everybody."""
    first = EXERCISES[slug]["cautions"][0]
    assert "condition" not in first
    assert re.search(r"tingles.*numb", first["text"]["en"])


@pytest.mark.parametrize("slug", sorted(ladders("hamstring-stretch")))
def test_a_hamstring_is_stretched_with_the_toes_relaxed(slug):
    """B: toes drawn up pull on the nerve, not on the muscle."""
    assert "toes relaxed" in " ".join(EXERCISES[slug]["text"]["en"]["steps"])


def played():
    yield from EXERCISES.items()
    for starter in starters().values():
        yield from ((f"{starter['text']['en']['name']}: {item['exercise']}", item) for item in starter["items"])


@pytest.mark.parametrize(("name", "dose"), [pytest.param(name, dose, id=name) for name, dose in played()])
def test_a_dose_makes_sense_in_the_player(name, dose):
    """The player holds, or moves at a tempo; it rests between held repetitions, else only between sets."""
    held = dose["hold_seconds"] > 0
    assert held == (not dose.get("tempo", ""))
    turns = dose["repetitions"] * dose["sets"] if held else dose["sets"]
    assert (turns > 1) == (dose["rest_seconds"] > 0)


def sentences(text):
    return re.split(r"(?<=[.!?])\s+", text)


def shown(data):
    text = data["text"]["en"]
    yield from (text["summary"], *text["steps"], text["easier"], text["harder"])
    yield from (caution["text"]["en"] for caution in data["cautions"])


@pytest.mark.parametrize("data", EXERCISES.values(), ids=EXERCISES)
def test_sentences_are_short_enough_to_be_followed_on_the_mat(data):
    long = [one for text in shown(data) for one in sentences(text) if len(one.split()) > 20]
    assert long == []


ANOTHER_VOICE = re.compile(
    r"steady|\bonto\b|behind the thigh|\bthe patient\b|\bcure|\bheal\b|\bdanger|\bnever do\b", re.I
)


@pytest.mark.parametrize("data", EXERCISES.values(), ids=EXERCISES)
def test_the_catalogue_speaks_with_one_voice(data):
    assert [text for text in shown(data) if ANOTHER_VOICE.search(text)] == []


OTHER_PLACES = {
    "chair": r"on a chair|sitting",
    "standing": r"\bstanding",
    "kneeling": r"kneeling",
    "all-fours": r"on (your )?hands and knees",
    "back": r"on your back",
    "front": r"on your front",
    "side": r"on your side",
}


@pytest.mark.parametrize("data", EXERCISES.values(), ids=EXERCISES)
def test_easier_and_harder_are_changes_within_this_form(data):
    """The other forms are files of their own, with their own doses and cautions."""
    text = data["text"]["en"]
    elsewhere = "|".join(words for place, words in OTHER_PLACES.items() if place != data["position"])
    assert re.search(elsewhere, f"{text['easier']} {text['harder']}") is None
