from tracker.redflags import evaluate


def test_the_server_raises_what_the_phone_raises(shared_cases):
    cases = shared_cases("redflag_cases")
    assert len(cases) >= 4
    for case in cases:
        assert evaluate(case["readings"]) == case["flags"], case
