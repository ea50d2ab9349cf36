"""[seeing] What a participant's hands do: pseudonymise, seal, send, open, check."""
