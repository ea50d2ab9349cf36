"""[seeing] Whatever needs a member's key or the cleartext: seal, open, sign, derive."""
