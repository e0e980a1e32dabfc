"""Stillwater: No Contact as a working system, on the person's own machine."""

__version__ = "0.1.0"
# The day this version was made. The program tells its own age from it,
# instead of asking the network whether there is a newer one.
__released__ = "2026-11-20"
