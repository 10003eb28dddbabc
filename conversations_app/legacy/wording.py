"""What people of an imported session read when it goes on here."""

from conversations_app.outbox.languages import Words, words
from conversations_app.outbox.wording import listed


def moved_in(left_behind: list[str], *, link: str) -> Words:
    """`left_behind`: people we may not write to first; `link` brings them back."""
    return words(
        "We have moved to a new system. Your group is here, with everyone in it and everything you said. Just keep "
        "writing.\n{absent}Before I use the old profile, I need a yes from the person it's about. Who is that?",
        "Nos hemos mudado a un sistema nuevo. Tu grupo está aquí, con toda su gente y todo lo que se dijo. Se puede seguir "
        "escribiendo.\n{absent}Antes de usar el perfil de antes necesito un sí de la persona de la que trata. ¿Quién es?",
        "Wir sind in ein neues System umgezogen. Deine Gruppe ist hier, mit allen und allem, was ihr geschrieben habt. "
        "Schreibt einfach weiter.\n{absent}Bevor ich das alte Profil verwende, brauche ich ein Ja von der Person, um die es "
        "geht. Wer ist das?",
        absent=_absent(left_behind, link) if left_behind and link else "",
    )


def _absent(people: list[str], link: str) -> Words:
    return words(
        "I can't message {people} first. They're back as soon as they text me: {link}\n",
        "No puedo escribir yo primero a {people}. Vuelven en cuanto me escriban: {link}\n",
        "{people} kann ich nicht zuerst schreiben. Sie sind wieder da, sobald sie mir schreiben: {link}\n",
        people=listed(people),
        link=link,
    )
