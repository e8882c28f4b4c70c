import QtQuick
import QtQuick.Layouts
import kit

// How the call stands, in words, with the time it has taken.
Card {
    id: root

    property var vm: null

    mood: root.vm.mood === "plain" ? "" : root.vm.mood

    RowLayout {
        spacing: Theme.pad
        Layout.fillWidth: true

        Icon {
            name: root.vm.icon
            size: Theme.bigIcon
            color: Theme.moodInk(root.mood)
            Layout.alignment: Qt.AlignTop
        }

        ColumnLayout {
            spacing: Theme.gap / 2
            Layout.fillWidth: true

            Words {
                visible: text !== ""
                text: root.vm.detail
                color: Theme.moodInk(root.mood)
                Layout.fillWidth: true
            }

            Words {
                visible: root.vm.active
                text: root.vm.talking ? qsTr("已通话 %1").arg(root.vm.time) : qsTr("已等待 %1").arg(root.vm.time)
                color: Theme.moodInk(root.mood)
                font.weight: Font.Medium
                Layout.fillWidth: true
            }
        }
    }
}
