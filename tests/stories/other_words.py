"""Some of the stories again in other words, and two at once: nothing may hang on the sentences of stories.py."""

from __future__ import annotations

from collections.abc import Mapping

from tests.stories.background import SEED, Names, Told, background, told
from tests.stories.stories import Story


def few_days_to_myself(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """2: a few days alone, with a dinner agreed."""
    lines = """
    -7 21:00 them hey. can i have a few days to myself pls. my head is full. nothing you did
    -7 21:04 me ok. thank you for saying. shall we still do dinner on friday?
    -7 21:10 them yes friday 7pm, promise
    -5 13:00 them alive. working through stuff x
    -5 13:20 me good x
    -3 19:00 me saw your favourite dog in the park
    -3 22:40 them haha hello to him
    -1 18:00 them friday still on, i'm looking forward to it
    -1 18:09 me me too
    """
    return told(names, swapped, lines, now=(12, 0), own_days=[(-7, 0)], around=background(seed=seed))


def client_gone(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """5: a client gone, the rent of the studio, and "like a ghost"."""
    lines = """
    -10 20:00 them My biggest client pulled out. I don't know how to pay the rent on the studio
    -10 20:09 me That sounds frightening
    -10 20:12 them I'll be quiet for a bit while I sort it. Not about you
    -8 17:00 me I left some soup at your door
    -8 23:00 them Thank you for the soup. You are kind
    -6 18:00 me Walked by the canal
    -5 22:00 them The tax office called too. I owe them three thousand. I am so ashamed
    -5 22:05 me I am here
    -3 17:30 me Good evening
    -2 22:30 them Sorry I'm like a ghost. Working on the money
    -2 22:32 me Take care of you
    """
    return told(names, swapped, lines, now=(9, 0), own_days=[(-10, 0)], around=background(seed=seed))


def let_go(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """7: let go from work, not believed, smothered, and sorry many times."""
    lines = """
    -11 19:30 them The firm let forty people go and I am one of them. I cannot cover the mortgage
    -11 19:40 me Why do I only hear this now? I think you are lying to me
    -11 20:00 them I was ashamed. It is true
    -10 09:00 me I need you to show me the letter. Today
    -10 13:00 me Why do you not reply?
    -10 19:00 me You owe me the truth, answer me
    -9 18:30 them I feel smothered. I need air. Leave me be for some days
    -9 18:31 me Forgive me. I am sorry
    -9 21:00 me I am sorry that I did not believe you
    -8 08:00 me I am so sorry, please
    -8 18:00 me I am ashamed of how I spoke. Sorry
    -7 12:00 me Sorry. Are you still angry?
    -6 22:00 them I read them all
    -5 19:00 me Do you still love me? I need to know
    -3 20:00 me I am sorry. I miss you
    -1 22:00 them Job centre tomorrow. Good night
    """
    return told(names, swapped, lines, now=(9, 0), own_days=[(-11, 0)], around=background(seed=seed))


def only_at_night(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """19: no question back, calls that ring out, and a bed needed at midnight."""
    lines = """
    -9 18:30 me hey, how was the interview?
    -9 21:00 them ok
    -8 19:00 me (missed call)
    -7 12:00 me lunch on saturday?
    -6 19:30 me (missed call)
    -5 18:00 me i have the results tomorrow, bit nervous
    -4 20:00 me (missed call)
    -3 23:30 them had a row with my brother. u up? can i crash at yours
    -3 23:31 me yes come
    -2 10:00 me you left your scarf
    -1 19:00 me how are you today?
    """
    around = background(seed=seed, them_starts=0.1)
    return told(names, swapped, lines, now=(18, 0), own_days=[(-9, 0)], around=around)


def kids_and_house(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """22: not together any more, with children and a house."""
    lines = """
    -25 20:00 them now that we're not together anymore i think we should only write about the kids and the house
    -25 20:15 me agreed
    -18 08:00 me can you take the kids on saturday?
    -18 08:30 them yes from ten
    -11 18:00 them the gas man comes on friday
    -11 18:20 me ok i'll be out
    -4 17:00 me school play is on thursday at six
    -4 17:30 them i'll sit at the back
    """
    return told(names, swapped, lines, now=(12, 0), own_days=[(-25, 0)], around=background(seed=seed))


def decided(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """16: love has ended, and the decision is final."""
    lines = """
    -12 19:00 them this is hard to write. i don't love you anymore. i'm ending things with you and my decision is final
    -12 19:10 me how can i make it right
    -9 19:00 me i've stopped drinking
    -5 19:00 me please give me a chance
    """
    return told(names, swapped, lines, now=(18, 0), own_days=[(-12, 0)], around=background(seed=seed))


def trouble_and_many_messages(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """5 and 6 at once: a job is lost, and the other calls and asks every day."""
    lines = """
    -7 19:00 them lost my job today. can't talk
    -7 19:02 me what? call me
    -6 08:00 me call me please
    -6 12:00 me why don't you answer
    -6 18:00 me talk to me. i'm your partner
    -5 09:00 me please answer me
    -5 20:00 me are you ignoring me?
    -4 10:00 me i need to hear from you
    -4 21:00 them i can't right now
    -3 09:00 me answer me. please
    -2 19:00 me hello?
    -1 20:00 me are you there
    """
    return told(names, swapped, lines, now=(11, 0), own_days=[(-7, 0)], around=background(seed=seed))


def parted_and_in_trouble(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """22 and 5 at once: parted, a job lost, and the rent still shared."""
    lines = """
    -28 20:00 them We have split up and that's how it stays. I lost my job and I need to put my head down
    -28 20:10 me Understood
    -20 10:00 me The rent is due on Friday
    -20 10:20 them Paid my half
    -9 10:00 them I come by for the mail on Sunday
    -9 10:10 me Fine
    """
    return told(names, swapped, lines, now=(11, 0), own_days=[(-28, 0)], around=background(seed=seed))


OTHER_WORDS: Mapping[str, Story] = {
    "2": few_days_to_myself,
    "5": client_gone,
    "7": let_go,
    "16": decided,
    "19": only_at_night,
    "22": kids_and_house,
    "5+6": trouble_and_many_messages,
    "22+5": parted_and_in_trouble,
}
