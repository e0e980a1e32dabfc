"""The protected person and the others a plan is about: rows that all may refer to."""
