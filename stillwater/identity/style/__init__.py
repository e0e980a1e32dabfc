"""Whose hand it is: what a way of typing says of the writer, whatever is being said."""
