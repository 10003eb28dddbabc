"""German. Only what cannot mean anything else: a phrase that needs its context is the model's to read."""

from matchmaker.ai.reading.grammar import Kind, Language

GERMAN = Language(
    code="de",
    phrases={
        Kind.YES: """
            (jup|jep|jepp|jap|japp|jawohl|jau|jawoll|jop|jo|yep|yes)
            (ja doch|aber ja|aber ja doch)
            ja (kannst du|könnt ihr|kannste) [gern|gerne]
            ja (bitte|bin ich|will ich|ihr dürft|du darfst|dürft ihr|darfst du)
        """,
        Kind.CONSENT: """
            (einverstanden|bin einverstanden|ich bin einverstanden|damit bin ich einverstanden)
            ich (stimme zu|willige ein|akzeptiere|akzeptiere das|erlaube es|erlaube das)
            (stimme zu|zugestimmt|akzeptiert)
            (du darfst|ihr dürft|sie dürfen) ein profil machen
            (ihr habt|du hast) (meine erlaubnis|mein ja|mein okay|mein ok|meine zustimmung)
            (mach|macht|erstell|erstellt|schreib|schreibt) (das|ein|mein) profil
        """,
        Kind.WILLING: """
            (abgemacht|gebongt|in ordnung|ist in ordnung|das ist in ordnung|geht in ordnung|geht klar)
            (bin dabei|ich bin dabei|da bin ich dabei|ich mache mit|ich mach mit|ich bin bereit)
            [das] (mach|mache) ich [gern|gerne|sehr gern|sehr gerne]
            ich (mach's|mache es|mache das|mach das) [gern|gerne]
            ich (möchte das|will das|will)
            (gern|gerne|sehr gern|sehr gerne|liebend gern|liebend gerne|herzlich gern|mit vergnügen|von mir aus gern)
            (leg los|legt los|legen sie los|nur zu|los geht's|dann los|auf geht's|fang an|fangt an)
            (mach|macht) (mal|das|nur|ruhig|es)
            tu das
            [komm] (machen wir|machen wir das|machen wir es|machen wir's|lass uns das machen|lasst uns das machen)
            lass uns (anfangen|loslegen)
            mach
            (kannst du|kannste|könnt ihr) [gern|gerne|ruhig] machen
            [das] (find|finde) ich gut
            (aber|voll|total|echt|mega|richtig) (gern|gerne)
            (du darfst|ihr dürft|sie dürfen) [das|loslegen|anfangen]
            [das] (passt für mich|ist für mich okay|ist für mich ok|ist für mich in ordnung|geht für mich in ordnung)
            [das] ist (okay|ok) für mich
        """,
        Kind.WEAK_YES: """
            (jaa|jaaa|klar|na klar|klaro|klar doch|aber klar|sicher|aber sicher|na sicher|sicher doch|natürlich)
            (freilich|auf jeden|ist ok|ist okay|ist gut|lass machen)
            (ok|okay|gut) (ok|okay|gut)
            (selbstverständlich|auf jeden fall|auf alle fälle|unbedingt|na logo|definitiv|absolut)
            (gut|na gut|also gut|nun gut|na schön|passt|passt so|stimmt|stimmt so|stimmt alles|alles klar|alles gut)
            (alles richtig|richtig|korrekt|genau)
            (meinetwegen|von mir aus|kein problem|kein thema|keine einwände|so sei es)
            (ok|okay|gut|na gut|also gut) (ich geb|ich gebe) (auf|mich geschlagen)
            (das stimmt|das stimmt so|das ist richtig|das ist korrekt|das passt|das passt so|alles richtig)
            (alles korrekt|stimmt alles|so ist es|so stimmt's|so stimmt es)
            klingt gut
            hört sich gut an
        """,
        Kind.NO: """
            (nein|nee|nö|ne|nope|neinn|no)
            (nein nein|nee nee|nö nö)
            [nein|nee] (nein danke|danke nein|bitte nicht|auf keinen fall|auf gar keinen fall|keinesfalls|niemals)
            [nein|nee] (sicher nicht|ganz sicher nicht|bestimmt nicht|natürlich nicht|nie im leben)
            [nein|nee] (kommt nicht in frage|kommt nicht infrage)
            [nein|nee] (ich will nicht|ich möchte nicht|will ich nicht|möchte ich nicht|mag ich nicht)
            [nein|nee] (das will ich nicht|das möchte ich nicht|ich will das nicht|ich möchte das nicht)
            [nein|nee] (ich mag nicht|ich bin nicht einverstanden|ich stimme nicht zu|mach das nicht)
            [nein|nee] (macht das nicht|ohne mich|kein interesse|besser nicht|ich nicht)
            nein (stimmt nicht|stimmt so nicht)
            [nein] das stimmt (nicht|so nicht)
            (nein|nee|nö) (danke|lieber nicht|bitte nicht|bin ich nicht|eher nicht)
        """,
        Kind.CLAIM: """
            (es|das) geht um mich
            das (profil|dating profil|datingprofil) ist (meins|für mich|über mich|von mir|meines)
            (das|es) ist mein [eigenes] (profil|datingprofil|dating profil)
            (das|es) (wird|wäre) mein [eigenes] profil
            das profil (wird|soll) (meins|meins werden|für mich sein|für mich|über mich sein)
            es soll um mich gehen
            um mich geht es
            um mich geht's
            ich bin (der|die) single [hier|in der runde]
            ich bin (der|die) um (den|die) es geht
        """,
        Kind.CLAIM_IF_ASKED: """
            (ich|um mich|über mich|für mich|meins|mich|meins ist es|ich selbst|ich selber|nur ich)
            ich ich
            (das bin ich|ich bin's|ich bin es|ich bins|bin ich|das wär ich|das wäre ich|das bin dann wohl ich)
            (das bin wohl ich|dann wohl ich|das werde dann wohl ich sein|das bin dann ich|das wäre dann ich)
            (wohl ich|na ich)
            das (ist|wäre) (meins|dann wohl meins|wohl meins)
            (der|die) (glückliche|auserwählte) bin ich
            ich bin (der|die) (glückliche|auserwählte)
            (schuldig|ich bekenne mich schuldig)
        """,
        Kind.ADULT: """
            [und] ich bin [auch|schon|längst|natürlich|bereits] (erwachsen|volljährig|über 18|über achtzehn)
            [und] ich bin [auch|schon|längst|natürlich|bereits] (älter als 18|über 18 jahre alt|über 18 jahre)
            [und] ich bin [auch|schon|längst|natürlich|bereits] (mindestens 18)
            (bin|ich bin) [auch|schon|längst] (erwachsen|volljährig|über 18|über achtzehn)
            volljährig [bin ich [auch]]
            erwachsen bin ich [auch]
        """,
        Kind.DECLINE: """
            (lieber nicht|eher nicht)
        """,
        Kind.ANSWER: """
            (ich heiße|mein name ist|nenn mich|nennt mich|sag|sagt|alle nennen mich|man nennt mich) {first_name}
            (einfach|schreib|schreibt) {first_name}
            [nein] ich bin [die|der] {first_name}
            (sag|sagt) {first_name} zu mir
            {first_name} (reicht|passt|ist okay|ist ok|ist gut|genügt)
            [nein] (ich wohne|ich lebe|wohne|lebe|ich wohn|ich leb) [hier] in {area}
            [nein] (ich komme|ich bin|komme|ich komm|bin) aus {area}
            (aus|in) {area}
            [nein] (ich bin|bin|ich arbeite als|arbeite als|ich bin ein|ich bin eine|von beruf) {job_or_study}
            [nein] (ich studiere|studiere|ich bin von beruf) {job_or_study}
            ich bin {job_or_study} von beruf
            (ich bin|ich bin ein|ich bin eine|bin|ein|eine) {gender}
            (ich bin|bin) ({orientation}|{faith}|{politics})
            (ich sag|ich sage|ich nehme|ich nehm|ich wähle|eher|sagen wir|am ehesten) {option}
            (ich bin|bin|ich messe|meine größe ist|genau|das sind) {height_cm} [groß|hoch|barfuß]
            {height_cm} (groß|barfuß|ist richtig|stimmt|passt|genau)
            {height_cm} bin ich [groß]
        """,
        Kind.NOT: """
            (nicht|außer|bis auf|ausser|aber nicht|nur nicht)
        """,
        Kind.ALL_BUT: """
            [ja] (alles|alle|alles richtig|alles gut|passt alles|alles passt) (außer|bis auf|ausgenommen)
            [ja] (alles korrekt|alles stimmt|stimmt alles|stimmt) (außer|bis auf|ausgenommen)
            ja (außer|bis auf|aber nicht|nur nicht)
        """,
        Kind.IS_WRONG: """
            (ist|sind) (falsch|nicht richtig|nicht korrekt|quatsch|gelogen|verkehrt|nicht wahr)
            (stimmt|stimmen|passt|passen) (nicht|so nicht|leider nicht)
            falsch
        """,
        Kind.ALL_WRONG: """
            (alles|alle|das ist alles|ist alles) falsch
            (nichts davon|davon) stimmt (nichts)
            nichts davon stimmt
        """,
        Kind.UNDO: """
            [bitte] (rückgängig|rückgängig machen|mach das rückgängig|mach es rückgängig|macht das rückgängig)
            [bitte] (das rückgängig machen|zurücknehmen|nimm das zurück|wiederherstellen)
            [bitte] (undo|stell das wieder her|hol das zurück)
        """,
        Kind.SKIP: """
            [bitte] (überspringen|überspring das|überspring die frage|das überspringen|die frage überspringen)
            [bitte] (lass uns das überspringen|skip|weiter|weiter bitte|nächste frage|nächste|nächstes|passe)
            [bitte] (ich passe|kein kommentar|keine angabe)
            [das] [möchte ich|will ich|mag ich|würde ich] [lieber|eher] (nicht sagen|nicht beantworten)
            [das] [möchte ich|will ich|mag ich|würde ich] [lieber|eher] (nicht verraten|für mich behalten)
            [das] [möchte ich|will ich|mag ich|würde ich] [lieber|eher] (überspringen)
            ich (möchte|will|würde|mag) (das|es|dazu|darauf) [lieber|eher] (nicht sagen|nichts sagen)
            ich (möchte|will|würde|mag) (das|es|dazu|darauf) [lieber|eher] (nicht beantworten|nicht verraten)
            ich (möchte|will|würde|mag) (das|es|dazu|darauf) [lieber|eher] (für mich behalten|nicht antworten)
            (sag ich nicht|sage ich nicht|sag ich lieber nicht|verrat ich nicht|verrate ich nicht)
            (dazu sag ich nichts|dazu sage ich nichts)
        """,
        Kind.GREETING: """
            (hallo|hi|hey|moin|moin moin|servus|grüß dich|grüß euch|grüezi|guten tag|guten morgen|guten abend|tach)
            (huhu|hallöchen)
            (hallo|hi|hey|moin|servus) (zusammen|alle|leute|ihr lieben|allerseits|matchmaker|ihr|in die runde)
        """,
        Kind.COURTESY: """
            bitte
        """,
        Kind.THANKS: "(danke|danke schön|dankeschön|vielen dank|danke dir|danke euch|merci|schönen dank)",
        Kind.FILLER: """
            (also|ähm|äh|ach|oh|na ja|naja|tja|na|dann|übrigens|offensichtlich)
            (wie ihr wisst|wie du weißt|um ehrlich zu sein|ehrlich gesagt|zugegeben)
        """,
        Kind.SIGH: """
            (hilft ja nichts|hilft ja nix|ich geb auf|ich gebe auf|ich geb mich geschlagen|ich gebe mich geschlagen)
        """,
        Kind.REGRET: """
            (was soll's|was soll man machen|oje|oh je|seufz|leider|sorry|entschuldigung|bedauerlicherweise)
            (tut mir leid)
        """,
        Kind.WISH: """
            [aber|und] [bitte] (seid|sei) [bitte] (nett|lieb|gnädig|brav|freundlich|sanft) [zu mir|bitte]
            [aber|und] seid nicht zu (hart|gemein|streng)
            [aber|und] (benehmt euch|benimm dich)
        """,
        Kind.HEDGE: """
            (nehme ich an|nehm ich an|schätze ich|schätz ich|fürchte ich)
        """,
        Kind.EMPHASIS: """
            (warum nicht|wieso nicht|100%|100 %|hundert prozent|hundertprozentig|wirklich|ehrlich)
            (super|perfekt|top|fein|schön|cool|klasse|prima|mega|spitze|geil|passt schon)
        """,
        Kind.AND: """
            (und|&|+|außerdem|und außerdem|und auch)
        """,
    },
    doubtful="""
        (ja|jaa|jaaa|jo) (klar|sicher|ja|genau|gut|nun|dann|na|naja|na ja|tja|also|oh|ach|absolut|definitiv|na klar)
        (ja|jaa|jaaa|jo) (na logo|na sicher|aber sicher|sicher doch|klar doch|logisch|oje|oh je)
        (ach|oh|tja|naja|na ja|ähm|äh) (ja|nein|nee|nö|klar|sicher|genau|natürlich|gut)
        (klar|genau|sicher|natürlich|absolut) (klar|genau|sicher|natürlich|absolut|na klar|ja|oh)
        (ok|okay|gut) (ok|okay|gut|also|na|naja|na ja|tja|dann|schön|fein)
        (ja|jaa|jaaa|jo|na|ach|oh|klar|also) (super|perfekt|top|fein|schön|klasse|prima|spitze|geil|wirklich|ehrlich)
        (ja|jo) (ja|jo) (klar|na klar|cool|super|perfekt|top)
        dann (ja|nein|ok|okay|gut|klar)
    """,
    in_one_breath="""
        (ja|jo) (klar|na klar|absolut|definitiv|na logo|freilich|cool|super|perfekt|top)
        klar ja
    """,
    frames={
        Kind.ITEM: """
            {n}
            [die|der|das|den] (nummer|nr|option|punkt|antwort) {n}
            (die|der|das|den) {n}
            # {n}
            [die|der|das|den] {nth} [option|punkt|antwort|davon]
            (ich nehme|ich nehm|ich wähle|ich sag|ich sage) [die|nummer] {n}
            (ich nehme|ich nehm|ich wähle) (die|das|den) {nth}
        """,
        Kind.AGE: """
            [nein|nee] ich bin [schon|erst|jetzt|auch|gerade|übrigens] {n} [jahre|jahre alt|jahre jung|lenze]
            mein alter ist {n}
            ich bin [gerade|eben] {n} geworden
            ich werde heute {n}
        """,
        Kind.AGE_IF_ASKED: """
            {n}
            {n} (jahre|jahre alt|jahre jung|lenze)
            bin [schon|erst|jetzt|gerade] {n} [jahre alt|geworden]
            (schon|erst|gerade) {n} [geworden]
            {n} bin ich
        """,
        Kind.INTRODUCTION: """
            ich bin [die|der] {name}
            (ich heiße|mein name ist|hier ist|hier) {name}
            {name} hier
        """,
    },
    ordinals="""
        erste[r|s|n]
        zweite[r|s|n]
        dritte[r|s|n]
        vierte[r|s|n]
        fünfte[r|s|n]
        sechste[r|s|n]
        siebte[r|s|n]
        achte[r|s|n]
        neunte[r|s|n]
        zehnte[r|s|n]
        letzte[r|s|n]
    """,
)
