"""The nouns of an IT portfolio and the rules among them; imports nothing of this house."""
