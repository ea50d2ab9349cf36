"""[blind] The words spoken between client and server: records, never the bodies of entries."""
