"""IATI 2.03, the International Aid Transparency Initiative's standard: reading with suspicion, checking, writing."""
