"""[blind] Forms of sealed things and checking of signatures: needs no key, no cleartext."""
