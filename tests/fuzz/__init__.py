"""Coverage-guided fuzzing of what reads bytes of strangers: `make fuzz` (atheris, which is set up for it alone)."""
