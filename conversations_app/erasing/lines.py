"""What is said when somebody has something taken out. Each is one line, gentle, and says nothing of why."""

from conversations_app.outbox.languages import Words, words
from sessions_app.names import is_made_up


def ask(code: str) -> Words:
    return words(
        "This takes out everything you said and sent in group {code}, photos included, and takes you out of the "
        "group. It can't be undone. If that's what you want, send: FORGET ME YES",
        "Con esto borro todo lo que dijiste y mandaste en el grupo {code}, fotos incluidas, y sales del grupo. No se "
        "puede deshacer. Si es lo que quieres, manda: FORGET ME YES",
        "Damit lösche ich alles, was du in der Gruppe {code} gesagt und geschickt hast, auch Fotos, und nehme dich "
        "aus der Gruppe. Das lässt sich nicht zurücknehmen. Wenn du das willst, schick: FORGET ME YES",
        code=code,
    )


def ask_primary(code: str) -> Words:
    return words(
        "This takes out your profile and everything you said and sent in group {code}, photos included, and takes "
        "you out of the group. It can't be undone. If that's what you want, send: FORGET ME YES",
        "Con esto borro tu perfil y todo lo que dijiste y mandaste en el grupo {code}, fotos incluidas, y sales del "
        "grupo. No se puede deshacer. Si es lo que quieres, manda: FORGET ME YES",
        "Damit lösche ich dein Profil und alles, was du in der Gruppe {code} gesagt und geschickt hast, auch Fotos, "
        "und nehme dich aus der Gruppe. Das lässt sich nicht zurücknehmen. Wenn du das willst, schick: FORGET ME YES",
        code=code,
    )


def done(code: str) -> Words:
    return words(
        "Done: you're out of group {code}, and everything you said and sent there is gone on our side. What's "
        "already on other people's phones stays on them.",
        "Listo: ya no estás en el grupo {code}, y de nuestro lado no queda nada de lo que dijiste y mandaste. Lo que "
        "ya está en otros móviles se queda ahí.",
        "Erledigt: Du bist nicht mehr in der Gruppe {code}, und bei uns ist nichts mehr von dem, was du gesagt und "
        "geschickt hast. Was schon auf anderen Handys ist, bleibt dort.",
        code=code,
    )


def ask_everywhere() -> Words:
    return words(
        "This takes out everything you said and sent in your earlier groups, photos included. It can't be undone. If "
        "that's what you want, send: FORGET ME YES",
        "Con esto borro todo lo que dijiste y mandaste en tus grupos de antes, fotos incluidas. No se puede deshacer. Si "
        "es lo que quieres, manda: FORGET ME YES",
        "Damit lösche ich alles, was du in deinen früheren Gruppen gesagt und geschickt hast, auch Fotos. Das lässt sich "
        "nicht zurücknehmen. Wenn du das willst, schick: FORGET ME YES",
    )


def done_everywhere() -> Words:
    return words(
        "Done: everything you said and sent in your earlier groups is gone on our side. What's already on other "
        "people's phones stays on them.",
        "Listo: de nuestro lado no queda nada de lo que dijiste y mandaste en tus grupos de antes. Lo que ya está en "
        "otros móviles se queda ahí.",
        "Erledigt: Bei uns ist nichts mehr von dem, was du in deinen früheren Gruppen gesagt und geschickt hast. Was "
        "schon auf anderen Handys ist, bleibt dort.",
    )


# "Has left us" and "ya no está con nosotros" are said of the dead.
def friend_gone(name: str) -> Words:
    return words(
        "{name} has left the group and had their messages removed on our side. All good, we carry on.",
        "{name} ha salido del grupo y ha pedido borrar sus mensajes de nuestro lado. Todo bien, seguimos.",
        "{name} hat die Gruppe verlassen und die eigenen Nachrichten bei uns löschen lassen. Alles gut, wir machen weiter.",
        name=_called(name),
    )


def primary_gone(name: str) -> Words:
    return words(
        "{name} has left the group, and the profile is deleted. Thank you all for helping! If one of you would like one of "
        "their own: who is it about?",
        "{name} ha salido del grupo y el perfil queda borrado. ¡Gracias a todos por la ayuda! Si alguien quiere uno "
        "propio: ¿de quién sería?",
        "{name} hat die Gruppe verlassen, und das Profil ist gelöscht. Danke euch allen fürs Helfen! Falls jemand von "
        "euch eins möchte: Um wen geht es dann?",
        name=_called(name),
    )


def withdrawn(name: str) -> Words:
    return words(
        "{name} would rather not have a profile after all, so I've deleted it. Should that change one day, just say so.",
        "{name} prefiere no tener perfil, así que lo he borrado. Si un día cambia de idea, basta con decirlo.",
        "{name} möchte doch kein Profil, also habe ich es gelöscht. Falls sich das ändert, sagt einfach Bescheid.",
        name=_called(name),
    )


def nothing() -> Words:
    return words(
        "I keep nothing that you said, so there's nothing to forget.",
        "No guardo nada de lo que dijiste, así que no hay nada que olvidar.",
        "Ich habe nichts von dir behalten, also gibt es nichts zu löschen.",
    )


def out(emergency: Words, whom: Words) -> Words:
    return words(
        "You're out of the group, and I told nobody why. What you wrote there is kept from everyone until our team "
        "has looked at it, and they've been told. If you're in danger, call now: {emergency}. To talk to somebody: {whom}.",
        "Ya no estás en el grupo, y no le he dicho a nadie por qué. Lo que escribiste queda oculto para todos hasta "
        "que nuestro equipo lo mire, y ya lo sabe. Si estás en peligro, llama ya: {emergency}. Para hablar con "
        "alguien: {whom}.",
        "Du bist nicht mehr in der Gruppe, und ich habe niemandem gesagt, warum. Was du dort geschrieben hast, sieht "
        "keiner, bis unser Team es sich angesehen hat; es weiß Bescheid. Bist du in Gefahr, ruf jetzt an: {emergency}. Zum "
        "Reden: {whom}.",
        emergency=emergency,
        whom=whom,
    )


def _called(name: str) -> str | Words:
    return words("Somebody", "Alguien", "Jemand") if is_made_up(name) else name
