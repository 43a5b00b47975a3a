"""The stories of S20 as conversations: months of an ordinary life, and then the story's own days word for word.

What a conversation cannot hold (a plan in the head, a life under one roof) is told as the conversation in which one
would be asking.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.stories.background import SEED, Names, Told, background, told

#: Who asks and about whom, whether it is person "b" who asks, and the seed of the background.
Story = Callable[[Names, bool, int], Told]


def no_good_morning(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """1: no good-morning text; it has been half a day."""
    lines = """
    -1 22:00 me Long day. I am going to bed
    -1 22:10 them Sleep well, my love. See you on Saturday
    0 08:30 me Good morning
    """
    return told(names, swapped, lines, now=(10, 10), own_days=[(0, 0)], around=background(seed=seed, them_wakes=10.0))


def asked_for_space(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """2: a week of quiet after space was asked for and a date to meet was agreed."""
    lines = """
    -8 19:30 them I need some space for a while. I need time to myself to think
    -8 19:34 me Thank you for telling me. Take the time you need
    -8 19:40 them Thank you. Can we meet next Saturday at eleven?
    -8 19:41 me Saturday at eleven is good. See you then
    -6 20:10 them Thinking of you. I am all right
    -6 20:15 me Good to hear
    -4 12:20 me I saw the herons at the lake today
    -4 21:15 them How nice
    -2 18:05 them Saturday still stands
    -2 18:20 me Good. See you there
    -1 21:30 them Off to bed. See you on Saturday
    """
    return told(names, swapped, lines, now=(11, 0), own_days=[(-8, 0)], around=background(seed=seed))


def two_weeks_no_word(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """3: two weeks, no word, no explanation."""
    lines = """
    -15 08:10 me Good morning. Tea is on
    -15 08:20 them Good morning
    -14 19:00 me How was your day?
    -9 18:30 me I hope you are all right
    """
    return told(names, swapped, lines, now=(18, 0), own_days=[(-15, 0)], around=background(seed=seed))


def gone_again(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """4: a month away, back with big promises and no word about it, and away again."""
    lines = """
    -48 19:00 me How was your day?
    -47 08:00 me Good morning
    -47 18:00 me How are you?
    -46 18:30 me The lilac is out
    -45 12:00 me Shall we cook tomorrow?
    -44 19:00 me Are you all right?
    -42 18:00 me I have not heard from you since Friday
    -41 20:00 me Your post is here
    -39 18:30 me Is anything wrong?
    -38 09:00 me The fair is on Sunday
    -36 19:00 me I am worried. Are you all right?
    -34 12:00 me The fair was fun
    -33 18:00 me How are you?
    -31 19:00 me I wonder how you are
    -29 08:30 me Good morning
    -27 18:00 me Rain all week here
    -24 19:30 me Are you well?
    -22 18:00 me I am at the lake
    -20 18:30 me Good evening
    -19 10:00 them We will have a house by the sea and a dog
    -19 10:05 me Hello. That is a surprise
    -19 10:10 them I will book us two weeks in Italy for September. The best hotel in town
    -19 10:20 me Italy sounds lovely
    -9 18:10 me What time on Sunday?
    -8 09:00 me Good morning
    -8 19:00 me Are you there?
    -6 18:00 me Are you coming on Sunday?
    -5 19:00 me Dinner is at seven on Sunday
    -3 12:00 me I kept you a plate
    -1 18:30 me How are you?
    """
    return told(
        names, swapped, lines, now=(17, 0), own_days=[(-48, -19), (-9, 0)], around=background(seed=seed, days=150)
    )


def work_and_money(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """5: work and money trouble, said and sorry for, and quiet in between."""
    lines = """
    -7 19:20 them Work is in real trouble. Two people were laid off, and the bank wants the loan back
    -7 19:30 me That is a lot. I am on your side
    -7 19:35 them I will not be able to write much this week. I am sorry
    -7 19:36 me That is all right
    -6 08:00 me Good morning. There is soup in the fridge for you
    -6 18:00 me I walked by the river
    -5 22:30 them Still at the office. Sorry that I am so quiet
    -5 22:35 me Thank you for telling me
    -4 18:30 me The herons are back
    -3 12:00 me I put the cake by your door
    -3 22:10 them Met the bank today. Tired. Thank you for the cake
    -3 22:15 me Well done for going
    -2 18:00 me The neighbour says hello
    -1 08:00 me Good morning
    -1 21:50 them Working late again tonight. Sorry. I think of you
    -1 21:58 me Sleep well
    """
    return told(names, swapped, lines, now=(10, 0), own_days=[(-7, 0)], around=background(seed=seed))


def thirty_messages(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """6: thirty messages in two days, answered ever less."""
    pleas = (
        "Why are you not answering me?", "Please answer me", "Are you there?", "What did I do?", "Talk to me now",
        "I can see that you are online", "Why do you ignore me?", "Just say something", "Answer me please",
        "Do you even care?", "Call me back", "I called you three times", "Why are you doing this to me?",
        "Please just write one word", "I need an answer today",
    )  # fmt: skip
    days = ((-2, 20), (-1, 40))
    many = "\n".join(f"{d} {hour:02d}:{m} me {plea}" for d, m in days for hour, plea in enumerate(pleas, start=7))
    lines = f"""
    -5 20:10 them Had a full day
    -5 20:15 me Tell me about it
    -5 20:40 them Later maybe
    -4 18:00 me Shall we talk tonight?
    -4 21:30 them Tired today
    -4 21:31 me Why are you so short with me?
    -3 12:00 me Why do you not write? Please answer me
    -3 17:00 me I need to know what is going on. Answer me
    -3 22:00 them I am fine
    {many}
    -2 22:30 them Please stop
    """
    return told(names, swapped, lines, now=(9, 0), own_days=[(-5, 0)], around=background(seed=seed))


def suffocating(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """7: money trouble that was named and not believed, holding on, "you are suffocating me", and many apologies."""
    lines = """
    -10 19:00 them I am in money trouble. I lost the contract and I cannot pay the rent this month
    -10 19:05 me I do not believe you. You are hiding something from me. Tell me the truth now
    -10 19:20 them It is the money and nothing else
    -9 09:00 me Why are you not answering? You owe me an answer
    -9 13:00 me Answer me. I need to know now
    -9 18:00 me Please talk to me. Why do you ignore me?
    -9 21:00 me You cannot just go silent. Answer me now
    -8 18:00 them You are suffocating me. I need some room for myself
    -8 18:02 me I am sorry. I am so sorry
    -7 09:00 me I am sorry that I pushed you
    -7 14:00 me I apologise for everything I said
    -7 20:00 me I am really sorry. It was my fault
    -6 10:00 me Sorry again. Please forgive me
    -6 21:00 them I read it
    -6 21:05 me Why do you not say more? Talk to me. I need an answer
    -5 11:00 me I am sorry. Please forgive me
    -4 20:00 them I have to sort out the rent
    -4 20:05 me Do you still want me? Tell me now
    -3 12:00 me I am sorry. I am so sorry
    -1 19:00 me Sorry. I said it all wrong
    -1 22:00 them Not tonight
    """
    return told(names, swapped, lines, now=(10, 0), own_days=[(-10, 0)], around=background(seed=seed))


def suffocating_the_other_way_round(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """8: the seventh with the parts exchanged: who asks bears the other name."""
    return suffocating((names[1], names[0]), not swapped, seed)


def ten_messages(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """9: early dating, ten messages in all."""
    lines = """
    -6 19:00 me Hi, it was nice to meet you
    -6 19:30 them You too. Thanks for the coffee
    -5 12:00 me Shall we go to the market on Sunday?
    -5 12:40 them Sunday is good
    -4 10:15 me At ten by the bridge?
    -4 10:20 them See you there
    -4 15:00 me That was fun
    -3 18:00 me How is your week?
    -3 20:00 them Busy. You?
    -3 20:20 me Same here. The market again on Sunday?
    """
    return told(names, swapped, lines, now=(18, 0), own_days=[], around=background(seed=seed).head(0))


def shared_home(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """10: few messages, because the two talk at home."""
    lines = """
    -3 17:20 me Can you get milk on the way home?
    -3 17:25 them Got it
    -2 08:40 me The plumber comes at four
    -1 17:50 them Home in ten. Do we need anything from the shop?
    -1 17:52 me Bread please
    """
    return told(names, swapped, lines, now=(16, 0), own_days=[(-3, 0)], around=background(seed=seed, at_home=True))


def shift_work(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """11: far apart and on shifts: it is night where the other lives."""
    around = background(seed=seed, far="Australia/Sydney")
    lines = """
    0 12:50 them Good night. Early shift tomorrow
    0 12:52 me Sleep well
    0 17:30 me The train is late again
    """
    return told(names, swapped, lines, now=(20, 0), own_days=[(0, 0)], around=around)


def control(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """12: the phone checked, others kept away, threats."""
    lines = """
    -6 21:00 them I went through your phone again. Who is that number?
    -6 21:05 me A colleague
    -6 21:06 them You are not allowed to see your sister any more
    -6 21:08 them If you leave me you will regret it. I will find you
    -6 21:10 me Please stop
    -2 20:00 me Can we talk?
    """
    return told(names, swapped, lines, now=(12, 0), own_days=[(-6, 0)], around=background(seed=seed))


def no_reason_to_go_on(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """13: depression named, and no reason to go on."""
    lines = """
    -5 22:00 them The depression is back
    -5 22:05 me I am here
    -4 23:00 them I want to die. I do not want to live any more. There is no reason to go on
    -4 23:02 me I am calling you
    -2 09:00 me Please pick up
    """
    return told(names, swapped, lines, now=(12, 0), own_days=[(-5, 0)], around=background(seed=seed))


def own_withdrawal(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """14: the one who went quiet asks about it."""
    lines = """
    -7 19:00 them How was your day?
    -6 19:00 them Shall we cook on Friday?
    -5 09:00 them Good morning
    -4 19:00 them I hope you are well
    -3 20:00 me Busy
    -3 20:01 them All right
    -1 18:00 them I miss you
    """
    return told(names, swapped, lines, now=(10, 0), own_days=[(-7, 0)], around=background(seed=seed))


def long_marriage(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """15: a long marriage; one carries work and debts alone, the other stopped talking."""
    notes = (
        ("The electricity bill is due. Can you pay half of it?", "No"),
        ("I paid the bins and the water bill from my wages again", "Ok"),
        ("The bank wrote about the debt. I cannot carry this alone", "Not now"),
        ("Can you pick up the kids from school?", "Yes"),
        ("Do we need anything from the shop?", "Milk"),
        ("We have talked about this so often. I do the work and the debts on my own", "Leave it"),
    )
    lines = "\n".join(
        f"{day} 17:{m:02d} {who} {words}"
        for i, day in enumerate(range(-60, 0, 2))
        for who, m, words in (("me", 10, notes[i % 6][0]), ("them", 40, notes[i % 6][1]))
    )
    return told(
        names, swapped, lines, now=(18, 0), own_days=[(-60, 0)], around=background(seed=seed, days=150, at_home=True)
    )


def chose_to_be_single(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """16: the other chose to be single; how can one show that one has changed?"""
    lines = """
    -16 20:00 them I have thought about it for a long time. It is over between us. I want to be single
    -16 20:05 me Please do not
    -16 20:10 them I am breaking up with you. I am sorry. Please respect it
    -15 19:00 me I miss you
    -12 19:00 me I have changed. How can I show you?
    -9 12:00 me I have started to see someone about my temper
    -6 19:00 me Can I show you that I have changed?
    """
    return told(names, swapped, lines, now=(18, 0), own_days=[(-16, 0)], around=background(seed=seed))


def most_of_me(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """17: "most of me wants to be with you", another manner, a load of one's own, and an agreed date."""
    lines = """
    -10 20:00 me My parents are splitting up. I cried all day
    -10 21:00 them That is hard
    -10 21:02 me You never say anything. You are so cold
    -10 21:30 them Most of me wants to be with you
    -9 19:00 me And the rest of you?
    -8 18:00 them I do not know yet
    -7 12:00 me I am sorry about the quarrel
    -6 19:00 them Let us have lunch on Sunday the eighth
    -6 19:05 me Sunday the eighth it is
    -4 20:00 me My brother has moved out too
    -3 09:00 them Ok
    -1 19:00 them See you on Sunday
    -1 19:05 me See you
    """
    return told(names, swapped, lines, now=(12, 0), own_days=[(-10, 0)], around=background(seed=seed))


