"""The verbs of the command line, one thought a file; ``cli.py`` lists them."""
