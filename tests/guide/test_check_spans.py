"""Rules for spans: what they must mark and what they must not, in whatever typing, and the words they come with."""

from __future__ import annotations

import re

import pytest

from ebbtide.errors import PackInvalid
from ebbtide.guide.check import check
from ebbtide.guide.check.flags import readable
from ebbtide.guide.check.pack import HELP, LOOKED_FOR
from ebbtide.guide.check.spans import SpanRule, folded, marked, packaged_spans, read_spans
from ebbtide.reading import Voice
from tests.guide.made_judge import Made
from tests.guide.talks import written
from tests.reading.wording import forbidden, reading_grade, restraint

RULES = packaged_spans()
GOOD = """
[[span]]
id = "made"
label = "demand"
pattern = ['\\banswer_me\\b', '\\bdon~t_wait\\b']
unless = ['\\banswer_me_this\\b']
why = "This is an order to {name}."
rewrites = ["One.", "Two, on {day}."]
source = "A made-up source"
grade = "clinical"
hits = ["answer me", "ANSWER  me now", "please, answer me"]
misses = ["answer", "me", "answer them"]
"""


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
class TestEachRule:
    def test_it_marks_every_hit_and_no_miss(self, rule: SpanRule) -> None:
        assert [hit for hit in rule.hits if not rule.places(hit)] == []
        assert [miss for miss in rule.misses if rule.places(miss)] == []

    def test_it_does_not_hang_on_typing(self, rule: SpanRule) -> None:
        for hit in rule.hits:
            for typed in (hit.upper(), hit.replace("'", "’"), hit.replace("'", ""), hit.replace(" ", "  ")):
                assert rule.places(typed), typed

    def test_its_place_is_inside_the_text_and_holds_words(self, rule: SpanRule) -> None:
        for hit in rule.hits:
            for start, end in rule.places(f"  {hit} 😭"):
                assert 2 <= start < end <= len(hit) + 4
                assert f"  {hit} 😭"[start:end].strip() == f"  {hit} 😭"[start:end]

    def test_its_words_blame_nobody_and_are_easy(self, rule: SpanRule) -> None:
        filled = {"name": "Sam", "Name": "Sam", "day": "Friday"}
        texts = [t.format(**filled) for t in (rule.why, *rule.rewrites)]
        assert [forbidden(t) for t in texts if forbidden(t)] == []
        for text in texts:
            assert reading_grade(text) <= 8
            assert len(text.split()) <= 45
            assert not re.search(r"[!\"']", text)
        for wording in texts[1:]:
            assert re.search(r"\b(?:I|I’m|I’d|I’ve|me|my|us)\b", wording)
            assert not re.search(r"\b(?:must|should|always|never|you make me)\b", wording)

    def test_none_of_its_wordings_would_be_flagged(self, rule: SpanRule) -> None:
        for wording in rule.rewrites:
            said = wording.format(day="Friday")
            assert readable(said)
            for voice in LOOKED_FOR:
                assert [f.label for f in check(said, voice=voice) if f.label != "space_request"] == []


SURE = [rule for rule in RULES if rule.counts == "sure"]
#: Conversations of the moments that rules are for.
PASTS = {
    "distance": written((8, "a", "morning"), (9, "b", "ok"), (20, "a", "night"), until=24 * 5),
    "apologised": written((8, "b", "ok"), (20, "a", "I’m so sorry"), (30, "a", "please forgive me"), until=40),
    "unanswered": written((8, "b", "ok"), (20, "a", "hi"), (30, "a", "morning"), (44, "a", "night"), until=60),
    "opened": written((90, "a", "hi"), (91, "b", "I feel far from you lately and it scares me. Can we talk about us?")),
    "unasked": written((90, "a", "hi"), (91, "b", "I feel so useless since the diagnosis. I cried in the car again")),
    "room": written((8, "a", "morning"), (20, "b", "I need some space for a few days"), until=40),
}


