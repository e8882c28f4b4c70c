"""The duty desk and back office of the stations: API, journal, catalogue, staff console. Imports only the wire."""
