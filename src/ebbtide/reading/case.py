"""Case: what is known of the one in question when reasons are weighed, and what can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec import structs

from ebbtide.episodes import Episode
from ebbtide.reading.criteria import TWO_WEEKS_DAYS, is_blackout
from ebbtide.reading.findings import about
from ebbtide.reading.phrases import Named, listed
from ebbtide.reading.present import named, present
from ebbtide.reading.spells import MANY_PRESSING, MANY_TURNS
from ebbtide.reading.types import EpisodeReading, Reading
from ebbtide.selfreport.checkins import TRIGGERS
from ebbtide.selfreport.intake import Before, Intake

#: What was asked so many days before a spell may have to do with it.
SHORTLY_DAYS = 7
UNSPOKEN = "After earlier spells no word about it was found."
UNSPOKEN_TOLD = "After earlier spells nothing was said about it, as you tell it."
#: What check-ins can note to have weighed, by the reason it speaks for.
NOTED = {
    "outside_stress": ("work", "money", "health", "illness", "family", "family_upheaval", "exhaustion"),
    "shame": ("feeling_useless", "partners_success"),
    "conflict": ("conflict",),
    "closeness_alarm": ("intimate_moment",),
    "commitment": ("talk_of_commitment",),
}


@dataclass(frozen=True, slots=True)
class Case:
    """What is known: the reading, the person in question, the spell that matters, and the answers of an intake."""

    reading: Reading
    who: Named
    partner: Named
    spell: EpisodeReading | None
    earlier: tuple[EpisodeReading, ...]
    told: Intake


@dataclass(slots=True)
class Points:
    """What speaks for and against a reason, which so many points and more speak for."""

    for_: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    enough: float = 2

    def weigh(self) -> str:
        """The weight in words."""
        if not self.for_ and not self.against:
            return "cannot tell"
        if len(self.for_) >= self.enough and len(self.for_) > len(self.against):
            return "speaks for it"
        return "possible" if len(self.for_) >= max(1, len(self.against)) else "little speaks for it"


def case_of(reading: Reading) -> Case:
    """The case of a reading: whom it is about now."""
    now = present(reading)
    who, partner = named(reading, now.who), named(reading, now.partner)
    told = reading.intake or Intake()
    if told.before.times == 0:
        # What has never been has not ended in any way.
        told = structs.replace(told, before=Before(times=0))
    return Case(reading, who, partner, now.spell, now.earlier, told)


def wrote_on(episode: Episode | None) -> bool:
    """Whether messages show that the other wrote on into a spell without an answer, or pressed for one."""
    if episode is None:
        return False
    return (episode.unanswered_turns or 0) >= MANY_TURNS or (episode.pressing_messages or 0) >= MANY_PRESSING


def followed_up(case: Case) -> bool:
    """Whether the other wrote again, or wrote many messages at once, since shortly before the spell at hand."""
    now = present(case.reading)
    if case.spell is None:
        return False
    since = (now.today - case.spell.episode.start).days
    # What is written into a full silence is no reason of it.
    first = since if is_blackout(case.spell.episode) else 0
    return any(
        f.key in ("flood", "double_text")
        and f.about == now.partner
        and first <= f.numbers["days_ago"] <= since + SHORTLY_DAYS
        for f in case.reading.findings
    )


def shares_home(case: Case) -> bool:
    """Whether the two share a home, as read or told."""
    return case.told.living == "together" or case.reading.tells("living_together")


def said_by(case: Case, key: str) -> list[str]:
    """The findings with this key about the one in question, in words."""
    return [f.words for f in about(case.reading, present(case.reading).who, key)]


def noted(case: Case, reason: str) -> list[str]:
    """What check-ins note for this reason to have weighed about then, as one sentence; empty if nothing."""
    of_it = {TRIGGERS[id_] for id_ in NOTED[reason]}
    named = [words for words in case.spell.weighed if words in of_it] if case.spell else []
    return [f"Check-ins from these days name {listed(named)}."] if named else []


def warm_returns(case: Case) -> int:
    """How many earlier spells ended warmly, and did not give way to the next within two weeks."""
    now = case.spell.episode.start if case.spell else None
    return sum(
        e.episode.return_ is not None
        and e.episode.return_.warmth == "warm"
        and (now is None or (now - e.episode.return_.date).days > TWO_WEEKS_DAYS)
        for e in case.earlier
    )


def unspoken(case: Case) -> list[str]:
    """That after earlier spells nothing was said about them, as read or told, if so."""
    if case.reading.tells("unspoken_returns") and not case.reading.told_only:
        return [UNSPOKEN]
    return [UNSPOKEN_TOLD] if case.told.before.ended == "unacknowledged" else []


def keeps_some_contact(case: Case) -> bool:
    """Whether the criterion of contact is met in the spell at hand."""
    return case.spell is not None and any(c.id == "some_contact" and c.met for c in case.spell.criteria)


def goes_on(case: Case) -> bool:
    """Whether the distance lasts."""
    return case.reading.told_only or (case.spell is not None and case.spell.episode.end is None)


def silent(case: Case) -> bool:
    """Whether there is no contact at all: not a word, which exhaustion alone rarely comes to."""
    episode = case.spell.episode if case.spell else None
    return case.told.contact == "none" or (episode is not None and episode.end is None and episode.contact_kept == 0)


def signs_of(case: Case) -> set[str]:
    """Signs that are there more than usual, in messages, check-ins or answers."""
    now = present(case.reading)
    seen = {s.id for s in case.reading.signs if s.direction == "more" and s.person == now.who}
    return seen | set(case.told.signs)
