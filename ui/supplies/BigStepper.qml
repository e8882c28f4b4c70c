pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// A quantity for the volunteer: by one and by ten.
RowLayout {
    id: root

    property int value: 1
    property int from: 1
    property int to: 9999
    property string unit: ""
    property string about: ""

    signal changed(int by)

    spacing: Theme.gap
    Layout.fillWidth: true

    Repeater {
        model: [-10, -1]

        ActionButton {
            id: less

            required property int modelData

            text: "−" + -less.modelData
            spokenName: qsTr("%1减 %2").arg(root.about).arg(-less.modelData)
            repeatable: true
            enabled: root.value > root.from
            Layout.minimumWidth: Theme.target
            onTapped: root.changed(less.modelData)
        }
    }

    Words {
        text: root.unit ? root.value + " " + root.unit : root.value
        font.pixelSize: Theme.title
        font.weight: Font.Bold
        lineHeight: 1.1
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }

    Repeater {
        model: [1, 10]

        ActionButton {
            id: more

            required property int modelData

            text: "+" + more.modelData
            spokenName: qsTr("%1加 %2").arg(root.about).arg(more.modelData)
            repeatable: true
            enabled: root.value < root.to
            Layout.minimumWidth: Theme.target
            onTapped: root.changed(more.modelData)
        }
    }
}
