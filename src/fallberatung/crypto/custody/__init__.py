"""[blind] The server's own keys: never a member's key, never the key to a case."""
