"""Episodes from small conversations made by hand: what is named, how sure, and what is told about it.

Jo (a) and Sam (b) write twice a day each, at 8 and 20, and at 9 and 21, for forty days. On days 20 to 26 Sam writes
nothing at all, unless a test says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from ebbtide.episodes import (
    Episode,
    echoes,
    find_episodes,
    from_silence,
    lets_be,
    outside_share,
    return_warmth,
    space_given,
    spell_probability,
    spells,
)
from ebbtide.models.daycurve import Expected
from ebbtide.models.engagement import DayCounts, Engagement, PersonDays, Temper
from ebbtide.models.histories import agreement
from ebbtide.signals.fullness import Fullness
from ebbtide.signals.rates import corrected
from ebbtide.signals.said import Said, no_news
from ebbtide.signals.stream import Floats, Stream
from ebbtide.signals.words import NEWS
from tests.talks import START, Line, flow

DAYS, QUIET = 40, range(20, 27)
LABELS = (
    *("space_request", "outside_cause", "trouble", "explanation", "apology", "pressing", "affection"),
    *("about_quiet", "vaguely", "brief", "warm", "curt", "sharp", "closing", "gives_room"),
)
CLEAR = 50.0


def usual_lines(quiet: range = QUIET, both: range = range(0)) -> list[Line]:
    """The two's messages, without those of Sam on the quiet days, and of both on those of `both`."""
    lines: list[Line] = [(24.0 * d + h, "a", "hi") for d in range(DAYS) if d not in both for h in (8, 20)]
    return sorted(lines + [(24.0 * d + h, "b", "hello") for d in range(DAYS) if d not in quiet for h in (9, 21)])


def made(
    more: Sequence[tuple[float, str, str]] = (), quiet: range = QUIET, both: range = range(0)
) -> tuple[Stream, Said]:
    """The record with further messages (hours, person, labels): joined by +: text and only marks.

    Where a label is news, a message with it is `CLEAR` times likelier where there is such news, all others a tenth.
    """
    lines = sorted([*usual_lines(quiet, both), *more])
    seen = flow(lines, until=24.0 * DAYS - 1)
    texts = [line[2] if len(line) > 2 else None for line in lines]
    marks = {label: np.array([label in (t or "").split("+") for t in texts]) for label in LABELS}
    weights = {label: weighed(marks[label], seen) for label in NEWS if label in marks}
    return seen, Said(
        seen.at, seen.who, tuple(f"e{i}" for i in range(len(lines))), marks, weights, (True, True), seen.at
    )


def weighed(marked: np.ndarray[tuple[int], np.dtype[np.bool_]], seen: Stream) -> Floats:
    return no_news(np.where(marked, CLEAR, 0.1), np.zeros(marked.size, bool), seen.who)


def person_days(
    withdrawn: Iterable[int] = (),
    *,
    share: float = 0.1,
    starts: Mapping[int, float] | None = None,
    usual: float = 2.0,
) -> PersonDays:
    """Days of one person: withdrawn on some, with two starts and two answers a day unless `starts` says otherwise."""
    inside = np.isin(np.arange(DAYS), list(withdrawn)).astype(float) * 0.95
    made = np.full(DAYS, 2.0)
    for day, count in (starts or {}).items():
        made[day] = count
    none = np.zeros(DAYS)
    return PersonDays(
        DayCounts(made, np.full(DAYS, 2.0), Fullness(none, none, none, none)),
        Expected(np.full(DAYS, usual), np.full(DAYS, usual)),
        Temper(0.2, 0.5, 25.0, 25.0),
        inside,
        inside,
        np.full(DAYS, share),
    )


def engaged(of_a: PersonDays, of_b: PersonDays, agreeing: float = 1.0) -> Engagement:
    """What the model would say, with this share of the drawn histories agreeing with the days withdrawn."""
    draws = []
    for days in (of_a, of_b):
        histories = np.tile(np.where(days.withdrawn > 0.5, days.share, 1.0), (100, 1))
        histories[round(100 * agreeing) :] = 1
        draws.append(histories)
    return Engagement((of_a, of_b), np.zeros(DAYS), (draws[0], draws[1]), 0.0)


