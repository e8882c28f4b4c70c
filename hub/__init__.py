"""The duty desk and back office of the stations: API, journal, catalogue, staff console. Of ours it imports the wire."""
