"""Properties of the merge: pure, so hypothesis may try thousands."""

from hypothesis import given
from hypothesis import strategies as st

from accounts.merging import digest, merge

names = st.sampled_from("abcdef")
values = st.one_of(st.none(), st.integers(0, 10), st.lists(st.integers(0, 3), max_size=2))
fields = st.dictionaries(names, values)


@given(fields, fields)
def test_an_edit_of_the_newest_version_is_taken_as_it_is(base, incoming):
    assert merge(base=base, current=base, incoming=incoming).fields == incoming


@given(fields, fields)
def test_an_author_who_changed_nothing_takes_nothing_back(base, current):
    merged = merge(base=base, current=current, incoming=base)
    assert merged.fields == current
    assert merged.overwritten == ()


@given(fields, fields)
def test_an_edit_both_made_is_no_conflict(base, edit):
    merged = merge(base=base, current=edit, incoming=edit)
    assert merged.fields == edit
    assert merged.overwritten == ()


@given(fields, fields, fields)
def test_every_field_comes_from_one_of_the_two_and_an_authors_own_change_always_stands(base, current, incoming):
    merged = merge(base=base, current=current, incoming=incoming)
    absent = object()
    for name in "abcdef":
        old, theirs, ours = (side.get(name, absent) for side in (base, current, incoming))
        expected = theirs if ours == old or (ours is absent and old is absent) else ours
        assert merged.fields.get(name, absent) == expected
    for name in merged.overwritten:
        assert current.get(name, absent) != base.get(name, absent)
        assert incoming.get(name, absent) != base.get(name, absent)


@given(fields, st.sets(names), st.data())
def test_edits_of_different_fields_come_together_in_either_order(base, mine, data):
    theirs = set("abcdef") - mine
    one = {**base, **{name: data.draw(values) for name in sorted(mine)}}
    other = {**base, **{name: data.draw(values) for name in sorted(theirs)}}
    forth = merge(base=base, current=one, incoming=other)
    back = merge(base=base, current=other, incoming=one)
    assert forth.fields == back.fields
    assert forth.overwritten == back.overwritten == ()


@given(fields, st.one_of(st.none(), st.integers(1, 9)))
def test_a_digest_knows_a_body_whatever_the_order_of_its_names(body, base):
    assert digest(body, base) == digest(dict(reversed(body.items())), base)
    assert digest(body, base) != digest({**body, "g": 1}, base)
    assert digest(body, base) != digest(body, (base or 0) + 1)
