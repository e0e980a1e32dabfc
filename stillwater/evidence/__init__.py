"""Bundles that a lawyer, an officer or a court can check without us, and their verifier.

export.py is the way through; verifier/ needs nothing else of ours.
"""