@pytest.mark.parametrize("rule", SURE, ids=lambda r: r.id)
class TestWhatIsSure:
    def test_it_is_shown_by_many_examples(self, rule: SpanRule) -> None:
        assert len(set(rule.hits)) >= 5
        assert len(set(rule.misses)) >= 5

    def test_each_hit_is_told_in_a_voice_that_looks_for_it(self, rule: SpanRule) -> None:
        voices = [voice for voice, labels in LOOKED_FOR.items() if rule.label in labels]
        past = None if rule.during == "any" else PASTS[rule.during]
        told = {
            (hit, voice): check(hit, voice=voice, talk=past) for hit in rule.hits for voice in voices if readable(hit)
        }
        assert [at for at, found in told.items() if not found] == []

    def test_in_its_moment_none_of_its_wordings_would_be_flagged(self, rule: SpanRule) -> None:
        # One more line is one more line in whatever words, so of that moment there is no such wording.
        if rule.during not in ("any", "unanswered"):
            said = [wording.format(day="Friday") for wording in rule.rewrites]
            assert [words for words in said if check(words, talk=PASTS[rule.during])] == []

    def test_its_reason_is_one_sentence(self, rule: SpanRule) -> None:
        assert len(re.findall(r"[.?](?:\s|$)", rule.why)) == 1
        assert all(len(re.findall(r"[.?](?:\s|$)", words)) <= 3 for words in rule.rewrites)
        assert len(set(rule.rewrites)) == 2


#: For each way to say it, drafts as people type them; the first label is told.
TOLD = [
    ("waiting", "criticism", "after everything ive given up for you"),
    ("waiting", "criticism", "you would have rung if you really cared about us"),
    ("waiting", "criticism", "im in bits because of you"),
    ("waiting", "criticism", "everything was grand until you shut down"),
    ("waiting", "criticism", "why can’t you be more like your brother"),
    ("waiting", "criticism", "ur only doing this to hurt me"),
    ("waiting", "contempt", "nice to see u have time for tiktok"),
    ("waiting", "contempt", "how nice of you to finally reply"),
    ("waiting", "curt", "ok. forget i asked"),
    ("waiting", "curt", "never mind ill do it myself like always"),
    ("waiting", "pursuit", "u were active 20 mins ago"),
    ("waiting", "pursuit", "i asked your brother if you were ok cos you wont answer"),
    ("waiting", "ultimatum", "maybe ill find someone who actually listens to me"),
    ("waiting", "ultimatum", "keep this up and you’ll lose me"),
    ("withdrawing", "deflection", "im not having this conversation"),
    ("withdrawing", "deflection", "can we not have one night without a row"),
    ("withdrawing", "defensiveness", "you’re making a big deal out of nothing"),
    ("withdrawing", "defensiveness", "there, i said sorry, happy now?"),
    ("withdrawing", "space_request", "dont message me again"),
    ("withdrawing", "space_request", "going out. dont wait up"),
]


@pytest.mark.parametrize(("voice", "label", "text"), TOLD)
def test_what_carries_a_move_in_plain_words_is_told(voice: Voice, label: str, text: str) -> None:
    assert label in [f.label for f in check(text, voice=voice)]


#: Words that come close and carry nothing.
UNTOLD = """
after all that I'm done in, bed x
because of you I had the best day
you have time for a shower before we go
my ex is picking up the kids at 5
asked your mum what you want for your birthday
I've called the bank ten times today
congrats on finally passing!!
never mind, found it
I'll talk to the solicitor about the deeds
glad to know you're home safe
it's your fault I'm smiling
I'm not doing dinner tonight, takeaway?
calm down, we've loads of time till the train
don't wait up, back about one, love you
I can't do this crossword
don't start the film without me
I work till nine, what do you want from the chipper
sorry if I woke you
are you happy now with the colour
I'm taking the kids to my mum's on Sunday
text me when you get to work x
I drove past yours, saw the new door
""".strip().splitlines()


@pytest.mark.parametrize("voice", LOOKED_FOR)
@pytest.mark.parametrize("text", UNTOLD)
def test_what_only_comes_close_is_not_told(voice: Voice, text: str) -> None:
    assert check(text, voice=voice) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("PICK UP THE BLOODY PHONE", r"\b(?:ring|call)\b"),
        ("just tell me yes or no do you still want this", r"\?"),
        ("You clearly dont love me anymore just say it", r"feel|afraid"),
        ("I work 60 hours a week, what more do you want from me", r"\bwork\b"),
    ],
)
def test_what_is_asked_or_feared_is_kept(text: str, kept: str) -> None:
    for voice, labels in LOOKED_FOR.items():
        for found in check(text, voice=voice)[:1]:
            assert found.label in labels
            assert all(re.search(kept, words) for words in found.rewrites)


def test_a_joke_that_hurt_is_owned_by_the_one_who_made_it() -> None:
    (found,) = check("You’re being too sensitive, it was a joke", voice="withdrawing")
    assert all("I’m sorry" in words for words in found.rewrites)


