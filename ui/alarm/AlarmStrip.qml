import QtQuick
import QtQuick.Layouts
import kit

// An alarm while another page is on the screen: what is true of it, and the way to more.
Rectangle {
    id: root

    required property var vm

    implicitHeight: row.implicitHeight + 2 * Theme.gap
    color: Theme.moodGround(root.vm.mood)
    border.width: Theme.thickLine
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
            text: qsTr("看报警")
            iconName: "mdi6.chevron-right"
            onTapped: root.vm.open()
        }
    }
}
