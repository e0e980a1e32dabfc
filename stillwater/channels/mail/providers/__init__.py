"""Mail providers that many people have: where their servers are, and how rules are made there."""