def only(more: Sequence[tuple[float, str, str]] = ()) -> Episode:
    """The one episode of Sam's in the record with these further messages."""
    seen, words = made(more)
    (episode,) = find_episodes(seen, engaged(person_days(), person_days(QUIET)), words)
    return episode


def date_of(day: int) -> object:
    return START.date() + timedelta(days=day)


# What is a spell, and how sure.


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([4, 5, 6], [(4, 7)]),
        ([4, 5], []),
        ([0, 1, 2, 10, 11, 12, 13], [(0, 3), (10, 14)]),
        ([4, 5, 7, 8], []),
        ([36, 37, 38, 39], [(36, 40)]),
        ([], []),
    ],
)
def test_a_spell_is_three_days_and_more_in_a_row(days: list[int], found: list[tuple[int, int]]) -> None:
    withdrawn = np.full(DAYS, 0.45)
    withdrawn[days] = 0.46
    assert spells(withdrawn) == found


def history(*runs: tuple[int, int], share: float = 0.1) -> Floats:
    out = np.ones(DAYS)
    for start, stop in runs:
        out[start:stop] = share
    return out


def test_drawn_histories_agree_when_they_share_half_of_the_union() -> None:
    histories = [
        history((20, 27)),  # the same
        history((22, 29)),  # 5 of 9 days
        history((20, 34)),  # 7 of 14: just half
        history((20, 35)),  # 7 of 15
        history((23, 26)),  # 3 of 7
        history((5, 9), (21, 26)),  # the second run: 5 of 7
        history((20, 23), (24, 27)),  # two halves are no whole
        history(),
    ]
    each = [agreement(h[None, :], (20, 27)) for h in histories]
    assert each == [1, 1, 1, 0, 0, 1, 0, 0]
    assert agreement(np.array(histories), (20, 27)) == 0.5


def test_a_spell_falls_below_half_of_the_usual_on_some_day() -> None:
    partly, less = history((20, 27), share=0.55), history((20, 27), share=0.4)
    glides = history((20, 27), share=0.55)
    glides[25] = 0.4
    assert [agreement(h[None, :], (20, 27)) for h in (partly, less, glides)] == [0, 1, 1]


def test_an_episode_is_named_from_nearly_even_odds_on() -> None:
    seen, words = made()
    for agreeing, count in ((0.45, 1), (0.44, 0)):
        found = find_episodes(seen, engaged(person_days(), person_days(QUIET), agreeing), words)
        assert len(found) == count
    assert found == ()


def test_a_less_sure_spell_inside_one_of_the_other_is_its_echo() -> None:
    assert echoes((12, 30), 0.7, [((10, 40), 0.95)])
    assert not echoes((11, 30), 0.7, [((10, 40), 0.95)]), "they began together"
    assert not echoes((12, 50), 0.7, [((10, 40), 0.95)]), "it outlasts the other"
    assert not echoes((12, 30), 0.9, [((10, 40), 0.95)]), "it is as sure"


@pytest.mark.parametrize(
    ("said", "both", "let_be"),
    [
        pytest.param([(24.0 * 19 + 22, "a", "space_request")], QUIET, True, id="Jo asked for room, and nobody writes"),
        pytest.param([(24.0 * 19 + 22, "b", "gives_room")], QUIET, True, id="Sam said to leave Jo room"),
        pytest.param([(24.0 * 19 + 22, "b", "space_request")], QUIET, False, id="it was Sam who asked for room"),
        pytest.param([(24.0 * 15, "a", "space_request")], QUIET, False, id="Jo asked long before"),
        pytest.param([(24.0 * 19 + 22, "a", "space_request")], range(0), False, id="Jo writes on and is not answered"),
    ],
)
def test_room_that_was_asked_for_is_no_spell_of_who_leaves_it(
    said: list[tuple[float, str, str]], both: range, let_be: bool
) -> None:
    seen, words = made(said, both=both)
    assert lets_be(seen, words, 1, (QUIET.start, QUIET.stop)) is let_be
    found = find_episodes(seen, engaged(person_days(), person_days(QUIET)), words)
    assert (not found) is let_be


