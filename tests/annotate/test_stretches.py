"""Stretches are found as a search through all of them would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from depeche.annotate.stretches import Stretches

BOUNDS = st.tuples(st.integers(0, 2000), st.integers(1, 900)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(BOUNDS, max_size=30), BOUNDS)
def test_touching_is_what_overlaps(stretches: list[tuple[int, int]], place: tuple[int, int]) -> None:
    found = Stretches((start, end, number) for number, (start, end) in enumerate(stretches)).touching(*place)
    assert found == [n for n, (start, end) in enumerate(stretches) if start < place[1] and place[0] < end]
