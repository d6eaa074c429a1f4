"""The keys that the private keys of RFQs are sealed to: as files, replaced, retired (see domain/sealing.py)."""
