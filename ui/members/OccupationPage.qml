pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// What somebody works as, by picture. The touch is the last one: the code comes next.
KioskPage {
    id: page

    readonly property bool tight: Theme.large && !Theme.portrait

    title: qsTr("您做什么工作？")
    subtitle: qsTr("选一个最像的，会员码马上就有。")

    TileGrid {
        most: 5
        tileWidth: Theme.body * (Theme.large ? 10 : 9)

        Repeater {
            model: page.vm.rows

            TileButton {
                required property string key
                required property string title
                required property string drawing

                text: title
                iconName: drawing
                compact: page.tight
                enabled: !page.vm.busy
                Layout.fillWidth: true
                Layout.fillHeight: true
                onTapped: page.vm.choose(key)
            }
        }
    }

    Item {
        Layout.fillHeight: true
    }
}
