"""schemathesis sends the API what its own schema allows and what it does not: never a 5xx, never another shape."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from config.wsgi import application

schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application, headers={"Host": "localhost"})


@pytest.fixture
def signed_in(transactional_db, alice, client) -> dict[str, str]:
    client.force_login(alice)
    return {name: morsel.value for name, morsel in client.cookies.items()}


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_breaks_the_server(case, signed_in):
    # A generated person would be refused before anything is read.
    case.headers.pop("X-Unpinch-Person", None)
    headers = {"Host": "localhost", "X-CSRFToken": "a" * 32, "Referer": "http://localhost/"}
    cookies = {**signed_in, "csrftoken": "a" * 32}
    response = case.call(headers=headers, cookies=cookies)
    assert response.status_code < 500, response.text
    if response.status_code >= 400:
        assert set(response.json()) >= {"type", "title", "status", "errors"}
