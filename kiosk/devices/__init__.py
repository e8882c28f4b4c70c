"""Devices: ports, a registry, and a folder per kind with its real drivers and a simulator that speaks the same wire."""
