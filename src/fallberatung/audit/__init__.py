"""[blind] The tamper-evident access log: entry, tree, note, proof, bundle, verification."""
