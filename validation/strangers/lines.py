"""What strangers write: everyday lines from short to long, and the lines by which they go, come back and are away."""

from __future__ import annotations

EVERYDAY: tuple[str, ...] = tuple(
    sorted(
        (
            "ok",
            "yes",
            "no idea",
            "haha",
            "sure",
            "same",
            "oh no",
            "on my way",
            "sounds good",
            "five minutes",
            "which one?",
            "did you eat?",
            "home now",
            "love you",
            "that dog again",
            "left or right?",
            "can't find my keys",
            "good morning you",
            "sleep well, my dear",
            "who won in the end?",
            "is there any milk left?",
            "the bus is late again",
            "what time are you done?",
            "my phone is at nine percent",
            "your mother rang, all fine",
            "do we need bread or not?",
            "the neighbours are drilling again",
            "I had the soup, it was too salty",
            "just saw a fox behind the station",
            "remember to water the basil please",
            "the meeting could have been an email",
            "should I book the table for seven or eight?",
            "I dreamt we had bought a boat, of all things",
            "you looked so happy this morning, I liked that",
            "they moved the dentist to Thursday, is that all right?",
            "I am hungry and there is only mustard in the fridge",
            "that song from the wedding is on the radio right now",
            "thank you for doing the dishes, I only noticed just now",
            "my back is better, the stretching seems to help a little",
            "do you want to see the film on Saturday or wait till it streams?",
            "I ran four kilometres and now I can't get up from the floor",
            "the parcel is at number twelve, the woman there is very chatty",
            "Lena asked if we come to the barbecue, I said probably yes",
            "I miss your voice a bit, call me when you are out of there?",
            "there was a queue round the block so I went home without cheese",
            "my boss liked the draft, she even smiled, I should frame the day",
            "I keep thinking about what you said on Sunday, it was kind of you",
            "could you pick up the prescription on your way, it closes at six",
            "it rained all through lunch and I sat in the car eating a pretzel",
            "the landlord says the heating will be looked at next week, we will see",
            "I found the photo of us at the lake, the one where you hold the tiny fish",
            "what do you think about painting the hall green, not dark, more like a pear",
            "guess who got the last two tickets, I was fourth in the queue and so nervous",
            "the kids in my class built a volcano today and it went off all over my shoes",
            "I know it was a long day for you, there is pasta on the stove, just warm it up",
            "my sister wants to name the cat after our uncle and nobody dares to tell her no",
            "I was thinking we could take the slow train in May and get off wherever we like",
            "not sure about the blue one, it looks better on the picture than it does on the wall",
            "I talked to Jonas for an hour about his move, he sends you a hug and asks for your lamp",
            "sorry for being grumpy at breakfast, I slept badly and the coffee machine did the rest, you are lovely",
        ),
        key=len,
    )
)

SPACE: tuple[str, ...] = (
    "I need a bit of time to myself, please don't take it the wrong way",
    "can we leave it for a few days? I have to sort my head out",
    "I think I need some room right now",
    "I might go quiet for a while, it is not about you",
    "give me a few days please, I can't talk at the moment",
    "I want to be alone for a bit, I will write when I can",
    "it is all a bit much, I need to step back for some days",
    "please give me some space, I will come round",
    "I have to be with my own thoughts this week, all right?",
    "I'm pulling the blanket over my head for a few days, I'll be back",
)

EXPLAINED: tuple[str, ...] = (
    "sorry I was so far away, I felt overwhelmed and did not know how to say it",
    "I know I was quiet, I needed to think about a lot of things",
    "I pulled away and I am sorry, it got too close all at once",
    "I was in my cave, thank you for waiting",
    "I should have said something, I was scared and hid",
    "hey. the last days I just couldn't talk, it had nothing to do with you",
    "I'm back with my feet on the ground, sorry for vanishing like that",
    "I shut down again, I noticed it and could not stop it, forgive me",
    "I owe you a word about the silence: I was ashamed about the money thing",
    "I missed you. I did not know how to come back after being so cold",
)

#: Before the two go somewhere together.
TOGETHER: tuple[str, ...] = (
    "only one more sleep and then it is you, me and the sea",
    "did you pack the tickets? we leave at six",
    "our holiday starts tomorrow, I can't believe it",
    "see you at the gate, I have both passports",
    "a whole week with you and no laptop, finally",
    "the cabin is ours from tomorrow, I bought far too much cheese",
    "picking you up at nine, then off to the mountains with us",
)

#: Causes of being away, each as said before and as said afterwards.
AWAY: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "work trip": (
        (
            "flying to Oslo for work tomorrow, I will hardly get to my phone",
            "we have the trade fair until the weekend, don't expect much from me",
            "off to the client site, they take our phones at the door",
            "the business trip starts early, I'll be in meetings from morning to night",
        ),
        (
            "back from the conference, I was on my feet all day long",
            "landed. the trip was crazy, not a free minute",
            "the site had no reception at all, now I'm on the train home from the job",
        ),
    ),
    "exams": (
        (
            "exams from tomorrow, I'm locking the phone in the drawer",
            "finals this week, I will be buried in the library",
            "have to cram for the boards now, talk properly when they are over",
        ),
        (
            "last exam done!! I can breathe again",
            "handed in the thesis, I have not looked at my phone for days",
            "the test week is over, I slept eleven hours",
        ),
    ),
    "hospital": (
        (
            "they are keeping me in hospital for the operation, I'll be out of it for a bit",
            "my knee surgery is tomorrow, I will be on the ward some days",
            "dad is in intensive care, I'm going to sit with him and keep the phone off",
        ),
        (
            "home from the hospital, the doctors say it all went well",
            "they discharged me today, I was too drugged to write",
            "grandma is out of surgery and stable, I was at her bed all the time",
        ),
    ),
    "family visit": (
        (
            "my parents arrive tonight and stay the week, I'll have my hands full",
            "driving to my brother's with the kids, the signal out there is awful",
            "going home for the funeral, I'll be with my family these days",
        ),
        (
            "the in-laws just left, the house is quiet again",
            "back from my aunt's village, no network behind the hill",
            "we are home from the family reunion, forty people and one bathroom",
        ),
    ),
}
