"""[blind] A case's life as the server carries it, one module per step."""
