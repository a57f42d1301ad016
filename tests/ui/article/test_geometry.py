"""Where boxes, bands and tags lie: lanes, depth, tags that never cover each other, both directions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.models import ACCEPTED, SUGGESTED
from annotator.ui.article import ArticleView, ViewSpan
from annotator.ui.article.geometry import Fragment, Geometry
from annotator.ui.article.metrics import LANES
from tests.ui.article.conftest import ALLEGATION, DENIAL, ORG, MakeView, span

TEXT = (
    "One clause in another in a third, and a fourth and a fifth that crosses them all to the very end of it."
)


def placed(view: ArticleView) -> Geometry:
    return view._layout.geometry_of(view.document().firstBlock())


def of(view: ArticleView, number: int) -> list[Fragment]:
    return [one for one in placed(view).fragments if one.span.id == number]


def test_an_outer_box_is_larger_than_what_it_holds(make_view: MakeView) -> None:
    view = make_view(
        TEXT, [span(1, TEXT, "third"), span(2, TEXT, "in a third", ORG), span(3, TEXT, "another in a third")]
    )
    assert [of(view, number)[0].depth for number in (1, 2, 3)] == [0, 1, 2]
    assert [one.span.id for one in placed(view).fragments] == [3, 2, 1], "outer ones are painted first"


def test_bands_take_the_first_free_lane(make_view: MakeView) -> None:
    """The inner one lies nearest to the words; one that crosses only the second lane takes the first."""
    view = make_view(
        TEXT,
        [
            span(1, TEXT, "another in a third", ALLEGATION),
            span(2, TEXT, "in another in a third, and a fourth", DENIAL),
            span(3, TEXT, "a fourth and a fifth that crosses them", ALLEGATION),
        ],
    )
    assert [of(view, number)[0].depth for number in (1, 2, 3)] == [0, 1, 0]


def test_a_band_without_a_lane_is_counted_and_can_be_clicked(make_view: MakeView) -> None:
    spans = [
        ViewSpan(number, number, TEXT.index("crosses") - number, ALLEGATION, SUGGESTED)
        for number in range(1, 5)
    ]
    view = make_view(TEXT, spans)
    hidden = [one.span.id for one in placed(view).fragments if one.hidden]
    assert len(hidden) == len(spans) - LANES
    assert [more.hidden for more in placed(view).more] == [len(hidden)]
    assert {tag.span.id for tag in placed(view).tags} == {1, 2, 3, 4}
    middle = view.rect_of(20, 21).center()
    assert set(view.spans_at(middle)) == {1, 2, 3, 4}


def test_a_band_without_a_lane_is_drawn_in_focus(make_view: MakeView) -> None:
    spans = [
        ViewSpan(number, number, TEXT.index("crosses") - number, ALLEGATION, SUGGESTED)
        for number in range(1, 5)
    ]
    view = make_view(TEXT, spans)
    before = view.grab().toImage()
    view.set_focus_span(1)
    assert view.grab().toImage() != before
    points = view.grip_points()
    assert points is not None
    assert points[0].y() < view.rect_of(0, 1).bottom() + view._painter.metrics.pitch / 2


@pytest.mark.parametrize(
    ("text", "words", "begins_right"),
    [
        ("He said that משרד האוצר had paid.", "משרד האוצר", True),
        ("He said that משרד האוצר had paid.", "had paid", False),
        ("קאל הרפי אן New York תחקק פי", "הרפי", True),
        ("קאל הרפי אן New York תחקק פי", "New York", False),
    ],
)
def test_a_span_begins_where_its_words_are_read_from(
    make_view: MakeView, text: str, words: str, begins_right: bool
) -> None:
    """Tag, tick and grip of the beginning stand right where the words run from right to left."""
    view = make_view(text, [span(1, text, words)])
    (one,) = of(view, 1)
    assert one.start is not None
    assert one.end is not None
    assert (one.start > one.end) == begins_right
    assert {round(one.start), round(one.end)} == {round(one.x), round(one.x + one.width)}
    (tag,) = placed(view).tags
    edge = tag.x + tag.width if begins_right else tag.x
    assert abs(edge - one.start) <= 1.5
    view.set_focus_span(1)
    assert view.grip_points() is not None


def test_words_of_both_directions_are_boxed_where_they_stand(make_view: MakeView) -> None:
    """A span that is torn apart by the direction has a piece for each part, one start and one end."""
    text = "Alpha בית גמל beta"
    start, end = text.index("pha"), text.index("גמל")
    view = make_view(text, [ViewSpan(1, start, end, ORG, ACCEPTED)])
    parts = of(view, 1)
    assert len(parts) == 2
    assert sum(one.start is not None for one in parts) == 1
    assert sum(one.end is not None for one in parts) == 1


def test_tags_of_one_line_never_cover_each_other(make_view: MakeView) -> None:
    """However many spans there are, and none stands in another line's words."""
    view = make_view("")
    words = (
        "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda My Ny Xi Omikron Pi Rho Sigma Tau. "
        * 2
    )
    places = st.tuples(st.integers(0, len(words) - 1), st.integers(1, 60), st.integers(1, 5), st.booleans())

    @given(st.lists(places, max_size=30))
    def look(drawn: list[tuple[int, int, int, bool]]) -> None:
        spans = [
            ViewSpan(
                number, start, min(len(words), start + length), label, ACCEPTED if sure else SUGGESTED, sure
            )
            for number, (start, length, label, sure) in enumerate(drawn, 1)
        ]
        view.set_article(words, spans)
        metrics = view._painter.metrics
        rows: dict[float, float] = {}
        for tag in placed(view).tags:
            assert tag.x >= rows.get(tag.y, tag.x)
            rows[tag.y] = tag.x + tag.width
        lines = {round(one.y) for one in placed(view).fragments}
        for y in rows:
            assert round(y + metrics.tag_height) in {line - 1 for line in lines} | {
                line - 2 for line in lines
            }

    look()


def test_a_compact_page_has_no_tags(make_view: MakeView) -> None:
    view = make_view(TEXT, [span(1, TEXT, "third")])
    before = view._painter.metrics.pitch
    view.set_compact(True)
    assert placed(view).tags == []
    assert view._painter.metrics.pitch < before
