"""What is done with a finished file: tiles, proofs, a ticket for the print shop."""
