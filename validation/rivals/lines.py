"""Lines written for these couples: what is said before, after and beside a quiet stretch. Nobody ever sent them."""

from __future__ import annotations

LINES: dict[str, tuple[str, ...]] = {
    "space": (
        "I need some space for a few days, it's not about you",
        "can we have a quieter week? my head is full and I need time to myself",
        "I'm going to go quiet for a bit. I need to think",
        "please give me a little room right now",
        "I need a few days on my own to sort myself out",
        "it's all a bit much for me at the moment, I need some time alone",
        "I just need a breather from everything, us included. I'll write when I can",
        "I'd like to be by myself for a while if that's ok",
    ),
    "explained": (
        "sorry I went quiet. I didn't know how to say that I was overwhelmed",
        "I'm back. I shut down for a while and it wasn't fair on you",
        "I know I disappeared. It got too close too fast for me and I panicked",
        "thanks for being patient with me, I had a lot going round in my head",
        "I should have told you I needed time. I'm sorry for the silence",
        "I pulled away and I'm sorry. I was ashamed about the job thing",
    ),
    "outside": (
        "heads up, flying out for work early tomorrow, hardly any signal there",
        "exams start tomorrow, I'll be offline most of the time till they're done",
        "I've got a fever of 39, going to sleep for days. don't worry if I don't answer",
        "mum is in hospital, I'm driving up tonight and won't be on my phone much",
        "we're shipping the big release, from tomorrow I'll be buried at work until it's out",
        "off to the mountains with my brother tomorrow, no reception in the hut",
        "grandad died this morning. I'm going home for the funeral, will be hard to reach",
        "inspection at work from tomorrow, double shifts, I'll barely get to my phone",
    ),
    "phone_broken": (
        "new phone, finally. the old one fell in the sink and I couldn't write to anyone",
        "my phone died completely, only got it back from repair today",
        "sorry, screen smashed and no way to reply, writing from the replacement now",
        "battery gave up for good, had no phone since the day before yesterday",
    ),
    "nights": (
        "they've moved me to nights from tomorrow, so I'll be asleep all day",
        "starting night shift tomorrow, expect messages from me at 3am",
        "on nights for the next month, I'll answer when I wake up in the afternoon",
    ),
    "weekend": (
        "train gets in at 18:40 on Friday, see you on the platform",
        "can't wait to have the whole weekend with you at mine",
        "I'll pick you up after work and we drive straight to the lake",
        "bring the warm coat, we're staying at my parents' until Sunday",
        "see you tonight! I bought the good cheese for the weekend",
    ),
    "holiday": (
        "packed. see you at the airport at six",
        "tomorrow this time we'll be on the beach together",
        "one more sleep and then a week of just you and me in the van",
        "our holiday starts now, I'm outside with the car",
    ),
    "ordinary": (
        "ok",
        "haha yes",
        "on my way",
        "did you eat already?",
        "there's no space left on my phone, need to delete some videos",
        "I need a few days to finish this book, it's huge",
        "quiet day at the shop today",
        "sorry, was in the shower",
        "the cat has gone missing again",
        "sleep well",
        "what time is dinner on Saturday?",
        "my sister says hi",
        "that meeting could have been an email",
        "I'm back from the run, legs are gone",
    ),
}
