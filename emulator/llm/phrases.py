"""The interviewer's lines. {name} is the person we ask, {who} the person who said something, {what} what they said.

`wording.topic_of` recognizes a question in the transcript by its fixed words, so no line may contain another topic's.
"""

from emulator.llm.reactions import AskedAbout

QUESTIONS: dict[str, tuple[str, ...]] = {
    "primary": (
        "So, whose profile are we making?",
        "First things first: which of you is this about?",
        "Who's the single one here?",
    ),
    "consent": (
        "{name}, is it OK if I make a dating profile from what you and your friends say here?",
        "{name}, before I write anything down: may I make a dating profile from what you all tell me here?",
    ),
    "age": (
        "{name}, how old are you?",
        "{name}, what age should I put down?",
        "How many birthdays have you had, {name}?",
    ),
    "first_name": (
        "Should the profile just say {name}, or would you like a different first name on it?",
        "What first name should I use: {name}, or something else?",
    ),
    "area": (
        "{name}, where do you live? Just the city or area is fine.",
        "{name}, where are you based? A city is plenty.",
        "{name}, which city or area do you call home?",
    ),
    "intention": (
        "{name}, what are you hoping for: something long-term, something light, or still figuring it out?",
        "What would you like to find, {name}: something serious, something easy, or just see what happens?",
    ),
    "first_date_idea": (
        "What would a really good first date look like, {name}?",
        "{name}, someone lovely is free on Saturday. Where do you take them?",
        "If the first date were all up to you, {name}, what would you two do?",
    ),
    "must_haves": (
        "{name}, what's a must-have in a partner?",
        "What could you not do without in someone, {name}?",
    ),
    "interests": (
        "{name}, what do you love doing? The more specific, the better.",
        "What could you talk about for an hour without noticing, {name}?",
        "{name}, what do you do with a free afternoon when nobody stops you?",
    ),
    "stories": (
        "{name}, tell me about a typical Sunday: where are you by eleven?",
        "What happened lately that was very you, {name}?",
        "{name}, what little adventure do you still tell people about?",
        "When did you last laugh until it hurt, {name}?",
    ),
    "green_flags": (
        "{name}, you know {primary} best: what's one green flag, with an example?",
        "{name}, what does {primary} do that every future date should know about? A real moment would be perfect.",
    ),
    "job_or_study": (
        "{name}, what do you do for work or study?",
        "What keeps you busy on a Monday morning, {name}?",
    ),
    "purpose": (
        "{name}, what are you working towards right now?",
        "Is there something you're slowly building or learning, {name}?",
    ),
    "quirk": (
        "{name}, what little quirk is all yours?",
        "What odd little habit would a flatmate tell us about, {name}?",
    ),
    "height_cm": ("{name}, how tall are you?",),
    "tone": (
        "How cheeky can your friends be about you, {name}: gentle, dry or bold?",
        "{name}, should your friends go gentle, dry or bold on you?",
    ),
}

MORE: dict[str, tuple[str, ...]] = {
    "interests": (
        "What else is on that list, {name}?",
        "And what else makes you lose track of time, {name}?",
        "One more, {name}: what would your bookshelf or your garage give away?",
    ),
    "stories": (
        "One more, {name}: when did a plan last go gloriously wrong?",
        "And a small one, {name}: what happened on your best day this year?",
        "{name}, where do you keep going back to, and what happened there?",
        "Tell me another, {name}: what do your friends always ask you to retell?",
        "What did you last do just because you felt like it, {name}?",
    ),
}

AGAIN: dict[str, tuple[str, ...]] = {
    "primary": (
        "I just need one name to start: who's the profile about?",
        "And the person this is all about is…?",
    ),
    "consent": (
        "{name}, I need a clear yes from you to start: shall I make a profile from this chat?",
        "Whenever you're ready, {name}: is a profile from this chat OK with you, yes or no?",
    ),
    "age": (
        "I didn't catch a number, {name}: how old are you?",
        "In years, {name}, if you don't mind?",
    ),
    "first_name": ("What first name should I put, {name}? Just the name is fine.",),
    "area": ("Which city or area is that, {name}? Just the name of the place.",),
    "intention": (
        "Which is closest, {name}: long-term, something light, or still figuring it out?",
        "If you had to pick, {name}: serious, light, or see what happens?",
    ),
    "interests": ("Could you name two or three things, {name}?",),
    "stories": ("Give me one moment, {name}: where were you, and what happened?",),
    "green_flags": ("What did {primary} once do that shows it, {name}?",),
    "first_date_idea": ("Where would you two go, {name}?",),
}

OPENING = (
    "Hi, I'm {matchmaker}, an AI, and I'll write a dating profile with you: I ask, you and your friends talk.",
    "Hi all, {matchmaker} here, an AI that listens to friends and turns it into a dating profile.",
)

INVITE = (
    "I'd love to! Only {who} can say yes to that, though. Could you forward them the invite?",
    "Lovely idea! It has to come from {who}, though. Could you send them the invite?",
)

