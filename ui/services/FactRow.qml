pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// One thing to know: an icon, what it is about, and its lines.
RowLayout {
    id: root

    property string iconName: ""
    property string label: ""
    property var lines: []

    visible: lines.length > 0 && lines[0] !== ""
    spacing: Theme.pad
    Layout.fillWidth: true

    Icon {
        name: root.iconName
        color: Theme.main
        Layout.alignment: Qt.AlignTop
    }

    ColumnLayout {
        spacing: Theme.gap / 2
        Layout.fillWidth: true

        SmallWords {
            text: root.label
            lineHeight: 1.2
            Layout.fillWidth: true
        }

        Repeater {
            model: root.lines

            Words {
                required property string modelData

                text: modelData
                lineHeight: 1.2
                Layout.fillWidth: true
            }
        }
    }
}
