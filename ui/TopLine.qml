import QtQuick
import QtQuick.Layouts
import kit

// Where one is, what time it is, whether there is a line to the outside.
Rectangle {
    id: root

    required property var shell

    implicitHeight: grid.implicitHeight + 2 * Theme.gap
    color: Theme.sunken

    GridLayout {
        id: grid

        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        columns: Theme.portrait ? 2 : 3
        columnSpacing: Theme.margin
        rowSpacing: 0

        Words {
            text: root.shell.stationName
            font.weight: Font.Bold
            lineHeight: 1.15
            Layout.fillWidth: true
        }

        StatusMark {
            text: root.shell.lineText
            iconName: root.shell.online ? "mdi6.wifi" : "mdi6.wifi-off"
            mood: root.shell.online ? "good" : "warn"
            Layout.fillWidth: Theme.portrait
            Layout.maximumWidth: Theme.portrait ? Number.POSITIVE_INFINITY : root.width * 0.36
            Layout.row: Theme.portrait ? 1 : 0
            Layout.column: Theme.portrait ? 0 : 1
        }

        GridLayout {
            columns: Theme.portrait ? 1 : 2
            rowSpacing: 0
            columnSpacing: Theme.pad
            Layout.row: 0
            Layout.rowSpan: Theme.portrait ? 2 : 1
            Layout.column: Theme.portrait ? 1 : 2

            Words {
                text: root.shell.clockText
                font.pixelSize: Theme.title
                font.weight: Font.Bold
                font.features: { "tnum": 1 }
                lineHeight: 1.05
                horizontalAlignment: Text.AlignRight
                Layout.fillWidth: true
                Layout.column: Theme.portrait ? 0 : 1
                Layout.row: 0
            }

            SmallWords {
                text: root.shell.dateText
                lineHeight: 1.1
                wrapMode: Text.NoWrap
                horizontalAlignment: Text.AlignRight
                Layout.fillWidth: true
                Layout.column: 0
                Layout.row: Theme.portrait ? 1 : 0
            }
        }
    }
}
