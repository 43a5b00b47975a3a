"""Returns: the test of S9. Where the other left room, did contact come back, and how warm? Counts, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ebbtide.episodes import Episode
from ebbtide.reading.phrases import Named, in_words, lasting_days, listed, range_of_days, strength, times

#: With fewer spells than this, in which room was left and which ended, nothing is concluded.
FEWEST_SPELLS = 3


@dataclass(frozen=True, slots=True)
class ReturnTest:
    """One person's spells that have ended: how many, in how many the other left room, and how these ended."""

    ended: int
    with_room: int
    warm: int
    usual: int
    flat: int

    @property
    def enough(self) -> bool:
        """Whether there are enough spells with room left to say what followed."""
        return self.with_room >= FEWEST_SPELLS

    @property
    def chance_of_warmth(self) -> float:
        """The chance that the next such spell ends warmly, by the rule of succession."""
        return (self.warm + 1) / (self.with_room + 2)

    @property
    def numbers(self) -> dict[str, float]:
        """The counts as the numbers of a finding."""
        return {name: float(value) for name, value in asdict(self).items()}


def return_test(spells: Sequence[Episode]) -> ReturnTest:
    """The return test over one person's spells; those that still run are left out."""
    ended = [e for e in spells if e.end is not None]
    with_room = [e for e in ended if e.space_given]
    warmth = [e.return_.warmth for e in with_room if e.return_ is not None]
    return ReturnTest(len(ended), len(with_room), *(warmth.count(w) for w in ("warm", "usual", "flat")))


def earlier_in_words(ended: Sequence[Episode], who: Named) -> str:
    """How many spells have ended, how long they took, and how many ended with a warm return."""
    warm = sum(e.return_ is not None and e.return_.warmth == "warm" for e in ended)
    took = took_words(ended)
    if len(ended) == 1:
        ending = "ended with a warm return" if warm else "then ended"
        return f"{who.first_whose} one earlier spell of distance lasted {took} and {ending}."
    all_ended = "both ended" if len(ended) == 2 else "all ended"
    ending = all_ended if not warm else f"{all_ended}, {in_words(warm)} with a warm return"
    if warm == len(ended):
        ending = "each ended with a warm return"
    return f"{who.first_whose} {in_words(len(ended))} earlier spells of distance lasted {took}; {ending}."


def room_in_words(test: ReturnTest, partner: Named) -> str:
    """What followed where the partner left room, with how sure that is."""
    if not test.enough:
        leaves = partner.verb("leaves", "leave")
        so_far = f"there {'is' if test.with_room == 1 else 'are'} {in_words(test.with_room)}"
        known = so_far if test.with_room else "none is known"
        return (
            f"It is too early to tell what follows when {partner} {leaves} room. "
            f"That takes three such spells that have ended; so far {known}."
        )
    found = ((test.warm, "warm"), (test.usual, "as usual"), (test.flat, "flat"))
    followed = [f"{times(n)} {what}" for n, what in found if n]
    came = f"contact came back {listed(followed)}" if followed else "how contact came back cannot be told"
    return f"{partner.first} left room in {in_words(test.with_room)} spells that ended; {came}. {outlook(test)}"


def outlook(test: ReturnTest) -> str:
    """What the counts allow for the next time; never the end of anything."""
    word = strength(test.chance_of_warmth)
    if word == "too early to tell":
        return (
            "A warm return has been rare. Counts cannot tell slow settling from fading; "
            "an open question, when things are calm, can."
        )
    return f"If it goes on like that, the next such spell will {word} end with a warm return."


def unspoken_in_words(unspoken: Sequence[Episode]) -> str:
    """That earlier spells ended without a word about them."""
    took = took_words(unspoken)
    if len(unspoken) == 1:
        return f"One earlier spell of distance, of {took}, ended without a word about it."
    return f"{in_words(len(unspoken)).capitalize()} earlier spells, of {took}, ended without a word about them."


def took_words(spells: Sequence[Episode]) -> str:
    """How long spells took: two by name, more as a range."""
    if len(spells) == 2 and spells[0].days != spells[1].days:
        one, other = (lasting_days(e.days) for e in spells)
        amount, _, unit = one.partition(" ")
        return f"{amount if other.endswith(unit) else one} and {other}"
    return range_of_days([e.days for e in spells])
