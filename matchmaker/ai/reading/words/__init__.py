"""What people write, as data: a module for each of the languages that we know best, and one for the others."""

from matchmaker.ai.reading.words.english import ENGLISH
from matchmaker.ai.reading.words.german import GERMAN
from matchmaker.ai.reading.words.others import OTHERS
from matchmaker.ai.reading.words.spanish import SPANISH

LANGUAGES = (ENGLISH, SPANISH, GERMAN, *OTHERS)
