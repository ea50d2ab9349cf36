"""[blind] Rows of sealed things, their migrations, and the one writer."""
