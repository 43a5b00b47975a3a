"""The page: order, levels, names, and how little it says when little is known."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import polars as pl
import pytest

from ebbtide import analysis, report
from ebbtide.conversation import EVENT_SCHEMA, Conversation, assemble
from ebbtide.errors import BadSetting
from ebbtide.reading import Finding
from ebbtide.report.advice_words import NOT_TONIGHT
from ebbtide.report.episode_page import TIMED
from ebbtide.report.episode_words import contact, course, facts, longest
from ebbtide.report.names import names_of
from tests.report import samples

SECRET = "the blue kettle <i>sings</i>"
CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class Outline(HTMLParser):
    """Headings with their levels, and every attribute that could load something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        known = dict(attrs)
        loading = [v or "" for k, v in attrs if k in ("href", "src", "srcset", "action", "data", "xlink:href")]
        # What is only followed when tapped asks for nothing, if it says nothing of the page it was tapped on.
        if tag != "a" or known.get("rel") != "noreferrer":
            self.links += loading
        self.ids += [known["id"] or ""] if "id" in known else []
        assert not any(k.startswith("on") for k, _ in attrs), f"an event handler on <{tag}>"


def in_order(page: str, *parts: str) -> bool:
    """Whether the parts occur in this order."""
    places = [page.index(p) for p in parts]
    return places == sorted(places)


def talk() -> Conversation:
    """Three events whose ids the evidence of `told` rests on."""
    frame = pl.DataFrame(
        {
            "at": [datetime(2025, 9, 25, 17, 40 + i, tzinfo=UTC) for i in range(3)],
            "minute_only": [True] * 3,
            "person": ["Sam", "Jo", "Sam"],
            "kind": ["text", "voice", "text"],
            "text": [SECRET, None, SECRET],
            "seconds": [None, 8.0, None],
            "source": ["x"] * 3,
            "record": [1, 2, 3],
            "flags": [[], [], []],
        },
        schema={k: v for k, v in EVENT_SCHEMA.items() if k != "id"},
    )
    return assemble(frame, tz="Europe/London", tz_source="given")


def told(conversation: Conversation):
    """The sketch's reading, resting on the first event of the conversation."""
    first = conversation.events["id"][0]
    base = samples.unusual_quiet()
    running = base.episodes[-1]
    said = replace(running, episode=replace(running.episode, said_so_evidence=(first,)))
    marked = replace(said, criteria=tuple(replace(c, evidence=(first,) if c.met else ()) for c in said.criteria))
    return replace(base, episodes=(*base.episodes[:-1], marked)), first


@pytest.mark.parametrize("sample", samples.ALL.values(), ids=samples.ALL)
def test_every_page_is_self_contained_and_in_order(sample) -> None:
    page = report.html(sample())
    outline = Outline(page)
    assert CSP in page.replace("&#39;", "'")
    assert "<title>A reading</title>" in page
    assert not outline.tags & {"script", "link", "iframe", "img", "object", "embed", "form"}
    assert all(link.startswith("#") and link[1:] in outline.ids for link in outline.links)
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.headings[0] == 1
    assert all(b - a <= 1 for a, b in zip(outline.headings, outline.headings[1:], strict=False))
    assert {"main", "header", "footer"} <= outline.tags
    assert "url(" not in page
    assert len(page.encode()) < 300_000


def test_the_sections_stand_in_order() -> None:
    page = report.html(samples.unusual_quiet())
    reading = samples.unusual_quiet()
    assert in_order(
        page,
        "5,738 messages",
        "3 February – 28 September 2025",
        "<li>as of 30 September 2025, 01:10",
        "made on this computer, sent nowhere",
        reading.answer.now,
        reading.answer.may_be,
        "One step now",
        'id="curve"',
        'id="ribbon"',
        'id="episode"',
        "The present episode</h2>",
        "Speaks for settling alone",
        "Would be a worry",
        "What else could explain it",
        "Earlier episodes</h2>",
        "If you are the one waiting",
        "If you are the one pulling away",
        'id="why"',
        "What we could not know</h2>",
        "How this was made</h2>",
        "The two lists",
        "Questions to take to a counsellor",
        "<footer>",
    )


def test_the_step_is_the_first_advice() -> None:
    page = report.html(samples.unusual_quiet())
    step = page[page.index('class="step"') : page.index('id="curve"')]
    assert samples.WAITING.text in step


def test_where_the_step_only_says_to_sleep_the_next_one_stands_below_it() -> None:
    night = replace(samples.WAITING, id=NOT_TONIGHT, title="Not tonight", text="Lie down.")
    for advice, seen in (((night, *samples.ADVICE), True), ((samples.WAITING, *samples.ADVICE), False)):
        page = report.html(samples.reading(advice=advice))
        step = page[page.index('class="step"') : page.index('class="afraid"')]
        assert ('class="tonight"' in step) is seen
        assert ("By daylight" in step) is seen
        assert step.count("<b>") == 1 + seen
    # What is for the other voice does not stand there.
    alone = report.html(samples.reading(advice=(night, *samples.ADVICE[3:])))
    assert "By daylight" not in alone


