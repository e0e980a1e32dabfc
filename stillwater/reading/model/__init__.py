"""The learnt half of the reader: weights on words and pieces of words. Needs numpy alone."""
