"""What identity and reading understand, measured: own data, public data, cost."""
