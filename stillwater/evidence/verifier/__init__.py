"""Checks a bundle with nothing else of ours."""
