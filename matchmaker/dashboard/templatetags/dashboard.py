from django import template

from matchmaker.in_words import ago

register = template.Library()
register.filter("ago", ago)
