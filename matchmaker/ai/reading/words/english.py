"""English. Only what cannot mean anything else: a phrase that needs its context is the model's to read."""

from matchmaker.ai.reading.grammar import Kind, Language

ENGLISH = Language(
    code="en",
    phrases={
        Kind.YES: """
            (yep|yepp|yup|yeah|yeahh|yeahhh|yeaah|yeaaah|yea|aye|yh|yeh|yah|yas|yass|yasss|yessir|yeppers)
            yes (sir|boss|ma'am|chef)
            yes yes
            yes yes yes
            yes please
            sure
            (sure thing|for sure)
            yes for sure
            yes do
            yes (i would|i do|i am|it is|that is|you may|you can|they are|both)
            (it's a yes|that's a yes) [from me]
        """,
        Kind.CONSENT: """
            i [hereby|do] (consent|agree|accept)
            i [do] consent to (this|that|it)
            i agree to (this|that|it)
            (i'm|i am) (ok|okay|fine|happy|cool|good) with (a profile|the profile|you making a profile)
            [you have|you've got] my consent
            (you've got|you got) my (permission|blessing)
            i give (consent|my consent|my permission|permission|you permission|you my permission|you my consent)
            (make|do|create|write|start) (my|the|a) profile
            make me a profile
            go ahead (with the profile|and make (the|a|my) profile)
            let's make (a|the) profile
            i want a profile
            you (may|can) make a profile
            you have my (permission|blessing)
            permission granted
            i approve
        """,
        Kind.WILLING: """
            (agreed|deal|affirmative)
            sign me up
            (be my guest|feel free)
            (i'm|i am) (ok|okay|fine|happy|cool|good) with (it|that|this)
            (i'm|i am) [so|totally|absolutely|definitely|all|100%|100 %] in
            in for it
            count me in
            (i'm|i am) (up for (it|this|that)|game|on board|down|down for (it|this|that)|all for it)
            [please] (go ahead|go on|go on then|go for it|do it|do so|do that|make it|make one|carry on)
            please do
            go ahead (with it|and make (it|one))
            let's (go for it|do it|do this|do that|make it|make one|start|begin)
            let us (do it|do this|begin|start)
            (happy|glad|pleased|delighted) to [do (it|this|that)]
            (i'd|i would) (love to|love that|love it|like that|like to|be happy to|be glad to|be delighted)
            (i'm|i am) (happy|glad) to [do (it|this|that)]
            i want (to|this|that|it|one|to do (it|this|that))
            (with pleasure|by all means|gladly)
            (works|fine|okay|ok|good) (for|by|with) me
            (that|it|this) works [for me]
            (that's|that is|it's|it is) (fine|ok|okay|good|alright|all right|cool) (with|by|for) me
            you (may|can) [start|begin|do it|do that|go ahead|make it|make one]
            (i'm|i am) willing
            [i'm|i am|i'd be] happy with (that|it|this)
            (i am|i'm) [happy|fine|ok|okay] for you to
        """,
        Kind.WEAK_YES: """
            (yess|yesss|yessss)
            (hell|heck|fuck) yeah
            (oh|hell|heck|fuck) yes
            (you bet|you betcha|defo|true|lgtm)
            [that] sounds (good|great|lovely|fun|perfect|fine) [to me]
            looks (good|right|fine|great|perfect|correct) [to me]
            (ok|okay) (ok|okay)
            okok
            (absolutely|definitely|certainly|totally)
            most (certainly|definitely)
            of course
            (fine|alright|all right|alrighty|very well|oki doki|okie|okie dokie)
            all good
            (perfect|spot on)
            (i'm|i am) ready
            (fine|ok|okay|alright|all right) i give in
            sounds like a plan
            (that's|that is|it's|it is) [all] (fine|ok|okay|good|alright|right|correct|true|perfect)
            (that's|that is|it's|it is) (great|lovely|all right)
            [they're|they are] both [are] (true|right|correct|fine|good)
            (correct|exactly|all correct|all right|all true|all fine|everything is right|everything's right)
            everything is (correct|fine|good)
            [they're|they are] all (correct|right|true|good|fine)
            (no problem|no worries|no objection|no objections|not a problem)
            (i don't mind|i do not mind)
            let's go
            oh go on then
        """,
        Kind.NO: """
            (no|nope|nah)
            (no no|no no no|nope nope)
            [no] (not really|never|absolutely not|definitely not|certainly not|of course not|hell no|not at all)
            no (i'd|i would) [really] (rather not|prefer not to)
            i'd rather you (didn't|did not|don't)
            [no] (i do not|i don't) (want to|want (that|this|it)|consent|agree|accept|want you to|think so)
            [no] (i do not|i don't) (want to|want (a profile|one)|consent|agree|accept|want you to|think so)
            no (i do not|i don't|i'm not|i am not|it is not|it isn't|it's not)
            [no|please] (don't|do not) [do (it|that|this)]
            (i'm|i am) not in
            count me out
            not (for me|interested)
            (i'm|i am) not interested
            no [thanks|thank you|thx|ta] [though]
            no deal
        """,
        Kind.CLAIM: """
            (it's|it is|this is|the profile is|this one is|this profile is) about me
            (the profile is|this profile is) for me
            (it's|it is|this is|that's) (my|going to be my) [own|dating] profile
            (it|this) (will|would) be my [own|dating] profile
            the [dating] profile is (mine|my own|for me|about me|going to be mine)
            the [dating] profile (will|should) be (mine|about me|for me)
            i'm (the one it's about|the one this is about|the one the profile is (about|for))
            i am (the one it's about|the one this is about|the one the profile is (about|for))
            it's me (it's about|you're writing about|the profile is about|this is about)
        """,
        Kind.CLAIM_IF_ASKED: """
            me
            me me
            me me me
            (only|just) me
            (it's|it is|that's|that is|this is) [just|only] me
            (that'd|that would|it'd|it would|that'll|that will) be me
            (it's|it is|that's) mine
            mine
            about me
            for me
            myself
            (it's|it is|this is|that's) for me
            that's about me
            (i'm|i am) the single one [here]
            (i'm|i am) (the one|it|the lucky one|the victim|the chosen one|the primary person|your (man|woman|girl))
            (i'm|i am) (the one|it|the lucky one|the victim|the chosen one|the primary person|your (guy|person))
            (i'm|i am) (the one|it|the lucky one|the victim|the chosen one|the primary person|your (victim))
            (guilty|guilty as charged|yours truly)
            this one's (for me|mine)
            (this one is|it is) mine
            this one is for me
        """,
        Kind.ADULT: """
            (i'm|i am) [of course|obviously|definitely|also|well] [an] adult
            (i'm|i am) [also] (an adult|a grown up|grown up|a grown woman|a grown man|of age|of legal age)
            (i'm|i am) [well|also|way|definitely] (over 18|over eighteen|above 18|past 18|18+|18 or over)
            (i'm|i am) [well|also|way|definitely] (18 or older|older than 18|18 plus|over the age of 18)
            i'm [well] over (twenty one|21)
        """,
        Kind.DECLINE: """
            (i'd|i would) [really] (rather not|prefer not to)
            rather not
        """,
        Kind.ANSWER: """
            [you can|just|please] call me {first_name}
            (everyone|everybody) calls me {first_name}
            (people|they|my friends) call me {first_name}
            [no] (my name is|my name's|i'm|i am|it's|it is|i go by|i'm called|just|name's) {first_name} [here]
            [no] (put|put down) {first_name} [please]
            {first_name} (here|is fine|is good|is ok|is okay|works|will do|for short)
            [no] (i live|i'm living|i'm based|i'm|i am|i stay|i'm currently) in {area} [now|at the moment]
            [no] (i currently live|we live) in {area} [now|at the moment]
            [no] (i'm|i am|i come) from {area}
            (in|from|based in|living in|here in|it's|that's|still in) {area}
            [no] (i'm|i am) (a|an|the) {job_or_study}
            [no] (i work as|i'm working as) [a|an|the] {job_or_study}
            (a|an|it's|working as a|working as an|i work in|i'm in|i study|i'm studying|studying|i do) {job_or_study}
            {job_or_study} (by trade|by profession)
            (i'm|i am) [a|an] ({gender}|{orientation}|{faith}|{politics})
            (a|an) {gender}
            (i'd say|let's say|i pick|i choose|i'll take|i take|put|go with|let's go with|more|definitely) {option}
            (i'm|i am) [exactly|only] {height_cm} [tall|exactly|barefoot|in my socks|on the dot]
            (my height is|it's|it is|that's|make it|exactly|i measure) {height_cm} [tall|exactly|barefoot|in my socks]
            {height_cm} (is correct|is right|tall|exactly|here|barefoot|in my socks|on the dot)
        """,
        Kind.NOT: """
            [but|no] (not|except|except for|but not|apart from|aside from|other than) [for]
        """,
        Kind.ALL_BUT: """
            [yes|no] [it's|that's] (all|all right) (but|except|except for|apart from|bar|other than|besides)
            [yes|no] [it's|that's] (all good|all correct) (but|except|except for|apart from|bar|other than|besides)
            [yes|no] [it's|that's] (all true|all fine) (but|except|except for|apart from|bar|other than|besides)
            [yes|no] [it's|that's] (everything) (but|except|except for|apart from|bar|other than|besides)
            [yes|no] [it's|that's] (everything is right) (but|except|except for|apart from|bar|other than|besides)
            [yes|no] [it's|that's] (everything's right) (but|except|except for|apart from|bar|other than|besides)
            [yes|no] [it's|that's] (everything is fine) (but|except|except for|apart from|bar|other than|besides)
            [yes|no] [it's|that's] (everything's fine) (but|except|except for|apart from|bar|other than|besides)
            [yes|no] [it's|that's] (everything is correct) (but|except|except for|apart from|bar|other than|besides)
            [yes|no] [it's|that's] (fine|right|correct) (but|except|except for|apart from|bar|other than|besides)
            [yes|no] [it's|that's] (good|looks good) (but|except|except for|apart from|bar|other than|besides)
            [yes|no] [it's|that's] (all of it|all of them) (but|except|except for|apart from|bar|other than|besides)
            yes (but|except|except for|apart from)
        """,
        Kind.IS_WRONG: """
            (is|are|was|were) [all|completely|totally|just] (wrong|not right|not true|incorrect|false|off)
            (is|are|was|were) [all|completely|totally|just] (not correct|nonsense|rubbish)
            (isn't|aren't|wasn't|ain't) (right|true|correct)
            (wrong|incorrect|false|not true|not right|must go|has to go|needs changing)
        """,
        Kind.ALL_WRONG: """
            (all|everything|it's all|all of it|all of them|they're all|they are all|all of it is) wrong
            (all of them are|everything is|everything's) wrong
            (none of it|none of them|nothing) is (right|true|correct)
        """,
        Kind.UNDO: """
            [please] undo
            [please] undo (that|this|it|the last (one|change|thing)|last) [one]
            (take|put) (that|it) back
            revert [that|it]
            (bring|put) (that|it) back
        """,
        Kind.SKIP: """
            [let's|please|can we|i'll|i will|i'd like to] skip
            [let's|please|i'll] skip (it|this|that|this one|that one|this question|that question|the question)
            [i'll|i] pass
            [i'll] pass on (that|this|this one|that one|it)
            [i'd|i would] [really] rather not (say|answer|tell|tell you|answer that|say that)
            [i'd|i would] [really] prefer not to (say|answer|tell|answer that|say that)
            (i'd|i would) rather (keep that to myself|not say it here|skip (it|this|that))
            (i don't|i do not) (want to|wanna) (say|answer|tell|answer that|say that)
            (not telling|not saying|no comment)
            (next|next one|next question) [please]
            none of your business
        """,
        Kind.GREETING: """
            (hi|hey|hello|hiya|heya|howdy|hi there|hello there|hey there)
            (hi|hey|hello) (all|everyone|everybody|guys|folks|team|you all|you lot|matchmaker|bot|both)
            good (morning|evening|afternoon|day)
        """,
        Kind.COURTESY: """
            (please|pls|plz)
        """,
        Kind.THANKS: """
            (thanks|thank you|thx|ty|cheers|ta)
            thanks (a lot|so much|very much|everyone|all)
            thank you (very much|so much|all|everyone)
        """,
        Kind.FILLER: """
            (well|oh|ooh|ah|aw|aww|uh|uhm|erm|omg|actually|then|obviously|clearly)
            (by the way|btw|to be honest|tbh|honestly|as you know|if you must know|for the record|as it happens)
            from me
        """,
        Kind.SIGH: """
            (i give in|i give up|i surrender)
        """,
        Kind.REGRET: """
            (sadly|unfortunately|alas|i'm afraid|i am afraid|reluctantly|sorry|embarrassingly|oh well|wish me luck)
            (you got me|what can i say|here goes)
        """,
        Kind.WISH: """
            [but|and] [please] be (nice|kind|gentle|honest|good) [to me|with me|please|all of you]
            [but|and] [please] (go easy|take it easy|be easy) on me [please]
        """,
        Kind.AND: """
            (and|&|+|and also)
        """,
        Kind.HEDGE: """
            i (guess|suppose)
        """,
        Kind.EMPHASIS: """
            (why not|100%|100 %|100 percent|a hundred percent|a thousand percent|very much [so])
            (indeed|surely|course|def|literally|happily|for real|ofc)
            (great|cool|lovely|nice|sweet|brilliant|amazing|awesome|wonderful|excellent|fab|love it)
        """,
    },
    doubtful="""
        (yeah|yea|yeh|yah|oh|ooh|ah|uh|uhm|erm) (sure|fine|good|perfect|totally|absolutely|definitely|certainly)
        (yeah|yea|yeh|yah|oh|ooh|ah|aw|aww|uh|uhm|erm) (great|cool|lovely|nice|sweet|brilliant|amazing)
        (yeah|yea|yeh|yah|oh|ooh|ah|aw|aww|uh|uhm|erm) (awesome|wonderful|excellent|fab|surely|indeed)
        (yeah|yea) (yeah|yea)
        (oh|ah|aw|aww|uh|uhm|erm|omg) (ok|okay|alright|all right|of course|no|nope|nah|right|yep|yup|you bet)
        sure (sure|yeah|perfect|great|lovely|nice|brilliant|amazing|wonderful)
        then (yes|yeah|sure|ok|okay|fine|no)
        fine (fine|perfect)
        (ok|okay|alright|fine) well
        (absolutely|totally|definitely|certainly) (totally|sure|absolutely)
        (ok|okay|fine) (great|lovely|amazing|wonderful|surely|indeed)
        (right|sure|ok|okay) (right|literally|for real)
        (yes|yeah|ok|okay|sure|fine) then well
    """,
    frames={
        Kind.ITEM: """
            {n}
            [the] (number|nr|option|item|point|answer|choice) {n}
            # {n}
            [the] {nth} [one|option|answer|point]
            (i'd say|let's say|i pick|i choose|i'll take|i take|go with|let's go with) [number|option] {n}
            (i'll go with|i'd pick) [number|option] {n}
            (i'd say|let's say|i pick|i choose|i'll take|i take|go with|let's go with) the {nth} [one|option]
            (i'll go with|i'd pick) the {nth} [one|option]
        """,
        Kind.AGE: """
            [no|nope] (i'm|i am) [only|already|also|actually|now|just|still] {n}
            [no|nope] (i'm|i am) [only|already|also|actually|now|still] {n} (years|years old|yo|y o|yrs) [now]
            [no|nope] (i'm|i am) [only|already|also|actually|now|still] {n} (yrs old|years young|years of age) [now]
            (i'm|i am) {n} (now|actually)
            my age is {n}
            (i|i've) [just|recently] turned {n}
            i turned {n} (today|yesterday|last week|last month)
        """,
        Kind.AGE_IF_ASKED: """
            {n}
            (aged|age) {n}
            {n} (here|years|years old|yo|y o|yrs|yrs old|years young|years of age) [now]
            just turned {n}
            (only|already|still|just) {n}
            {n} (now|today)
            (it's|it is|that's|make it|make that|i make it) {n}
            turned {n} (today|yesterday|last week|last month)
        """,
        Kind.INTRODUCTION: """
            (i'm|i am|this is|my name is|my name's|it's|it is) {name} [here]
            {name} here
            it's me {name}
        """,
    },
    ordinals="""
        (first|1st)
        (second|2nd)
        (third|3rd)
        (fourth|4th)
        (fifth|5th)
        (sixth|6th)
        (seventh|7th)
        (eighth|8th)
        (ninth|9th)
        (tenth|10th)
        (last|final)
    """,
)
