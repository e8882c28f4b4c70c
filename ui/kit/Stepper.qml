import QtQuick
import QtQuick.Layouts

// A quantity with minus and plus. It shows `value` and asks for another one with `wanted(value)`.
RowLayout {
    id: root

    property int value: 1
    property int from: 1
    property int to: 99
    property string unit: ""
    property string name: ""

    signal wanted(int value)

    spacing: Theme.gap

    ActionButton {
        repeatable: true
        enabled: root.value > root.from
        iconName: "mdi6.minus-thick"
        spokenName: qsTr("减少%1").arg(root.name)
        Layout.preferredWidth: Theme.target * 1.3
        onTapped: root.wanted(Math.max(root.from, root.value - 1))
    }

    Words {
        text: root.unit ? root.value + " " + root.unit : root.value
        font.pixelSize: Theme.display
        font.weight: Font.Bold
        horizontalAlignment: Text.AlignHCenter
        lineHeight: 1.1
        Layout.minimumWidth: Theme.target * 1.5
        Layout.fillWidth: true
    }

    ActionButton {
        repeatable: true
        enabled: root.value < root.to
        iconName: "mdi6.plus-thick"
        spokenName: qsTr("增加%1").arg(root.name)
        Layout.preferredWidth: Theme.target * 1.3
        onTapped: root.wanted(Math.min(root.to, root.value + 1))
    }
}
