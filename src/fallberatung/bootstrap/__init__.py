"""[blind] Where ports meet implementations, and where clock and randomness are read."""
