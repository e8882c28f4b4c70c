import QtQuick
import QtQuick.Layouts

// A grid of tiles of one size: as many columns as there is room for tiles of at least `tileWidth`.
GridLayout {
    id: root

    property real tileWidth: Theme.body * (Theme.large ? 9 : 10)
    property int most: 4

    columns: Math.max(1, Math.min(most, Math.floor((width + columnSpacing) / (tileWidth + columnSpacing))))
    columnSpacing: Theme.gap * 1.5
    rowSpacing: Theme.gap * 1.5
    uniformCellWidths: true
    Layout.fillWidth: true
}