def test_help_is_in_view_on_an_ordinary_page() -> None:
    page = report.html(samples.unusual_quiet())
    assert in_order(page, "One step now", "Afraid, or in danger:", 'href="#help"', "At a glance", 'id="help"')
    assert "Afraid, or in danger" not in report.html(samples.urgent())


def test_the_page_says_whose_it_is_unless_someone_may_be_in_danger() -> None:
    assert "A reading for Jo, with Sam</p>" in report.html(samples.unusual_quiet())
    assert "A reading for Person A, with Person B</p>" in report.html(samples.unusual_quiet(), alias=True)
    base = samples.unusual_quiet()
    nobody = replace(base, people=tuple(replace(p, me=False) for p in base.people))
    assert "A reading of Jo and Sam</p>" in report.html(nobody)
    assert "A reading</p>" in report.html(samples.urgent())
    assert "A reading</p>" in report.html(samples.from_answers())


def test_a_usual_silence_beside_an_answer_about_something_else_comes_second() -> None:
    base = samples.unusual_quiet()
    said = Finding("present_silence", "b", "Sam has been quiet for 4 hours, which is usual.")
    quiet = (base.silence[0], samples.silence("b", 4.0, "usual", 2))
    answer = replace(base.answer, now="Sam has almost certainly been more distant since Friday.")
    reading = replace(base, silence=quiet, answer=answer, findings=(said, *base.findings))
    page = report.html(reading)
    assert page.index('id="ribbon"') < page.index('id="curve"')
    assert "silence now" not in page
    assert said.words not in page
    assert 'href="#why-1">point 1</a>' in page
    told = report.html(replace(reading, answer=replace(answer, now="Sam has been quiet for 4 hours.")))
    assert told.index('id="curve"') < told.index('id="ribbon"')
    assert "silence now" in told
    assert said.words in told


def test_what_is_certain_of_a_silence_stands_first() -> None:
    page = report.html(samples.concerning())
    assert "No message from Sam since 9 September. Almost certainly, Sam has been withdrawing" in page
    assert "Sam: no message since 9 September; almost certainly distant since 9 September" in page
    assert "No message from Sam since" not in report.html(samples.unusual_quiet())


def test_five_years_stay_small() -> None:
    assert len(report.html(samples.three_years(5)).encode()) < 300_000


@pytest.mark.parametrize("sample", [samples.urgent, samples.look])
def test_safety_comes_before_the_answer(sample) -> None:
    reading = sample()
    page = report.html(reading)
    assert in_order(page, reading.safety.shown.split("\n")[0], reading.answer.now)


def test_in_danger_nothing_speaks_of_distance_as_something_to_settle() -> None:
    page = report.html(samples.urgent())
    words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL).lower()
    for word in ("space", "patience", "patient", "wait", "settling", "room", "together"):
        assert word not in words.split("how this was made")[0], word
    assert "two people can read it together" not in words


def test_in_danger_nothing_is_weighed() -> None:
    page = report.html(samples.urgent())
    assert "<svg" not in page
    assert "quiet spells" not in page.split("How this was made")[0]
    assert "What more messages would show" not in page


def test_marks_have_words_for_those_who_do_not_see_them() -> None:
    page = report.html(samples.unusual_quiet())
    assert (
        '<span class="sign" aria-hidden="true">●</span><span class="unseen">Met: </span>Need for space was said' in page
    )
    assert '<span class="sign" aria-hidden="true">○</span><span class="unseen">Not met: </span>Full silence' in page
    assert '<span class="sign" aria-hidden="true">–</span><span class="unseen">Not knowable: </span>Resolves' in page


def test_too_little_data_is_answered_kindly() -> None:
    page = report.html(samples.too_little())
    assert "What more messages would show" in page
    assert "One step now" in page
    assert "<svg" not in page
    assert "episode" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL).split("How this was made")[0]


def test_no_episode_is_good_news_in_plain_words() -> None:
    assert "No episode stands out</h2>" in report.html(samples.usual_quiet())


def test_an_unusual_silence_is_not_called_nothing_beside_no_episode() -> None:
    usual = samples.usual_quiet()
    quiet = tuple(replace(s, word="unusual") for s in usual.silence)
    page = report.html(replace(usual, silence=quiet))
    assert "No episode stands out before this silence</h2>" in page
    assert "Until then nobody kept away" in page
    own = tuple(replace(s, word="unusual" if s.person == "a" else "usual") for s in usual.silence)
    assert "No episode stands out</h2>" in report.html(replace(usual, silence=own))


