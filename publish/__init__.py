"""Cablepress: one transcription of a telegram in, a facsimile, an edition and an archival file out."""

__version__ = "0.1.0"
