"""Words that claim nothing by themselves, so that a draft may use them without a fact behind them.

What is not here has to come from a fact: a noun, a name, a number, a word of praise. Loosened (without accents) and in
lower case. Of a language that is not here, drafts are held to the names and numbers in them.
"""

_EN = """
a about above across after again ago ahead all almost along already also always am an and another any anybody anyone
anything are around as ask asks at away back be because been before being below besides best better between beyond big
bit both but by came can cannot chance come comes coming could day days deal did different do does doing done down
each early either else end ends enough even ever every everybody everyone everything fair far favourite favorite feel
feels few find finding finds first for found from full get gets getting give given gives giving go goes going good got
great had half happily happy has have having he her here hers herself him himself his hold honest honestly hope hour
hours how however i if in instead into is it its itself just keep keeps kept kind know known knows last late later
least leave leaves less let lets like likes little live lives living long longer look looking looks lot lots love
loves made make makes making man many maybe me mean means meet met might mine moment more most mostly much must my
myself name near nearly need needs never new next night no nobody none nor not nothing now of off often ok on once one
ones only or other others our ours out over own part past people perhaps person place places plan plus probably proud
put puts quite rather ready real really right run same say says see seen seriously serious she should show side since
small so some somebody someone something sometimes somewhere soon sort spend spends still stop such sure take taken
takes taking talk tell tells than that the their them then there these they thing things think thinks this those
though through time times to today together told tomorrow tonight too took toward towards tried true try trying turn
twice two under until up us usually very want wants was way ways we week weekend weekends well went were what whatever
when whenever where wherever whether which while who whoever whole whose why will win wins with within without woman
word words work working works worth would year years yes yet you your yours yourself
ask bring brings call calls comes join joins promise promises start starts swear teach trust wait waits
i'd i'll i'm i've it's that's there's don't doesn't didn't can't won't isn't aren't wasn't you'll you're you'd we'll
let's what's who's couldn't wouldn't shouldn't haven't hasn't they're he's she's
"""

_ES = """
a acaba ahi ahora al alguien algo algun alguna algunas algunos alla alli amo ante antes aqui asi aun aunque ayer bajo
bastante bien buen buena buenas bueno buenos busca busco cada casi claro como con conmigo contar contra contigo cosa
cosas cual cualquier cuando cuanto da dan dar de deja dejo del demasiado dentro desde despues dia dias dice digo donde
dos durante e el ella ellas ellos en encanta encantan encanto encontrar entre era eran eres es esa esas ese eso esos
esta estar estas este esto estos estoy falta feliz fin fue fuera gente grande gusta gustan gusto ha haber hablo hace
hacen hacer haces hacia hago han has hasta hay he hecho hola hora horas hoy ir juntos la las le les llama llamo llego
lleva llevo lo los luego lugar mal manera mas me mejor menos mi mia mientras mio mis misma mismo momento mucha muchas
mucho muchos muy nada nadie ni ningun ninguna no noche nos nosotros nuestra nuestro nueva nuevo nunca o otra otras
otro otros para parte pero persona personas poca poco podemos por porque primera primero prometo pronto propia propio
puede puedes puedo pues que queda quedo quien quiere quieres quiero quiza quizas rato saber sabe sabes se sea segun
ser si siempre siento sin sino sobre sola solo somos son soy su sus tal tambien tampoco tan tanta tanto te tener tengo
ti tiempo tiene tienes toca toda todas todavia todo todos tras tu tus un una unas uno unos va vale vamos van veces ver
vez vida vivo voy y ya yo
"""

_DE = """
aber ab alle allem allen aller alles als also am an andere anderen anders auch auf aus ausser bald bei beim bestens
besten bin bis bisschen bist da dabei dafur damit danach dann darauf daran das dass davon dazu dein deine deinem
deinen deiner dem den denn der des deshalb dich die dies diese diesem diesen dieser dieses dir doch dort du durch
eher ehrlich eigene eigenen ein eine einem einen einer eines einfach einmal ende er erst erste ersten es etwas euch
fast finde finden fur ganz ganze gar geben gefallt gegen gehe gehen geht genau genug gern gerne gerade gibt gleich
gluck glucklich gross grosse gut gute guten guter gutes hab habe haben hast hat hatte heisse her heute hier hin hinter
ich ihm ihn ihr ihre immer im in ins ist ja jede jedem jeden jeder jedes jemand jetzt kann kannst kaum kein keine
keinen klar kleine kleinen komme kommen kommt konnen lang lange lasse lassen leben lebe lieb liebe lieber liebsten
liebe mache machen macht mag mal man mehr mein meine meinem meinen meiner meist mensch menschen mich mir mit mochte
morgen muss nach nachste nachsten nacht name neben nein neu neue neuen nicht nichts nie niemand nimmt noch nur ob oder
oft ohne ort paar rede sage sagen schon sehr sei sein seine seinem seinen seit selbst sich sicher sie sind so sobald
sogar solange sonst statt stunde stunden such suche tag tage trotzdem tun ub uber um und uns unser unter versprochen
viel viele vielen vielleicht voll vom von vor wann war warte warum was weg wegen weil weiss weiter welche wenig wenn
wer werde werden wie wieder will wir wird wo woche wochenende wohne wohl wollen worauf wurde wurden zeit ziemlich zu
zum zur zusammen zwar zwei zwischen
"""

GLUE_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split()) for language, words in {"en": _EN, "es": _ES, "de": _DE}.items()
}
