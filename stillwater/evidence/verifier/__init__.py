"""Checks a bundle with nothing else of ours: the standard library, and for
signatures either ``cryptography`` or the ``openssl`` program.

Begin with check.py, whose head says in numbered prose what is checked.
docs/formats/bundle.md says how to do all of it by hand.
"""