def test_nearly_the_usual_number_of_messages_is_no_spell() -> None:
    seen, words = made(quiet=range(0))
    assert find_episodes(seen, engaged(person_days(), person_days(QUIET)), words) == ()


def test_who_tells_of_a_present_spell_is_a_witness_of_it() -> None:
    seen, words = made(quiet=range(DAYS - 10, DAYS))
    for last, told, count in ((0, "b", 1), (0, "a", 0), (0, None, 0), (3, "b", 0)):
        present = engaged(person_days(), person_days(range(seen.days - 7 - last, seen.days - last)), 0.35)
        assert len(find_episodes(seen, present, words, told)) == count
    assert (
        find_episodes(seen, engaged(person_days(), person_days(range(seen.days - 7, seen.days)), 0.25), words, "b")
        == ()
    )


def test_episodes_come_in_order_of_their_start_and_of_the_right_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ebbtide.episodes.NEAR_USUAL", 2.0)
    seen, words = made()
    both = engaged(person_days([*range(30, 34), *range(5, 9)]), person_days(QUIET))
    found = find_episodes(seen, both, words)
    assert [(e.person, e.start, e.end, e.days) for e in found] == [
        ("a", date_of(5), date_of(9), 4),
        ("b", date_of(20), date_of(27), 7),
        ("a", date_of(30), date_of(34), 4),
    ]


def test_an_episode_that_reaches_the_last_day_is_running() -> None:
    seen, words = made(quiet=range(34, 40))
    (episode,) = find_episodes(seen, engaged(person_days(), person_days(range(34, 40))), words)
    assert (episode.end, episode.return_, episode.days) == (None, None, 6)
    assert episode.longest_silence_hours == pytest.approx(24 * 40 - 1 - (24 * 33 + 21))


def test_nobody_is_back_before_a_word_has_come() -> None:
    seen, words = made(quiet=range(20, 30))
    (episode,) = find_episodes(seen, engaged(person_days(), person_days(range(20, 27))), words)
    assert (episode.end, episode.days) == (date_of(30), 10)
    # Two that touch for that are one, and who has not written since is not back at all.
    (joined,) = find_episodes(seen, engaged(person_days(), person_days([*range(20, 24), *range(26, 30)])), words)
    assert (joined.start, joined.end) == (date_of(20), date_of(30))
    silent, said = made(quiet=range(34, 40))
    (running,) = find_episodes(silent, engaged(person_days(), person_days(range(34, 38))), said)
    assert (running.end, running.return_) == (None, None)


# Outside causes.


def chance(words: Said) -> float:
    """Bayes by hand: four in ten such stretches have an outside cause, and eight in ten of these are announced.

    Half of that beforehand: Sam wrote so many hours before the spell, of which two hours before is the news.
    """
    other, news = np.unique(words.weights["outside_cause"][words.who == 1])
    place = 0.5 * np.exp(-2 / 6) / sum(np.exp(-hours / 6) for hours in (2, 3, 15, 27, 39))
    more = 0.4 * 0.8 * (news * place + other * (1 - place) - 1)
    return float(more / (more + 0.6))


def test_a_cause_announced_the_evening_before_lowers_the_probability() -> None:
    now_and_then = [(24.0 * d + 15, "b", "affection") for d in QUIET]
    seen, words = made([(24 * 19 + 22.0, "b", "outside_cause"), *now_and_then])
    model = engaged(person_days(), person_days(QUIET), agreeing=0.9)
    share = outside_share(seen, words, 1, (20, 27))
    assert share == pytest.approx(chance(words))
    assert share > 0.55
    assert spell_probability(seen, model, words, 1, (20, 27)) == pytest.approx(0.9 * (1 - share))
    assert find_episodes(seen, model, words) == ()
    # Said twice it is surer.
    twice = made([(24 * 19 + h, "b", "outside_cause") for h in (21.5, 22.0)])
    assert outside_share(*twice, 1, (20, 27)) > 0.65


def test_a_cause_named_long_before_or_by_the_other_explains_nothing() -> None:
    for hours, person in ((24 * 12 + 22.0, "b"), (24 * 19 + 22.0, "a"), (24 * 33 + 22.0, "b")):
        seen, words = made([(hours, person, "outside_cause")])
        assert outside_share(seen, words, 1, (20, 27)) == 0
        model = engaged(person_days(), person_days(QUIET))
        assert spell_probability(seen, model, words, 1, (20, 27)) == 1


