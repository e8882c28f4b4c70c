"""Something to look at: five weeks of invented days at the demonstration's station and two more, with gaps in them."""

from hub.state import Hub


def on_demo(hub: Hub) -> None:
    """Nothing yet."""
