import pytest

from exercises.loading import load_catalogue


@pytest.fixture(autouse=True)
def catalogue(db) -> None:
    load_catalogue()
