"""The sentences of the interviewer. {name} is who is asked, {who} who said something, {what} what was said."""

from emulator.llm.reactions import AskedAbout

QUESTIONS: dict[str, tuple[str, ...]] = {
    "primary": (
        "Whose profile are we making tonight?",
        "First things first: which of you is this about?",
        "Who here is the single one I get to ask about?",
    ),
    "consent": (
        "{name}, is it all right with you that I make a dating profile from what you and your friends say here?",
        "{name}, before I write anything down: may I make a dating profile from what all of you tell me here?",
    ),
    "age": (
        "{name}, how old are you?",
        "{name}, what age shall I put down?",
        "How many birthdays so far, {name}?",
    ),
    "first_name": (
        "Shall the profile simply say {name}, or is there another first name you would like on it?",
        "What first name should go on it: {name}, or something else?",
    ),
    "area": (
        "{name}, where do you live? City or area is plenty.",
        "And where in the world would somebody find you, {name}? A city will do.",
        "{name}, which city or area is home?",
    ),
    "intention": (
        "{name}, what are you hoping for: something long-term, something light, or still figuring it out?",
        "What would you like to find, {name}: something serious, something easy, or do you want to see what happens?",
    ),
    "first_date_idea": (
        "What would a really good first date look like, {name}?",
        "{name}, somebody lovely is free on Saturday: where do you take them?",
        "If the first date were entirely up to you, {name}, what would you two do?",
    ),
    "must_haves": (
        "{name}, what must the other person bring along?",
        "What would you not want to miss in somebody, {name}?",
    ),
    "interests": (
        "{name}, what do you love doing, as concretely as you can?",
        "What could you talk about for an hour without noticing, {name}?",
        "{name}, what does a free afternoon turn into when nobody stops you?",
    ),
    "stories": (
        "{name}, tell me about an ordinary Sunday of yours: where are you by eleven?",
        "What happened lately that was very you, {name}?",
        "{name}, which small adventure do you still tell people about?",
        "When did you last laugh until it hurt, {name}, and where was that?",
    ),
    "green_flags": (
        "{name}, you know {primary} best: what is one green flag, with an example?",
        "{name}, what does {primary} do that you would want every future date to know? A real moment would be perfect.",
    ),
    "job_or_study": (
        "{name}, what do you do all day, for work or study?",
        "What keeps you busy on a Monday morning, {name}?",
    ),
    "purpose": (
        "{name}, what are you working toward at the moment?",
        "Is there something you are slowly building or learning, {name}?",
    ),
    "quirk": (
        "{name}, which small quirk belongs to you and nobody else?",
        "What odd little habit would a flatmate report about you, {name}?",
    ),
    "height_cm": ("{name}, how tall are you?",),
    "tone": (
        "How cheeky may your friends be, {name}: gentle, dry or bold?",
        "{name}, may your friends be gentle, dry or downright bold about you?",
    ),
}

MORE: dict[str, tuple[str, ...]] = {
    "interests": (
        "What else belongs on that list, {name}?",
        "And what else makes you lose track of time, {name}?",
        "One more, {name}: what would your bookshelf or your garage give away?",
    ),
    "stories": (
        "One more, {name}: when did a plan last go gloriously wrong?",
        "And a small one, {name}: what happened on the best day of this year?",
        "{name}, is there a place you keep going back to, and what happened there?",
        "Tell me another, {name}: what do your friends always make you retell?",
        "What did you last do just because you felt like it, {name}?",
    ),
}

AGAIN: dict[str, tuple[str, ...]] = {
    "primary": (
        "I only need one name to begin: who is the profile about?",
        "And the person in the middle of all this is…?",
    ),
    "consent": (
        "{name}, I only start with a clear yes from you: shall I make a profile from what is said here?",
        "Whenever you are ready, {name}: is a profile from this chat all right with you, yes or no?",
    ),
    "age": (
        "I did not catch a number, {name}: how old are you?",
        "In years, {name}, if you do not mind?",
    ),
    "first_name": ("Which first name shall I write, {name}? Just the name is fine.",),
    "area": ("Which city or area is that, {name}? The name of the place is all I need.",),
    "intention": (
        "Nearest of these, {name}: long-term, something light, or still figuring it out?",
        "If you had to pick, {name}: serious, light, or let us see?",
    ),
    "interests": ("Could you give me two or three things by name, {name}?",),
    "stories": ("Give me one moment of it, {name}: where was that, and what happened?",),
    "green_flags": ("What did {primary} do once that shows it, {name}?",),
    "first_date_idea": ("Where would you two go, {name}?",),
}

OPENING = (
    "Hello, I am {matchmaker}, an AI, and I write a dating profile with you: I ask, you and your friends talk.",
    "Hi all, {matchmaker} here: an AI that listens to friends and writes a dating profile out of it.",
)

CONFIRM = (
    "{name}, {who} says {what}. Shall that go on your profile?",
    "{name}, from {who} I have that {what}. Is that right, may I keep it?",
    "{who} tells me that {what}, {name}. Yes for the profile?",
)
CONFIRM_QUOTE = (
    "{name}, {who} told this: {what} May that go on your profile?",
    "{name}, this is what {who} said: {what} Shall I keep it?",
)
CONFIRM_OWN = (
    "{name}, I understood {what}: is that how I may write it?",
    "Have I got that right, {name}: {what}?",
)
CONFIRM_PRIMARY = (
    "{name}, {who} says this is about you. Is that right?",
    "{name}, {who} points at you: is the profile about you?",
)
INVITE = (
    "That sounds like a lovely idea. {who} has to say yes in person, though: could you forward the invite?",
    "I would love to. Only {who} can start it, so could you send the invite on and let them join us here?",
)