THANKS_CONSENT = (
    "Thank you, {name}, let's start.",
    "Lovely, {name}, I'll take good care of it.",
    "Great, {name}, I'm all ears.",
)
CREDIT = (
    "Thanks, {who}: {what}, noted.",
    "Love it, {who}: {what}.",
    "{who} delivers: {what}.",
    "Good to know, {who}: {what}.",
)
CREDIT_LONG = (
    "Thanks, {who}, that one's worth keeping.",
    "I can picture that, {who}.",
    "{who}, what a lovely thing to say about a friend.",
)
SKIPPED = (
    "No problem, let's leave that one.",
    "Sure, on to something else.",
)
MOVING_ON = (
    "We can come back to that.",
    "No rush with that one.",
)
NO_CONSENT = (
    "That's completely fine, {name}. I won't keep anything, and if you change your mind, just say: I'm in.",
    "Got it, {name}: nothing gets written down. If you feel like it later, just say: I'm in.",
)
ABOUT_ANOTHER = (
    "{who}, this one's about {name}. You can have your own profile, in a chat of your own.",
    "One at a time, {who}: this chat is about {name}. You can start another one for yourself.",
)
WAITING = (
    "Take your time, {name}.",
    "No hurry, {name}, I'm here.",
)
GREETING = (
    "Hi {who}, good to have you here.",
    "Hey {who}, glad you're here.",
)
WELCOME = (
    "My pleasure, {who}.",
    "You're very welcome, {who}.",
)
CLOSING = (
    "That's a lovely portrait, {name}, and your friends did you proud. I have what I need for now, but I'm still listening if anything else comes to mind.",
    "{name}, I think anyone would want to meet the person I've heard about here. Thank you all! I'm around if you think of anything else.",
)

ACKNOWLEDGE: dict[str, tuple[str, ...]] = {
    "age": ("{what}, thanks.", "{what} it is.", "{what}, got it."),
    "first_name": ("{what} it is.", "{what}, lovely."),
    "area": ("{what}, nice.", "{what}, good to know.", "Ah, {what}."),
    "height_cm": ("{what}, got it.",),
    "intention": ("Good to know.", "Thanks for saying it so plainly."),
    "first_date_idea": ("I'd say yes to that.", "That sounds like a good one."),
    "must_haves": ("That's fair.", "Good thing to know about yourself."),
    "interests": ("{What}, I like that.", "{What}, nice.", "{What}, love it."),
    "stories": (
        "I can just see it.",
        "That one's a keeper.",
        "Ha, that says a lot.",
        "What a picture.",
    ),
    "job_or_study": ("Thanks, that helps.", "Great, that paints a picture."),
    "languages": ("{What}, nice.",),
    "pets": ("A very important member of the household.", "Say hi to the {what} from me."),
    "purpose": ("I hope you get there.", "That's worth working for."),
    "quirk": ("Never change that.", "That one makes me smile."),
    "tone": ("Good, your friends heard that.", "Now they know."),
    "dealbreakers": ("Understood, thank you.",),
}
ACKNOWLEDGE_ANY = ("Thanks, {name}.", "Good to know.", "Got it, {name}.")

ANSWERS: dict[AskedAbout, tuple[str, ...]] = {
    AskedAbout.WHAT: (
        "I'm {matchmaker}, an AI matchmaker. I ask, you all talk, and it becomes a dating profile that only its owner can approve.",
        "A dating profile, written with friends: I ask a few questions here, and nothing counts until its owner says yes.",
    ),
    AskedAbout.WHO_ARE_YOU: (
        "I'm {matchmaker}, an AI. I interview one single person and their friends, and then I write the dating profile.",
    ),
    AskedAbout.WHO_SEES: (
        "Everyone in this group can read what's written here, and so can the people who run this service. The profile itself goes nowhere until its owner approves it.",
    ),
    AskedAbout.BOT: (
        "Yes, I'm an AI, not a person. I ask the questions; everything in the profile comes from you and your friends.",
        "I'm an AI, yes. The warm bits come from your friends.",
    ),
    AskedAbout.DATA: ("I only keep what the person it's about agreed to, and they can have it deleted at any time.",),
    AskedAbout.HOW_LONG: (
        "Not long: about twenty small questions, at your own pace. You can stop and come back any time.",
    ),
    AskedAbout.HOW: (
        "I ask one thing at a time, and your friends can chip in. What they say only counts once the person it's about agrees.",
    ),
    AskedAbout.COST: ("I'm not selling anything in here; whoever invited you can tell you the rest.",),
    AskedAbout.PRIVATE: ("You never have to. Just say skip and I'll move on.",),
    AskedAbout.WHY: (
        "Because someone reading your profile will wonder too. If you'd rather not answer, just say skip.",
    ),
    AskedAbout.PHOTOS: ("Photos come later; right now I'm after words.",),
    AskedAbout.PROFILE: ("It's coming along nicely. Its owner sees every word before anyone else does.",),
    AskedAbout.OTHER: (
        "I'll leave that one to you; I'm better at asking.",
        "That one's beyond me, but I'm listening.",
    ),
}
