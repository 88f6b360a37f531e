"""From a Job to Parts: each engine draws pages and tells their logical structure."""
