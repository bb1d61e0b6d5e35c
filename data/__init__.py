"""What enters, what leaves, what is kept; knows the nouns, not what is done with them."""
