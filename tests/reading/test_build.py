"""A reading built from a small made-up conversation: people, span, limits, and the words marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from ebbtide.conversation import EVENT_SCHEMA, Conversation, ImportReport, assemble
from ebbtide.episodes import Episode
from ebbtide.reading import Reading, build, situation
from ebbtide.signals.words import LABELS
from tests.reading.stories import ended, running, silence

START = datetime(2025, 3, 3, 8, 0, tzinfo=UTC)
NOW = datetime(2025, 5, 15, 14, 0, tzinfo=UTC)


def talk(
    lines: Sequence[tuple[datetime, str, str | None]] = (), *, me: str | None = "Jo", kind: str = "text", **how: Any
) -> Conversation:
    """A conversation of these lines (moment, name, words); by default one message of each a day."""
    days = [
        (START + timedelta(days=d, hours=h), n, "good morning") for d in range(73) for h, n in ((0, "Jo"), (1, "Sam"))
    ]
    rows = [
        {
            "at": at,
            "minute_only": True,
            "person": name,
            "kind": kind,
            "text": words,
            "seconds": None,
            "source": "made up",
            "record": i,
            "flags": [],
        }
        for i, (at, name, words) in enumerate(lines or days)
    ]
    schema = {name: kind for name, kind in EVENT_SCHEMA.items() if name != "id"}
    how = {"tz": "Europe/London", "tz_source": "given"} | how
    return assemble(pl.DataFrame(rows, schema=schema), me=me, **how)


def marks(of: Conversation, **marked: set[str]) -> pl.DataFrame:
    """Marks of a conversation: for each label the ids that carry it."""
    ids = of.events["id"]
    return pl.DataFrame({"id": ids, **{m: ids.is_in(list(marked.get(m, set()))) for m in LABELS}})


def built(of: Conversation, episodes: Sequence[Episode] = (), **how: Any) -> Reading:
    given: dict[str, Any] = {
        "now": NOW,
        "silences": [silence("a", 6, now=NOW), silence("b", 5, now=NOW)],
        "ribbon": None,
        "marks": marks(of),
        "safety_level": "none",
        "safety_evidence": (),
        "enough": True,
        "version": "0",
    }
    return build(of, episodes=episodes, **(given | how))


def test_people_and_span() -> None:
    made = built(talk())
    assert [(p.id, p.name, p.me) for p in made.people] == [("a", "Jo", True), ("b", "Sam", False)]
    assert (made.span.messages, made.span.days, made.span.tz) == (146, 73, "Europe/London")
    assert made.span.now.isoformat() == "2025-05-15T15:00:00+01:00"
    assert made.advice == ()


def test_coverage_ends_now_and_the_days_are_those_of_the_events() -> None:
    of = talk()
    span = built(of).span
    assert [(a, b) for a, b in span.coverage] == [(of.coverage[0][0], NOW)]
    assert span.end == of.events["at"][-1] < span.now
    first, last = of.coverage[0][0], of.coverage[0][1]
    gap = replace(of, coverage=((first, first + timedelta(days=9)), (first + timedelta(days=20), last)))
    assert [b for _, b in built(gap).span.coverage] == [first + timedelta(days=9), NOW]


def test_every_episode_is_read_against_the_earlier_ones_of_the_same_person() -> None:
    episodes = [running("b", 5), ended("a", 20, 6), ended("b", 40, 6)]
    made = built(talk(), episodes)
    assert [e.episode.person for e in made.episodes] == ["b", "a", "b"]
    assert [len(e.criteria) for e in made.episodes] == [11] * 3
    last = next(c for c in made.episodes[-1].criteria if c.id == "over_two_weeks")
    assert last.why == "It goes on; this is day 5. Sam’s earlier spell: 6 days."
    assert all(e.other_explanations for e in made.episodes)


def test_messages_of_being_together_are_found_on_the_days_of_a_spell() -> None:
    of = talk()
    inside = of.events.filter(pl.col("at").dt.date() == datetime(2025, 5, 13).date())["id"].to_list()
    made = built(of, [running("b", 5)], marks=marks(of, together={inside[0]}))
    assert made.episodes[0].other_explanations[0] == "Messages from these days speak of being together in person."


def test_a_shared_home_is_seen_in_the_words_and_the_low_counts() -> None:
    of = talk()
    some = set(of.events["id"].gather_every(5).to_list())
    made = built(of, marks=marks(of, household=some))
    assert situation(made) == "living_together"
    finding = next(f for f in made.findings if f.key == "living_together")
    assert finding.numbers["household_share"] == pytest.approx(0.2, abs=0.01)
    assert set(finding.evidence) <= some


def test_who_stays_elsewhere_is_not_at_home_until_it_is_over() -> None:
    of = talk()
    ids, who = of.messages["id"].to_list(), of.messages["person"].to_list()
    home = set(ids[::5])
    gone = len(ids) - 30
    away = marks(of, household={i for i in home if ids.index(i) < gone}, elsewhere={ids[gone]})
    made = built(of, marks=away)
    assert situation(made) != "living_together"
    assert any(f.key == "elsewhere_named" for f in made.findings)
    back = {i for i, person in zip(ids[gone + 1 :], who[gone + 1 :], strict=True) if person == who[gone]}
    again = marks(of, household=home | set(sorted(back)[:6]), elsewhere={ids[gone]})
    assert situation(built(of, marks=again)) == "living_together"


def test_a_few_words_about_the_house_are_no_shared_home() -> None:
    of = talk()
    assert situation(built(of, marks=marks(of, household=set(of.events["id"][:11].to_list())))) == "usual_quiet"


def test_people_who_write_all_day_are_not_taken_to_share_a_home() -> None:
    lines = [(START + timedelta(minutes=10 * i), ("Jo", "Sam")[i % 2], "is the oven on") for i in range(600)]
    of = talk(lines)
    assert situation(built(of, marks=marks(of, household=set(of.events["id"].to_list())))) != "living_together"


def test_safety_words_come_with_the_level() -> None:
    made = built(talk(), safety_level="urgent", safety_evidence=("x",))
    assert made.safety.evidence == ("x",)
    assert "emergency number" in made.safety.shown
    assert situation(made) == "safety"


def test_a_red_flag_counts_for_the_spell_it_was_seen_near() -> None:
    of = talk()
    seen = of.events.filter(pl.col("at").dt.date() == datetime(2025, 5, 13).date())["id"].to_list()
    made = built(of, [ended("b", 60, 5), running("b", 5)], safety_level="look", safety_evidence=tuple(seen[:1]))
    flags = [c.met for e in made.episodes for c in e.criteria if c.id == "red_flags"]
    assert flags == [None, True]


def test_too_little_says_how_little() -> None:
    of = talk([(NOW - timedelta(days=d), n, "hello") for d in range(5) for n in ("Jo", "Sam")])
    made = built(of, enough=False)
    assert "10 messages in all, over 5 days" in made.answer.now
    assert not made.episodes


def test_an_old_record_is_not_read_as_the_present() -> None:
    made = built(talk(), current=False)
    assert made.answer.now == "This record ends on 14 May 2025. It says nothing about now."


def test_an_old_record_with_too_little_in_it_is_not_read_as_the_present_either() -> None:
    made = built(talk([(NOW, n, "hello") for n in ("Jo", "Sam")]), enough=False, current=False)
    assert made.answer.now.startswith("This record ends on 15 May 2025. It says nothing about now. There is too little")


def test_limits_name_what_could_not_be_known() -> None:
    of = talk(tz_source="assumed")
    report = ImportReport("chat.txt", "whatsapp", 150, 146, {"text": 146}, unreadable=4)
    of = replace(
        of, imports=(report,), coverage=((START, START + timedelta(days=20)), (START + timedelta(days=30), NOW))
    )
    said = built(of).limits
    assert "There is no data for 24 March – 1 April. Nothing is said about those days." in said
    assert "The time zone is assumed to be Europe/London. If it is another, days and nights shift." in said
    assert "4 lines of the export could not be read." in said
    assert "The export gives times to the minute only." in said
    assert any("Signs of danger can be missed" in limit for limit in said)


def test_a_record_without_words_says_so_and_leaves_the_words_open() -> None:
    of = talk([(START + timedelta(days=d), n, None) for d in range(40) for n in ("Jo", "Sam")], kind="deleted")
    made = built(of, [ended("b", 40, 6, said_so=None)])
    assert "This record holds no words, only times. Whatever rests on words stays open." in made.limits
    assert "80 messages were deleted before the export; only the trace is left." in made.limits
    assert (
        next(c for c in made.episodes[0].criteria if c.id == "said_space").why
        == "This record holds no words that can be read here."
    )


def test_words_in_another_language_are_said_to_be_unread() -> None:
    texts = ("¿has dormido bien esta noche?", "el autobús llega tarde otra vez")
    of = talk([(START + timedelta(days=d), n, t) for d in range(40) for n, t in zip(("Jo", "Sam"), texts, strict=True)])
    made = built(of, [ended("b", 40, 6, said_so=None)])
    assert any(limit.startswith("Words can be read in English only") for limit in made.limits)
    assert not any("only times" in limit for limit in made.limits)


def test_the_reading_becomes_json() -> None:
    made = built(talk(), [running("b", 5)]).to_dict()
    assert made["answer"]["now"]
    assert [c["id"] for c in made["episodes"][0]["criteria"]][:2] == ["said_space", "some_contact"]


def test_built_twice_is_the_same() -> None:
    of = talk()
    assert built(of, [running("b", 5)]) == built(of, [running("b", 5)])


def test_the_lines_shown_follow_who_wrote_of_threats() -> None:
    """Jo asks, in Britain: lines for who wants to stop where all of it is Jo's, not where some is Sam's."""
    of = talk()
    by = {name: of.events.filter(pl.col("person") == who)["id"][-1] for name, who in (("Jo", "a"), ("Sam", "b"))}

    def shown(*whose: str) -> str:
        return built(of, safety_level="look", safety_evidence=tuple(by[name] for name in whose)).safety.shown

    assert "Respect Phoneline" in shown("Jo")
    assert "Respect Phoneline" not in shown("Sam")
    assert "Respect Phoneline" not in shown("Jo", "Sam")
    assert all("Refuge" in shown(*whose) for whose in (("Jo",), ("Sam",), ("Jo", "Sam")))
