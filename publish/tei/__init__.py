"""TEI P5 as this press writes and reads it: names, elements, and the editors' prose in both directions."""
