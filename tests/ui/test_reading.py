"""What read-aloud says of a page: order, names of controls, and nothing that cannot be seen."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.reading import in_reading_order, page_text


@pytest.fixture(scope="module")
def application() -> QGuiApplication:
    return QGuiApplication.instance() or QGuiApplication([])  # type: ignore[return-value]


@pytest.fixture
def read(application: QGuiApplication) -> Iterator[object]:
    engine = QQmlEngine()
    window = QQuickWindow()
    window.resize(1000, 800)
    kept: list[object] = []

    def make(body: str) -> str:
        component = QQmlComponent(engine)
        source = f"import QtQuick\nimport QtQuick.Controls.Basic\nItem {{ width: 1000; height: 800\n{body}\n}}"
        component.setData(source.encode(), QUrl())
        assert not component.isError(), component.errorString()
        item = component.create()
        assert isinstance(item, QQuickItem)
        item.setParentItem(window.contentItem())
        kept.extend([component, item])
        return page_text(item)

    yield make
    for thing in kept:
        if isinstance(thing, QQuickItem):
            thing.setParentItem(None)
    window.deleteLater()


def test_from_above_whatever_the_order_in_the_file(read) -> None:
    said = read('Text { text: "第二"; y: 100 }\nText { text: "第一" }\nText { text: "第三"; y: 200 }')
    assert said == "第一\n第二\n第三"


def test_columns_are_read_one_after_the_other(read) -> None:
    said = read(
        """
        Text { text: "标题"; width: 1000 }
        Column { x: 500; y: 60; Text { text: "右上" } Text { text: "右下" } }
        Column { x: 0; y: 50; Text { text: "左上" } Text { text: "左下" } }
        Text { text: "末尾"; y: 700 }
        """
    )
    assert said == "标题\n左上\n左下\n右上\n右下\n末尾"


def test_a_grid_is_read_row_by_row_and_a_card_in_one_piece(read) -> None:
    said = read(
        """
        Grid { columns: 2; spacing: 10
            Repeater { model: 4
                Rectangle { required property int index; width: 200; height: 100
                    Text { text: "题" + index } Text { text: "文" + index; y: 50 } } } }
        """
    )
    assert said.split("\n") == [f"{word}{number}" for number in range(4) for word in "题文"]


def test_a_control_says_its_name_once(read) -> None:
    said = read(
        """
        Rectangle { width: 100; height: 50; Accessible.role: Accessible.Button; Accessible.name: "领一瓶水"
            Text { text: "水" } }
        Button { y: 100; text: "确定" }
        Rectangle { y: 200; width: 50; height: 50; Accessible.role: Accessible.CheckBox; Accessible.name: "同意"
            Accessible.description: "可以不勾" }
        """
    )
    assert said == "领一瓶水\n确定\n同意\n可以不勾"


def test_a_container_is_not_read_but_what_is_in_it(read) -> None:
    said = read('Item { Accessible.role: Accessible.List; Accessible.name: "列表"; Text { text: "一项" } }')
    assert said == "一项"


@pytest.mark.parametrize(
    "hidden",
    [
        'Text { text: "看不见"; visible: false }',
        'Item { visible: false; Text { text: "看不见" } }',
        'Text { text: "看不见"; opacity: 0 }',
        'Text { text: "装饰"; Accessible.ignored: true }',
        f'Text {{ text: "{chr(0xE001)}{chr(0xF0001)}" }}',
        'Text { text: "→ · —" }',
        'TextInput { text: "1234"; echoMode: TextInput.Password }',
        'Rectangle { width: 9; height: 9; Accessible.role: Accessible.ScrollBar; Accessible.name: "滚动条" }',
    ],
)
def test_what_cannot_be_seen_or_is_no_word_is_not_read(read, hidden: str) -> None:
    assert read(hidden + '\nText { text: "看得见"; y: 300 }') == "看得见"


def test_markup_is_not_read(read) -> None:
    assert read('Text { text: "<b>富</b>文本"; textFormat: Text.StyledText }') == "富文本"
    assert read('Text { text: "1 < 2 个"; textFormat: Text.PlainText }') == "1 < 2 个"


def test_what_is_scrolled_away_is_read_too(read) -> None:
    said = read(
        """
        Flickable { width: 500; height: 100; contentHeight: 2000; contentY: 500
            Text { text: "开头" } Text { text: "后面"; y: 1500 } }
        """
    )
    assert said == "开头\n后面"


def test_an_empty_page_says_nothing(read) -> None:
    assert read("") == ""


boxes = st.lists(st.tuples(*[st.integers(0, 500) for _ in range(2)], *[st.integers(1, 300) for _ in range(2)]))


@given(boxes)
def test_the_order_loses_nothing(found: list[tuple[int, int, int, int]]) -> None:
    places = [QRectF(*box) for box in found]
    assert sorted(in_reading_order(range(len(places)), places)) == list(range(len(places)))


@given(st.integers(1, 5), st.integers(1, 5), st.randoms())
def test_a_grid_is_read_in_rows(columns: int, rows: int, random) -> None:
    cells = [(row, column) for row in range(rows) for column in range(columns)]
    random.shuffle(cells)
    places = [QRectF(column * 110, row * 60, 100, 50) for row, column in cells]
    assert in_reading_order(cells, places) == sorted(cells)


def test_a_tool_of_the_page_is_not_read_and_an_alert_in_full(read) -> None:
    said = read(
        """
        Row { property bool unspoken: true; Button { text: "往下看" } }
        Rectangle { width: 100; height: 100; Accessible.role: Accessible.AlertMessage; Accessible.name: "没有网"
            Text { text: "没有网" } Text { text: "过一会儿再试"; y: 40 } }
        """
    )
    assert said == "没有网\n过一会儿再试"
