pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// What one can do here.
KioskPage {
    id: page

    readonly property bool tight: Theme.large && !Theme.portrait
    readonly property bool crowded: Theme.large && page.vm.tiles.count > 6 // the names say it; what is under them goes

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
        tileWidth: Theme.body * (page.crowded ? 7 : Theme.large ? 9 : 10)
        most: Theme.portrait ? 2 : page.vm.tiles.count > 6 ? 4 : 3
        Layout.fillHeight: true

        Repeater {
            model: page.vm.tiles

            TileButton {
                required property int number
                required property string title
                required iconName
                required property string under
                required main
                required property bool wide

                text: title
                hint: page.crowded ? "" : under
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.columnSpan: wide ? 2 : 1
                Layout.maximumHeight: Theme.portrait ? Math.max(implicitHeight, Theme.target * 6) : Number.POSITIVE_INFINITY
                compact: page.tight
                onTapped: page.vm.openTile(number)
            }
        }
    }
}
