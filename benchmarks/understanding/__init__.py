"""What the reader understands, measured: own data, public data, cost."""
