"""Who is connected at this moment."""

from hub.presence import Presence


def test_a_station_is_here_as_long_as_one_of_its_links_is() -> None:
    presence, told = Presence(), []
    presence.on_change(lambda station, live: told.append((station, live)))
    presence.connected("WX-0001")
    presence.connected("WX-0001")
    presence.connected("WX-0002")
    presence.gone("WX-0001")
    assert presence.live("WX-0001")
    assert presence.stations() == {"WX-0001", "WX-0002"}
    presence.gone("WX-0001")
    assert not presence.live("WX-0001")
    assert told == [("WX-0001", True), ("WX-0002", True), ("WX-0001", False)]
