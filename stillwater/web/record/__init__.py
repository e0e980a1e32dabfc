"""Record by hand: what no program sees come in, written down in plain steps."""
