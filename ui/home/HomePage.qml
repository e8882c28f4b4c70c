pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// What one can do here.
KioskPage {
    id: page

    readonly property bool tight: Theme.large && !Theme.portrait

    title: page.tight ? "" : page.vm.known ? qsTr("您好，请选择") : qsTr("欢迎，请选择")
    subtitle: Theme.portrait || page.vm.notices.count === 0 ? page.vm.address : "" // so that every tile fits beside a notice

    Repeater {
        model: page.vm.notices

        NoticeStrip {
            required text
            required mood
            required iconName
        }
    }

    TileGrid {
        most: Theme.portrait ? 2 : 3
        Layout.fillHeight: true

        Repeater {
            model: page.vm.tiles

            TileButton {
                required property int number
                required property string title
                required iconName
                required hint
                required main

                text: title
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.maximumHeight: Theme.portrait ? Math.max(implicitHeight, Theme.target * 6) : Number.POSITIVE_INFINITY
                compact: page.tight
                onTapped: page.vm.openTile(number)
            }
        }
    }
}