def test_no_episode_leaves_room_for_the_quiet_after_quarrels() -> None:
    usual = samples.usual_quiet()
    words = "After sharp words on 4 February and 26 February Sam was quiet for 6 and 7 days."
    page = report.html(replace(usual, findings=(*usual.findings, Finding("quiet_after_quarrels", "b", words))))
    assert "the quiet after sharp words is told by itself" in page
    assert "the quiet after sharp words is told by itself" not in report.html(usual)


def test_an_episode_that_still_runs_is_not_called_an_earlier_one() -> None:
    reading = samples.three_years()
    assert "Earlier episodes</h2>" in report.html(reading)
    first, *rest = sorted(reading.episodes, key=lambda e: e.episode.start)
    running = replace(first, episode=replace(first.episode, end=None, return_=None))
    assert "Other episodes</h2>" in report.html(replace(reading, episodes=(running, *rest)))


def test_numbers_show_no_message_at_all() -> None:
    conversation = talk()
    reading, first = told(conversation)
    page = report.html(reading, quotes={first: SECRET}, talk=conversation)
    assert "kettle" not in page
    assert "18:40" not in page.replace("on Thursday, 18:40", "")


def test_paraphrase_describes_by_kind_and_time() -> None:
    conversation = talk()
    reading, first = told(conversation)
    page = report.html(reading, level="paraphrase", quotes={first: SECRET}, talk=conversation)
    assert "A message from Sam on Thursday 25 September, 18:40 that asked for room" in page
    assert "kettle" not in page


def test_quotes_show_what_was_chosen_and_escape_it() -> None:
    conversation = talk()
    reading, first = told(conversation)
    page = report.html(reading, level="quotes", quotes={first: SECRET}, talk=conversation)
    assert "the blue kettle &lt;i&gt;sings&lt;/i&gt;" in page
    bare = report.html(reading, level="quotes", quotes={first: SECRET})
    assert "the blue kettle &lt;i&gt;sings&lt;/i&gt;" in bare
    assert "kettle" not in report.html(reading, level="quotes", talk=conversation)


def test_what_a_safety_sign_rests_on_is_never_shown() -> None:
    page = report.html(samples.urgent(), level="quotes", quotes={"e9": SECRET})
    assert "kettle" not in page


def test_an_unknown_level_says_what_to_use() -> None:
    with pytest.raises(BadSetting, match="numbers, paraphrase and quotes"):
        report.html(samples.unusual_quiet(), level="all")  # type: ignore[arg-type]


@pytest.mark.parametrize("sample", samples.ALL.values(), ids=samples.ALL)
def test_an_alias_leaves_no_name(sample) -> None:
    reading = sample()
    first, second = (p.name for p in reading.people)
    page = report.html(
        reading, alias=True, level="quotes", quotes={"e1": f"{second.lower()}, it is me, {first.upper()}"}
    )
    text = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "Person B" in page or not reading.episodes or reading.safety.level == "urgent"
    for name in ("Sam", "Jo", "Featherstonehaugh", "Wolkenstein", "Hara", "alert", "נועה", "سلمى"):
        assert not re.search(rf"(?<!\w){name}(?!\w)", text, flags=re.IGNORECASE), name


def test_names_that_are_markup_stay_text() -> None:
    page = report.html(samples.hostile_names())
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    Outline(page)


def test_a_file_name_is_never_shown() -> None:
    assert "chat.txt" not in report.html(samples.unusual_quiet())


def test_gaps_and_an_assumed_zone_are_said() -> None:
    page = report.html(samples.concerning())
    assert "The record has 1 gap (15 days); these count as not known, not as quiet." in page
    assert "assumed, since the export does not state it" in page


def test_each_earlier_episode_opens_on_request() -> None:
    page = report.html(samples.three_years())
    listed = page[page.index('id="earlier"') :].split("</section>")[0]
    assert listed.count('<details class="episode">') == 13
    assert listed.count("Speaks for settling alone") == 13


@pytest.mark.parametrize(
    ("kept", "hours", "words"),
    [(0.0, 96.0, "no message from Sam"), (0.03, 31.0, "very few of Sam’s usual messages"),
     (0.11, 31.0, "about a tenth of Sam’s usual messages"), (0.9, 12.0, "as many messages from Sam as usual")],
)  # fmt: skip
def test_contact_is_told_as_a_share_of_the_usual(kept: float, hours: float, words: str) -> None:
    episode = replace(
        samples.unusual_quiet().episodes[-1].episode, days=4, contact_kept=kept, longest_silence_hours=hours
    )
    assert contact(episode, "Sam") == words
    assert contact(episode, "you") == words.replace("Sam’s", "your").replace("Sam", "you")


