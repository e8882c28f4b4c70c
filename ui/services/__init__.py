"""The screens of the union's services."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.pages import Args, PageSpec, Sample, Tile


def _list_model(ui: Any, args: Args) -> Any:
    from ui.services.list_model import ServicesListModel

    return ServicesListModel(ui, args)


def _detail_model(ui: Any, args: Args) -> Any:
    from ui.services.detail_model import ServiceDetailModel

    return ServiceDetailModel(ui, args)


def _chosen(category: str) -> Callable[[Any], None]:
    return lambda model: model.choose(category)


def _list_samples() -> tuple[Sample, ...]:
    return (Sample("all"), Sample("category", {"category": "rights"}), Sample("chosen", prepare=_chosen("life")))


def _detail_samples() -> tuple[Sample, ...]:
    return (
        Sample("legal", {"service": "legal"}),
        Sample("always", {"service": "join"}),
        Sample("gone", {"service": "gone"}),
    )


PAGES = (
    PageSpec("services.list", "services/ServicesListPage.qml", _list_model, _list_samples, for_desk=True),
    PageSpec("services.detail", "services/ServiceDetailPage.qml", _detail_model, _detail_samples, for_desk=True),
)
TILES = (
    Tile(
        page="services.list",
        icon="mdi6.clipboard-text-outline",
        title=QT_TRANSLATE_NOOP("tiles", "办事服务"),
        hint=QT_TRANSLATE_NOOP("tiles", "体检、法律、入会、帮扶…"),
        order=20,
    ),
)