def test_who_speaks_of_work_every_day_announces_nothing_by_it() -> None:
    daily = [(24.0 * d + 22, "b", "outside_cause") for d in range(DAYS) if d not in QUIET]
    seen, words = made(daily)
    often = outside_share(seen, words, 1, (20, 27))
    assert often < 0.2
    assert often < outside_share(*made(daily[19:20]), 1, (20, 27)) / 3


def test_asking_for_room_speaks_for_withdrawing_whatever_else_is_said() -> None:
    cause = (24 * 19 + 22.0, "b", "outside_cause")
    seen, words = made([cause, (24 * 19 + 22.2, "b", "space_request")])
    assert outside_share(seen, words, 1, (20, 27)) < 0.5 < outside_share(*made([cause]), 1, (20, 27))
    of_the_other, words = made([cause, (24 * 19 + 22.2, "a", "space_request")])
    assert outside_share(of_the_other, words, 1, (20, 27)) > 0.55


# What is told about an episode.


def test_trouble_named_before_or_in_a_spell_is_its_reason_and_does_not_explain_it_away() -> None:
    for hours in (24 * 14 + 8.0, 24 * 24 + 15.0):
        named = only([(hours, "b", "trouble")])
        assert len(named.outside_cause) == 1
        assert named.probability == 1
    for hours, person in ((24 * 8 + 8.0, "b"), (24 * 20 + 15.0, "a"), (24 * 33 + 8.0, "b")):
        assert only([(hours, person, "trouble")]).outside_cause == ()


def test_a_word_about_the_quiet_comes_within_a_day_of_coming_back() -> None:
    for hours, told in ((24 * 27 + 9.5, True), (24 * 28 + 15.5, False)):
        back = only([(hours, "b", "apology")]).return_
        assert back is not None
        assert back.acknowledged is told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("space_request+vaguely", True),
        ("explanation+vaguely", True),
        ("explanation+about_quiet", True),
        ("explanation+about_quiet+brief", False),
        ("space_request", False),
        ("explanation", False),
        ("vaguely", False),
    ],
)
def test_what_it_is_may_be_said_in_the_middle_of_a_spell(said: str, told: bool) -> None:
    assert bool(only([(24 * 22 + 15.0, "b", said)]).said_why) is told
    assert only([(24 * 22 + 15.0, "a", said)]).said_why == ()


def test_room_asked_for_by_the_one_who_withdraws_is_said_so() -> None:
    asked = only([(24 * 19 + 22.0, "b", "space_request")])
    assert asked.said_so is True
    assert len(asked.said_so_evidence) == 1
    for hours, person in ((24 * 19 + 22.0, "a"), (24 * 17.5, "b"), (24 * 30.0, "b")):
        assert only([(hours, person, "space_request")]).said_so is False


def test_without_words_it_is_not_known_whether_anything_was_said() -> None:
    seen, words = made()
    silent = replace(words, texts=(True, False))
    (episode,) = find_episodes(seen, engaged(person_days(), person_days(QUIET)), silent)
    assert episode.said_so is None
    assert episode.return_ is not None
    assert (episode.return_.acknowledged, episode.return_.explained) == (None, None)


def test_the_evidence_is_what_anyone_would_look_up() -> None:
    seen, words = made([(24 * 22 + 15.0, "b", "affection"), (24 * 24 + 15.0, "b", "affection")])
    (episode,) = find_episodes(seen, engaged(person_days(), person_days(QUIET)), words)
    rows = [words.ids.index(e) for e in episode.evidence]
    assert ((seen.at[rows] - seen.day_edges[0]) / 3600).tolist() == [24 * 19 + 21, 24 * 22 + 15, 24 * 24 + 15]


def test_contact_kept_is_the_share_of_the_usual_number_of_messages() -> None:
    assert only().contact_kept == 0
    one_a_day = [(24.0 * d + 15, "b", "affection") for d in QUIET]
    assert only(one_a_day).contact_kept == pytest.approx(0.5, abs=0.06)


