"""Sealing, epochs, keys, the ledger."""
