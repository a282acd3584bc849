from __future__ import annotations

import pytest

from sharing.api.throttles import Makings

pytestmark = pytest.mark.django_db
REPORTS = "/api/v1/reports"
BODY = {"from": "2026-03-01", "to": "2026-03-07", "sections": ["symptoms"], "question": ""}


def test_nobody_makes_reports_without_end_and_reading_them_goes_on(api, alice, charlie, monkeypatch):
    monkeypatch.setattr(Makings, "rate", "3/hour")
    client = api(alice)
    answers = [client.post(REPORTS, BODY, format="json").status_code for _ in range(4)]
    assert answers == [201, 201, 201, 429]
    assert len(client.get(REPORTS).json()["results"]) == 3
    assert api(charlie).post(REPORTS, BODY, format="json").status_code == 201