def test_the_longest_silence_is_counted_across_the_edges() -> None:
    assert only().longest_silence_hours == pytest.approx(24 * 27 + 9 - (24 * 19 + 21))
    assert only([(24 * 24.0, "b", "affection")]).longest_silence_hours == pytest.approx(24 * 24 - (24 * 19 + 21))


def test_unanswered_turns_and_pressing_are_the_partners_inside_the_spell() -> None:
    plain = only()
    # Two turns a day; the last is answered by the return on day 27, after Jo's turn of that morning.
    assert (plain.unanswered_turns, plain.pressing_messages) == (14, 0)
    answered = only([(24 * 22 + 8.5, "b", "affection")])
    assert answered.unanswered_turns == 13
    burst = only([(24 * 22 + 8.1, "a", "pressing"), (24 * 22 + 8.2, "a", "pressing"), (24 * 30.0, "a", "pressing")])
    assert (burst.unanswered_turns, burst.pressing_messages) == (14, corrected(2, 17, "pressing").count)
    assert only([(24 * 22 + 8.1, "b", "pressing")]).pressing_messages == 0
    # A turn that only closes waits for no answer.
    assert only([(24 * 22 + 12.0, "a", "")]).unanswered_turns == 15
    assert only([(24 * 22 + 12.0, "a", "closing")]).unanswered_turns == 14


def test_depth_is_what_is_missing_of_the_usual() -> None:
    seen, words = made()
    for share in (0.04, 0.45):
        (episode,) = find_episodes(seen, engaged(person_days(), person_days(QUIET, share=share)), words)
        assert episode.depth == pytest.approx(1 - share)


@pytest.mark.parametrize(
    ("a_day", "usual", "given"),
    [(0.0, 2.0, True), (0.5, 2.0, True), (2.0, 2.0, False), (4.0, 2.0, False), (1.45, 2.0, None), (0.0, 0.2, None)],
)
def test_space_is_given_when_the_other_clearly_starts_less(a_day: float, usual: float, given: bool | None) -> None:
    of_a = person_days(starts=dict.fromkeys(QUIET, a_day), usual=usual)
    assert space_given(engaged(of_a, person_days(QUIET)), 0, (20, 27)) is given


# The return.


@pytest.mark.parametrize(
    ("first_two", "warmth"), [([5.0, 6.0], "warm"), ([2.0, 2.0], "usual"), ([0.0, 0.0], "flat"), ([1.0, 2.0], "usual")]
)
def test_a_return_is_as_warm_as_the_first_two_days_against_the_usual(first_two: list[float], warmth: str) -> None:
    seen, words = made([(24 * 27 + 9.2, "b", "warm")])
    of_b = person_days(QUIET, starts={27: first_two[0], 28: first_two[1], 29: 50.0})
    model = engaged(person_days(), of_b)
    assert return_warmth(seen, model, words, 1, 27) == warmth
    # Much contact alone is not warm where the words can be read.
    seen, words = made()
    assert return_warmth(seen, model, words, 1, 27) == ("usual" if warmth == "warm" else warmth)
    assert return_warmth(seen, model, replace(words, texts=(True, False)), 1, 27) == warmth


def test_a_return_of_mostly_short_or_sharp_lines_is_not_warm() -> None:
    of_b = person_days(QUIET, starts={27: 5.0, 28: 6.0, 29: 50.0})
    for cool, warmth in (("curt", "usual"), ("sharp", "usual"), ("space_request", "usual"), ("about_quiet", "warm")):
        seen, words = made([(24 * 27 + 9.1, "b", "warm"), *((24 * 27 + 9.2 + h / 10, "b", cool) for h in range(6))])
        assert return_warmth(seen, engaged(person_days(), of_b), words, 1, 27) == warmth


def test_warm_words_make_a_usual_return_warm_unless_they_are_daily_bread() -> None:
    back = [(24 * 27 + h, "b", "warm") for h in (9.2, 9.3, 21.2, 21.3, 33.0)]
    model = engaged(person_days(), person_days(QUIET))
    seen, words = made(back)
    assert return_warmth(seen, model, words, 1, 27) == "warm"
    daily = [(24 * d + h, "b", "warm") for d in range(DAYS) if d not in QUIET for h in (9.2, 9.3)]
    seen, words = made(daily)
    assert return_warmth(seen, model, words, 1, 27) == "usual"
    seen, words = made([(h, "a", label) for h, _, label in back])
    assert return_warmth(seen, model, words, 1, 27) == "usual"