def test_the_one_who_tells_of_their_own_distance_is_spoken_to() -> None:
    answers = {"voice": "withdrawing", "since_days": 9, "contact": "less"}
    told = analysis.intake(answers, datetime(2026, 5, 15, 22, tzinfo=UTC))
    said = course(told.episodes[0].episode, names_of(told, alias=False))
    assert said == "As it was told, you have been withdrawing since 6 May 2026, 9 days so far."


def test_the_reader_is_spoken_to_in_the_facts_of_an_episode_too() -> None:
    names = names_of(samples.unusual_quiet(), alias=False)
    own = samples.unusual_quiet().episodes[2].episode
    assert course(own, names) == (
        "Almost certainly, you withdrew on 10 July and were back on 15 July 2025 (5\u00a0days)."
    )
    assert dict(facts(own, names, "b"))["Meanwhile"] == "Sam wrote four times without an answer"


def test_a_silence_longer_than_its_episode_says_that_it_began_before() -> None:
    it = replace(samples.unusual_quiet().episodes[-1].episode, days=6, longest_silence_hours=160.0)
    assert longest(it) == "7 days, from the last message before it"
    assert longest(replace(it, longest_silence_hours=96.0)) == "4 days"
    assert longest(replace(it, longest_silence_hours=None)) == "cannot be told"


def test_messages_are_shown_once_in_an_episode_and_only_where_a_point_is_met() -> None:
    conversation = talk()
    reading, first = told(conversation)
    running = reading.episodes[-1]
    every = replace(running, criteria=tuple(replace(c, evidence=(first,)) for c in running.criteria))
    page = report.html(replace(reading, episodes=(every,)), level="quotes", quotes={first: SECRET}, talk=conversation)
    shown = page[page.index('id="episode"') : page.index('id="advice"')]
    assert shown.count("blue kettle") == 1
    met = [c for c in every.criteria if c.met and c.id not in TIMED]
    assert shown.count("The same message.") == len(met) == 1
    assert report.html(replace(reading, episodes=(every,))).count("Rests on 1 message.") >= len(met)


def test_what_else_could_explain_an_episode_is_said_once() -> None:
    general = ("Travel.", "Illness.")
    base = samples.unusual_quiet()
    reading = replace(
        base,
        episodes=tuple(
            replace(e, other_explanations=(*general, "A family visit.")[i % 2 :]) for i, e in enumerate(base.episodes)
        ),
        findings=(Finding("running_episode", "b", "Sam is distant.", {}, (), general),),
    )
    page = report.html(reading)
    assert page.count("Illness.") == 1
    assert page.count("Travel.") == 2
    assert page.count('href="#else"') == 4


def test_links_lead_to_the_point_itself() -> None:
    page = report.html(samples.unusual_quiet())
    advice = page[page.index('id="advice"') : page.index('id="why"')]
    assert 'href="#why-1">point 1</a>, <a class="point" href="#why-2">point 2</a>' in advice
    assert page.index('id="why-2"') < page.index("Two earlier episodes ended") < page.index('id="why-3"')
    step = page[page.index('class="step"') : page.index('class="glance"')]
    assert 'href="#advice-1"' in step
    assert page.index('id="advice-1"') < page.rindex(samples.WAITING.title) < page.index('id="advice-2"')


def test_a_long_page_lists_its_parts_and_a_short_one_does_not() -> None:
    page = report.html(samples.in_full())
    listed = re.findall(r'href="#(\w+)"', page[page.index('class="contents"') : page.index("</nav>")])
    assert listed == [
        *("ribbon", "episode", "earlier", "signs", "reasons", "advice", "why", "limits", "method", "questions")
    ]
    assert 'class="contents"' not in report.html(samples.too_little())
    assert 'class="contents"' not in report.html(samples.urgent())


def test_headings_tell_whose_episode_each_list_belongs_to() -> None:
    page = report.html(samples.unusual_quiet())
    earlier = page[page.index('id="earlier"') : page.index('id="advice"')]
    levels = re.findall(r"<h([34])[ >]", earlier)
    assert levels == ["3", "4", "4"] * 3
    assert "<h1" in page
    assert page.index("<h1") < page.index(samples.unusual_quiet().answer.now) < page.index("</h1>")


def test_tables_are_named_and_their_groups_are_headings() -> None:
    page = report.html(samples.in_full())
    named = re.findall(r'<table aria-labelledby="([\w-]+)"', page)
    assert len(named) == page.count("<table") == 4
    assert all(page.count(f'<summary id="{n}"') == 1 for n in named)
    assert page.count('<th scope="rowgroup" colspan="3"') == 3
    assert page.count('<th scope="rowgroup" colspan="5"') == 2
