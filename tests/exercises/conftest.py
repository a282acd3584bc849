import pytest

from exercises.loading import load_catalogue
from exercises.models import Exercise

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#345"/></svg>'


@pytest.fixture(autouse=True)
def catalogue(db) -> None:
    load_catalogue()


@pytest.fixture
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