def test_where_nothing_was_to_be_expected_warmth_is_not_known() -> None:
    seen, words = made()
    assert return_warmth(seen, engaged(person_days(), person_days(QUIET, usual=0.2)), words, 1, 27) is None


@pytest.mark.parametrize(
    ("said", "acknowledged", "explained"),
    [("apology", True, False), ("about_quiet", True, False), ("explanation", True, True), ("affection", False, False)],
)
def test_what_is_said_on_return_is_an_acknowledgement_or_an_explanation(
    said: str, acknowledged: bool, explained: bool
) -> None:
    back = only([(24 * 27 + 9.5, "b", said)]).return_
    assert back is not None
    assert back.date == date_of(27)
    assert (back.acknowledged, back.explained) == (acknowledged, explained)
    assert len(back.evidence) == int(acknowledged)


@pytest.mark.parametrize(("hours", "person"), [(24 * 27 + 9.5, "a"), (24 * 29 + 9.5, "b"), (24 * 19 + 21.5, "b")])
def test_words_of_the_other_or_of_another_day_are_no_acknowledgement(hours: float, person: str) -> None:
    back = only([(hours, person, "apology")]).return_
    assert back is not None
    assert back.acknowledged is False


# Weeks away, whatever the record's usual.


def sparse(*gone: tuple[int, int], asks: bool = True) -> tuple[Stream, Said]:
    """Two who write every second day; Sam is gone on these days, into which Jo writes twice, if she does."""
    away = {d for first, back in gone for d in range(first, back)}
    lines: list[Line] = [(24.0 * d + 9, "a", "hi") for d in range(0, DAYS, 2) if d not in away]
    lines += [(24.0 * d + 10, "b", "hello") for d in range(0, DAYS, 2) if d not in away]
    lines += [(24.0 * (first + n) + 12, "a", "are you there") for first, _ in gone for n in (3, 8) if asks]
    seen = flow(sorted(lines), until=24.0 * DAYS - 1)
    texts = [line[2] for line in sorted(lines)]
    marks = {label: np.array([label in (t or "").split("+") for t in texts]) for label in LABELS}
    weights = {label: weighed(marks[label], seen) for label in NEWS if label in marks}
    return seen, Said(seen.at, seen.who, tuple(map(str, range(len(texts)))), marks, weights, (True, True), seen.at)


def test_weeks_of_silence_into_which_the_other_wrote_are_a_spell_though_no_usual_shows_it() -> None:
    seen, words = sparse((10, 30))
    model = engaged(person_days(), person_days())
    (episode,) = find_episodes(seen, model, words)
    assert (episode.person, episode.end is None) == ("b", False)
    assert episode.days >= 20
    assert 0 <= (episode.depth or 0.0) <= 1
    assert find_episodes(*_with(model, sparse((10, 30), asks=False))) == ()
    assert find_episodes(*_with(model, sparse((10, 22)))) == ()


def _with(model: Engagement, made: tuple[Stream, Said]) -> tuple[Stream, Engagement, Said]:
    return made[0], model, made[1]


def test_a_spell_that_is_likely_only_after_days_of_silence_begins_with_them() -> None:
    seen, words = made()
    assert from_silence(seen, words, 1, (22, 27)) == (20, 27)
    assert from_silence(seen, words, 1, (20, 27)) == (20, 27)
    assert from_silence(seen, words, 0, (22, 27)) == (22, 27)
    # Somebody to whom nobody wrote was not silent yet.
    alone = flow([line for line in usual_lines() if not 24 * 20 <= line[0] < 24 * 22], until=24.0 * DAYS - 1)
    texts = np.zeros(alone.at.size, np.bool_)
    unheard = replace(words, at=alone.at, who=alone.who, marks=dict.fromkeys(LABELS, texts))
    assert from_silence(alone, unheard, 1, (22, 27)) == (22, 27)
