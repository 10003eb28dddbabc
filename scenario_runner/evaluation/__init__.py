"""How well did a model play? Measured on scenarios whose lines say when to speak and when to be silent."""