THANKS_CONSENT = (
    "Thank you, {name}, then we begin.",
    "Lovely, {name}, I will take good care of it.",
    "Good, {name}, then I am listening.",
)
THANKS_CLAIM = (
    "Lovely to meet you, {name}.",
    "So it is you, {name}, how nice.",
)
CREDIT = (
    "{who}, thank you: {what} goes in.",
    "Noted, {who}: {what}.",
    "{who} delivers: {what}.",
    "Good to know, {who}: {what}.",
)
CREDIT_LONG = (
    "{who}, thank you, that one is worth keeping.",
    "I can picture that, {who}.",
    "{who}, what a thing to say about a friend.",
)
CONFIRMED = (
    "Good, that stays.",
    "Then it is in.",
    "Wonderful, kept.",
)
REJECTED = (
    "Gone, no trace of it.",
    "Fair enough, I leave that out.",
)
SORTED = (
    "Good, I keep the yes and drop the no.",
    "Sorted: that one stays, the rest goes.",
)
SKIPPED = (
    "No problem, we leave that.",
    "Of course, on to something else.",
)
MOVING_ON = (
    "We can come back to that.",
    "No rush with that one.",
)
NO_CONSENT = (
    "That is completely fine, {name}. I keep nothing, and if you change your mind, just say: I'm in.",
    "Understood, {name}: nothing is written down. Should you feel like it later, say: I'm in.",
)
ABOUT_ANOTHER = (
    "{who}, this one is about {name} already. You can have a profile of your own, in a chat of your own.",
    "One at a time, {who}: here it is about {name}. Yours would be a chat of its own.",
)
UNDER_AGE = (
    "Thank you for being honest, {name}. This is only for people of 18 and older, so I stop here and keep nothing. Take care.",
)
WAITING = (
    "Take your time, {name}.",
    "No hurry, {name}, I am here.",
)
GREETING = (
    "Hello {who}, good to have you here.",
    "Hi {who}, lovely that you are here.",
)
WELCOME = (
    "With pleasure, {who}.",
    "You are very welcome, {who}.",
)
CLOSING = (
    "That is a lovely portrait, {name}, and your friends did you proud. I have what I need for now; I keep listening if something else comes to mind.",
    "{name}, I think anybody would want to meet the person I heard about tonight. Thank you all; I am around if you remember anything else.",
)

ACKNOWLEDGE: dict[str, tuple[str, ...]] = {
    "age": ("{what}, thank you.", "{what} it is.", "{what}, noted."),
    "first_name": ("{what} it is.", "Then {what}."),
    "area": ("{what}, nice.", "{what}, good to know.", "Ah, {what}."),
    "height_cm": ("{what}, noted.",),
    "intention": ("That is good to know.", "Thank you for saying it so plainly."),
    "first_date_idea": ("I would say yes to that.", "That sounds like a good evening."),
    "must_haves": ("That is fair.", "Good thing to know about yourself."),
    "interests": ("{What}, I like that.", "{What}: good.", "{What}, noted with pleasure."),
    "stories": (
        "I can see it in front of me.",
        "That one is worth keeping.",
        "Ha, that says a lot.",
        "What a picture.",
    ),
    "job_or_study": ("Thank you, that helps.", "Good, that paints a picture."),
    "languages": ("{What}, noted.",),
    "pets": ("An important household member, noted.", "I hope the {what} approves of all this."),
    "purpose": ("I hope you get there.", "That is worth working for."),
    "quirk": ("I would not change that.", "That one makes me smile."),
    "tone": ("Good, your friends heard it.", "Then they know."),
    "dealbreakers": ("Understood, thank you.",),
}
ACKNOWLEDGE_ANY = ("Thank you, {name}.", "Good to know.", "Noted, {name}.")

ANSWERS: dict[AskedAbout, tuple[str, ...]] = {
    AskedAbout.WHAT: (
        "I am {matchmaker}, an AI matchmaker. I ask, all of you talk, and it becomes a dating profile that only its owner can approve.",
        "A dating profile, written with friends: I ask a few questions here, and nothing counts until its owner says yes.",
    ),
    AskedAbout.WHO_ARE_YOU: (
        "I am {matchmaker}, an AI that interviews one single person and their friends, and writes the dating profile.",
    ),
    AskedAbout.WHO_SEES: (
        "Everyone in this group reads what is written here, and so can the people who run this service. The profile itself goes nowhere before its owner approves it.",
    ),
    AskedAbout.BOT: (
        "Yes, I am an AI, not a person. I ask the questions; everything about you comes from you and your friends.",
        "I am an AI, yes. The warm bits come from your friends.",
    ),
    AskedAbout.DATA: (
        "I keep only what the person it is about agreed to, and they can have it deleted at any time.",
    ),
    AskedAbout.HOW_LONG: (
        "Not long: some twenty small questions, at your own pace. You can stop and go on any time.",
    ),
    AskedAbout.HOW: (
        "I ask one thing at a time, and your friends may chip in. What they say only counts once the person it is about agrees.",
    ),
    AskedAbout.COST: ("I have nothing to sell in here; whoever invited you can tell you about the rest.",),
    AskedAbout.PRIVATE: ("You never have to. Say skip and I move on.",),
    AskedAbout.WHY: (
        "Because somebody reading your profile will wonder the same. If you would rather not, say skip.",
    ),
    AskedAbout.PHOTOS: ("Photos come later; for now I am after words.",),
    AskedAbout.PROFILE: ("It is growing nicely. Its owner sees every word before anybody else does.",),
    AskedAbout.OTHER: (
        "I would rather leave that to you people; I am better at asking.",
        "That one is beyond me, but I am listening.",
    ),
}
