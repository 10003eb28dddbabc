"""Somebody asks whether they are talking to a person. That is always answered, and truthfully."""

import re

from matchmaker.ai.safety.folding import by_language, fold

_ASKS = by_language(
    {
        "en": (
            r"(?:(?:are|r) (?:you|u|ya)|ru) (?:(?:actually|really|even|just|secretly|like|still|seriously) )*"
            r"(?:an? )?(?:(?:real|actual|live|proper|human|stupid|fucking) )*(?:bot|chat ?bot|robot|ai|a ?i|machine|computer|program|human|human being|person|chat ?gpt|llm|language model)"
            r"(?! (?:of|who|that|vacuum|resources|science|scientist|engineers?|nerd|geek|person|learning|operator|researcher|guy|girl|expert|rights|games?|at)\b)",
            r"are you real(?:{end}| or\b)|(?:you|u) (?:a|are a|re a) (?:bot|robot|real person|human)(?: or| right| no)?\s*\?|(?:youre|ur|you are) (?:just |actually |really )?(?:a bot|a robot|an ai|not human|not real|not a (?:real )?person|human),? (?:right|no|arent you|innit|huh)?\s*\?",
            r"(?:is|was) (?:this|that|it|matchmaker|there) (?:(?:really|actually|just|even) )*(?:an? )?(?:(?:real|actual|live|human) )*(?:bot|robot|ai|person|human)(?: (?:here|there|behind|on the other|typing|writing|talking|answering|in here)|\s*\?| or\b)",
            r"am i (?:(?:really|actually|just) )*(?:talking|speaking|chatting|writing|texting) (?:to|with) (?:an? )?(?:(?:real|actual|live) )*(?:bot|robot|ai|machine|computer|person|human)",
            r"(?:bot|robot|ai|machine) or (?:an? )?(?:real )?(?:human|person)|(?:human|person) or (?:an? )?(?:bot|robot|ai|machine)",
            r"(?:who|what) are you,? (?:really|actually){end}|who am i (?:really |actually )?(?:talking|speaking|writing) (?:to|with){end}|is this (?:an? )?(?:ai|bot|automated){end}|is any(?:one|body) (?:here )?(?:real|human)(?: here)?\s*\?",
        ),
        "es": (
            r"(?:eres|sos) (?:(?:realmente|de verdad|en serio|acaso) )*(?:un |una )?(?:bot|robot|ia|maquina|humano|humana|persona|inteligencia artificial|programa|chatgpt)(?! (?:muy|maj[oa]|encantador[a]?|increible|genial|que|mas)\b)",
            r"eres (?:real|de verdad)\s*\?|(?:es|esto es) (?:un|una) (?:bot|robot|ia|persona)(?: (?:real|de verdad))?\s*\?|(?:bot|robot|maquina|ia) o (?:una )?(?:persona|humano)|(?:persona|humano) o (?:un )?(?:bot|robot|maquina)",
            r"(?:hablo|estoy hablando|hablamos) con (?:un|una) (?:bot|robot|ia|maquina|persona|humano)|hay (?:una |alguna )?(?:persona|alguien real|humano) (?:detras|ahi|al otro lado)",
        ),
        "de": (
            r"bist du (?:(?:eigentlich|wirklich|echt|denn|nur|etwa|uberhaupt|jetzt) )*(?:eine?n? |nen? )?(?:(?:echter|echte|echtes|richtiger|richtige|realer) )*(?:bot|chatbot|roboter|ki|maschine|mensch|person|computer|programm|chatgpt)(?:{end}| oder\b)",
            r"bist du (?:(?:eigentlich|uberhaupt|denn) )*(?:echt|real|menschlich)(?:\s*\?| oder\b)|(?:rede|schreibe?|spreche?|chatte) ich (?:(?:hier|eigentlich|gerade|jetzt) )*mit (?:einem|einer|nem|ner) (?:echten )?(?:bot|roboter|ki|maschine|menschen|person)",
            r"ist (?:das|da) (?:(?:hier|eigentlich|denn|ein|eine) )*(?:bot|roboter|ki|mensch|echter mensch)(?: (?:dahinter|hier))?\s*\?|(?:bot|ki|maschine|roboter) oder mensch|mensch oder (?:bot|ki|maschine|roboter)|sitzt da (?:ein|eine) (?:mensch|person)",
        ),
        "fr": (
            r"(?:tes|t es|tu es|es tu|vous etes|etes vous) (?:(?:vraiment|juste|en fait) )*(?:une? )?(?:(?:vrai|vraie) )*(?:bot|robot|ia|machine|humaine?|personne|etre humain|chatgpt)(?: (?:reelle?|ou)\b|\s*\?)",
            r"(?:cest|est ce) (?:quun |une? )?(?:bot|robot|ia|vraie personne|humain)(?: qui (?:parle|ecrit|repond)| ici)?\s*\?|je (?:parle|discute) (?:a|avec) (?:une? )?(?:vraie? )?(?:bot|robot|ia|machine|humain|personne)|(?:bot|robot|ia) ou humain|humain ou (?:bot|robot|ia)",
        ),
        "pt": (
            r"(?:voce e|vc e|tu es|es|voce seria) (?:(?:mesmo|realmente|so) )*(?:uma? )?(?:bot|robo|robot|ia|maquina|humano|humana|pessoa|pessoa real|chatgpt)(?: (?:real|de verdade|mesmo|ou)\b|\s*\?)",
            r"(?:estou|to) (?:falando|a falar) com (?:uma? )?(?:bot|robo|ia|maquina|pessoa|humano)|(?:bot|robo|ia) ou (?:humano|pessoa)|(?:humano|pessoa) ou (?:bot|robo|ia)|(?:isso )?e (?:um|uma) (?:bot|robo|ia)\s*\?",
        ),
        "it": (
            r"(?:sei|ma sei) (?:(?:davvero|veramente|solo|per caso) )*(?:una? |un)?(?:bot|robot|ia|intelligenza artificiale|macchina|uman[oa]|persona|persona vera|chatgpt)(?: (?:ver[oa]|reale|o)\b|\s*\?)",
            r"(?:sto parlando|parlo|scrivo) con (?:una? |un)?(?:bot|robot|ia|macchina|persona|umano)|(?:bot|robot|ia) o (?:umano|persona)|(?:umano|persona) o (?:bot|robot|ia)|(?:e|questo e) (?:un|una) (?:bot|robot|ia|persona vera)\s*\?",
        ),
    }
)

_HONEST_LINES = {
    "en": "I'm an AI, not a person. {name} writes here by itself, and real people on our team can read along.",
    "es": "Soy una IA, no una persona. {name} escribe aquí por su cuenta, y hay personas de nuestro equipo que pueden leerlo.",
    "de": "Ich bin eine KI, kein Mensch. {name} schreibt hier von selbst, und Menschen aus unserem Team können mitlesen.",
}


def asks_if_human(text: str) -> bool:
    """Whether it is asked of the reader: "is he a bot?" among friends is about somebody else."""
    folded = re.sub(r"[!?]*\?[!?]*", "?", fold(text))
    return any(pattern.search(folded) for pattern in _ASKS.values())


def honest_line(language: str, *, name: str) -> str:
    return _HONEST_LINES.get(language, _HONEST_LINES["en"]).format(name=name)
