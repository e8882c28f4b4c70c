"""Scanners: a camera pipeline, a USB serial scanner, and a scanner that types like a keyboard."""
