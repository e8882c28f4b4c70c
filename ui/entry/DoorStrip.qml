import QtQuick
import QtQuick.Layouts
import kit

// What just happened at a door, over whatever page is on the screen, for as long as one needs to read it.
Rectangle {
    id: root

    required property var vm

    implicitHeight: row.implicitHeight + 2 * Theme.gap
    color: Theme.moodGround(root.vm.mood)
    border.width: Theme.line
    border.color: Theme.moodInk(root.vm.mood)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.vm.title

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.margins: Theme.gap
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        spacing: Theme.pad

        Icon {
            name: root.vm.icon
            size: Theme.bigIcon
            color: Theme.moodInk(root.vm.mood)
        }

        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true

            Words {
                text: root.vm.title
                color: Theme.moodInk(root.vm.mood)
                font.weight: Font.Medium
                lineHeight: 1.2
                Layout.fillWidth: true
            }

            SmallWords {
                visible: text !== ""
                text: root.vm.detail
                color: Theme.moodInk(root.vm.mood)
                lineHeight: 1.2
                Layout.fillWidth: true
            }
        }

        ActionButton {
            text: qsTr("知道了")
            kind: "quiet"
            onTapped: root.vm.hide()
        }
    }
}
