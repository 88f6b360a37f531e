"""Faces that the press makes itself, by code, from an open parent face (`make faces`).

In: a recipe and the parent's file as fonts.toml declares it; out: a TrueType file in
fonts/derived/, the same bytes each time. Only who rebuilds a face needs skia-pathops.
"""