@pytest.mark.parametrize(
    "text",
    [
        "if you dont answer you wont see the kids",
        "Ignore me again and everyone gets to see those pictures",
        "I drove past yours and the lights were on so I know your in",
        "From now on you text me when you get to work, at lunch and when you leave. No excuses.",
        "whats your password i want to check",
    ],
)
def test_harm_is_met_with_help_and_no_wording(text: str) -> None:
    (found,) = check(text)
    assert (found.label, found.rewrites) == ("control_threat", ())


def test_signs_of_harm_have_no_rule_and_every_other_move_has_one() -> None:
    assert {r.label for r in RULES} == {m for moves in LOOKED_FOR.values() for m in moves} - set(HELP)


def test_no_rule_asks_for_restraint_where_harm_is() -> None:
    assert not restraint(" ".join(r.why for r in RULES if r.label in HELP))


def test_a_text_folded_keeps_its_places() -> None:
    text = "İf YOU’RE Straße ß ﬁne ❤️"
    assert len(folded(text)) == len(text)


def test_the_longest_construction_inside_the_part_is_marked() -> None:
    text = "Dinner at six. You always leave early, you're so selfish about the house and the car"
    rule, (start, end) = marked("criticism", text, (15, len(text))) or (None, (0, 0))
    assert rule is not None
    assert text[start:end].startswith("You always leave")
    assert marked("criticism", text, (0, 14)) is None
    assert marked("repair", text, (0, len(text))) is None


def test_what_is_excused_is_not_marked_and_the_rest_is() -> None:
    (rule,) = read_spans(GOOD, "made.toml")
    assert rule.places("answer me this: red or blue?") == []
    assert rule.places("answer me this, and answer me") == [(20, 29)]
    assert rule.places("dont wait, don’t wait") == [(0, 9), (11, 21)]


def test_the_construction_gives_the_reason_and_the_topic_the_wording() -> None:
    (plain,) = check("You always do that", judge=Made().judge)
    assert "Always" in plain.why
    (about_plans,) = check("You always cancel", judge=Made().judge)
    assert about_plans.why == plain.why
    assert "plan" in " ".join(about_plans.rewrites)
    assert plain.rewrites != about_plans.rewrites


@pytest.mark.parametrize(
    ("change", "to", "what"),
    [
        ('id = "made"', "", "id is missing"),
        ('label = "demand"', 'label = "hurry"', "label has no hurry"),
        ('label = "demand"', 'label = "crisis"', "rewrites"),
        ('"One.", "Two, on {day}."', '"One."', "rewrites"),
        ("\\banswer_me\\b", "(", "cannot be read"),
        ("{name}", "{colour}", "Nothing fills"),
        ('"answer me", "ANSWER  me now", "please, answer me"', '"answer me"', "fewer than 3 hits"),
        ('"answer", "me", "answer them"', '"answer", "me"', "fewer than 3 misses"),
        ('grade = "clinical"', 'grade = "sure"', "grade has no sure"),
        ("[[span]]", "[[span", "cannot be read"),
    ],
)
def test_each_mistake_is_named_with_its_place(change: str, to: str, what: str) -> None:
    with pytest.raises(PackInvalid) as caught:
        read_spans(GOOD.replace(change, to), "made.toml")
    assert what in str(caught.value)
    assert "made.toml" in str(caught.value.where)


def test_an_id_used_twice_is_named() -> None:
    with pytest.raises(PackInvalid, match="used twice"):
        read_spans(GOOD + GOOD, "made.toml")


def test_a_marked_part_does_not_begin_with_the_end_of_a_sentence() -> None:
    draft = "Fine. Do what you want"
    shrug = next(rule for rule in packaged_spans() if rule.id == "span.curt.shrug")
    assert [draft[start:end] for start, end in shrug.places(draft)] == ["Do what you want"]


def test_a_first_sorry_may_come_after_many_lines_without_an_answer() -> None:
    late = "I'm sorry about last night, I was sharp with you"
    assert check(late, talk=PASTS["unanswered"]) == []
    assert [f.label for f in check("hey, thinking of you", talk=PASTS["unanswered"])] == ["pursuit"]


@pytest.mark.parametrize("voice", LOOKED_FOR)
def test_a_remedy_for_somebody_who_asked_for_none_is_told_in_either_voice(voice: Voice) -> None:
    opening = "I feel so useless since the diagnosis. I cried in the car"
    told, asked = (
        written((90, "a", "hi"), (91, "b", text)) for text in (opening, f"{opening}. What would you do in my place?")
    )
    remedy = "you should look for another doctor then"
    assert [f.label for f in check(remedy, voice=voice, talk=told)] == ["deflection"]
    assert check(remedy, voice=voice, talk=asked) == []
    assert check("I'm so sorry. You could ask Ines, she had it too", voice=voice, talk=told) == []
