"""[both, never in one file] Commands: one file per kind of person who types them."""