def ten_weeks_in(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """18: ten weeks in, the first silence, after an earlier betrayal by someone else."""
    lines = """
    -4 08:00 them Good morning
    -4 08:05 me Good morning to you
    -3 08:10 me Good morning
    -3 19:00 me How was your day?
    -2 12:30 me The lake is warm enough to swim
    -2 19:30 me Are you well?
    -1 20:00 me You know that I was cheated on before. Quiet days frighten me
    """
    return told(names, swapped, lines, now=(12, 0), own_days=[(-4, 0)], around=background(seed=seed, days=70))


def warm_only_in_person(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """19: never starts, ignores calls, comes when down."""
    lines = """
    -8 18:00 me How are you?
    -8 20:00 them Fine
    -7 19:00 me (missed call)
    -6 19:00 me (missed call)
    -5 18:00 me Dinner tomorrow?
    -4 18:30 me Are you coming to dinner?
    -3 19:00 me (missed call)
    -2 23:00 them I had a bad day. Can I come over?
    -2 23:02 me Of course
    -1 18:00 me Did you sleep?
    """
    return told(names, swapped, lines, now=(18, 0), own_days=[(-8, 0)], around=background(seed=seed, them_starts=0.1))


def after_a_good_weekend(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """20: a good weekend, trouble in bed, then quiet."""
    lines = """
    -6 17:00 them On my way to yours
    -6 17:01 me The door is open
    -4 18:00 me I loved this weekend with you
    -4 21:00 them Me too
    -3 19:00 me Shall we see the film on Friday?
    -2 20:00 them Maybe
    -1 12:00 me There is a stall with cherries at the corner
    """
    return told(names, swapped, lines, now=(12, 0), own_days=[(-6, 0)], around=background(seed=seed))


def friends_until_the_divorce(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """21: a limit that is stated, with contact as usual."""
    lines = """
    -3 20:00 them I want us to be friends until my divorce is through. Not more than that for now
    -3 20:05 me I hear you. I will think about it
    """
    return told(names, swapped, lines, now=(20, 0), own_days=[], around=background(seed=seed))


def must_meet(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """22: the two have parted and must meet at work and in the house."""
    lines = """
    -21 20:00 them We have separated, and I think it should stay that way
    -21 20:05 me I know
    -15 09:00 me The meeting with the team is at ten on Tuesday
    -15 09:10 them I will be there
    -9 18:00 them I will be in the house on Saturday to collect my desk
    -9 18:20 me Saturday is fine
    -2 09:00 me The boiler is serviced on Friday at nine
    -2 09:30 them Thanks
    """
    return told(names, swapped, lines, now=(12, 0), own_days=[(-21, 0)], around=background(seed=seed))


def silent_so_that_one_is_chased(names: Names, swapped: bool, seed: int = SEED) -> Told:
    """23: the plan to go silent is in nobody's messages; what is there is a few thinner days."""
    lines = """
    -5 19:00 me How was work?
    -5 21:00 them Fine
    -4 18:00 them Home now
    -4 18:10 me Ok
    -3 20:00 them How are you?
    -3 21:30 me Fine
    -2 19:00 them Watching the match
    -1 20:30 them Good night
    -1 21:00 me Night
    """
    return told(names, swapped, lines, now=(12, 0), own_days=[(-5, 0)], around=background(seed=seed))


STORIES: Mapping[int, Story] = dict(
    enumerate(
        (
            no_good_morning,
            asked_for_space,
            two_weeks_no_word,
            gone_again,
            work_and_money,
            thirty_messages,
            suffocating,
            suffocating_the_other_way_round,
            ten_messages,
            shared_home,
            shift_work,
            control,
            no_reason_to_go_on,
            own_withdrawal,
            long_marriage,
            chose_to_be_single,
            most_of_me,
            ten_weeks_in,
            warm_only_in_person,
            after_a_good_weekend,
            friends_until_the_divorce,
            must_meet,
            silent_so_that_one_is_chased,
        ),
        start=1,
    )
)
