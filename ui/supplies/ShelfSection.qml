pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// One category of the shelf and its tiles.
ColumnLayout {
    id: root

    required property string name
    required property string icon
    required property var tiles

    signal chosen(string item)

    spacing: Theme.gap
    Layout.fillWidth: true
    Layout.fillHeight: false

    RowLayout {
        spacing: Theme.gap
        Layout.topMargin: Theme.gap
        Layout.fillWidth: true

        Icon {
            name: root.icon
            color: Theme.softInk
        }

        Heading {
            text: root.name
            Layout.fillWidth: true
        }
    }

    TileGrid {
        Repeater {
            model: root.tiles

            TileButton {
                id: tile

                required property string item
                required property string name
                required property string symbol
                required property string stock
                required property string standing
                required property url image

                text: tile.name
                iconName: tile.symbol
                picture: tile.image
                remark: tile.stock
                remarkMood: tile.standing === "low" ? "warn" : tile.standing === "expired" ? "bad" : ""
                remarkIcon: tile.standing === "none" ? "mdi6.help-circle-outline" : ""
                Layout.fillWidth: true
                Layout.fillHeight: true
                onTapped: root.chosen(tile.item)
            }
        }
    }
}
