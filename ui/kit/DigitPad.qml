pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts

// Digits 0 to 9, erase and done, for a PIN or a number.
GridLayout {
    id: root

    property string doneText: qsTr("确定")
    property bool doneEnabled: true

    signal digit(string digit)
    signal erased
    signal done

    columns: 3
    uniformCellWidths: true
    rowSpacing: Theme.gap
    columnSpacing: Theme.gap

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

        ActionButton {
            id: key

            required property string modelData

            text: modelData
            repeatable: true
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.target * 1.1
            onTapped: root.digit(key.modelData)
        }
    }

    ActionButton {
        iconName: "mdi6.backspace-outline"
        spokenName: qsTr("删掉一位")
        repeatable: true
        Layout.fillWidth: true
        Layout.preferredHeight: Theme.target * 1.1
        onTapped: root.erased()
    }

    ActionButton {
        text: "0"
        repeatable: true
        Layout.fillWidth: true
        Layout.preferredHeight: Theme.target * 1.1
        onTapped: root.digit("0")
    }

    ActionButton {
        text: root.doneText
        kind: "main"
        enabled: root.doneEnabled
        Layout.fillWidth: true
        Layout.preferredHeight: Theme.target * 1.1
        onTapped: root.done()
    }
}
