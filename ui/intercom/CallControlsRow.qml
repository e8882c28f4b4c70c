import QtQuick
import QtQuick.Layouts
import kit

// What one does in a call: be heard or not, louder and softer, write, end it.
GridLayout {
    id: root

    property var vm: null

    columns: Theme.portrait ? 1 : 2
    columnSpacing: Theme.gap
    rowSpacing: Theme.gap

    RowLayout {
        spacing: Theme.gap
        uniformCellSizes: true
        Layout.fillWidth: true
        Layout.horizontalStretchFactor: 3

        BarButton {
            text: root.vm.muted ? qsTr("让对方听见") : qsTr("静音")
            iconName: root.vm.muted ? "mdi6.microphone-off" : "mdi6.microphone"
            checked: root.vm.muted
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: root.vm.toggleMute()
        }

        BarButton {
            enabled: root.vm.volume > 0
            repeatable: true
            text: qsTr("小声")
            iconName: "mdi6.volume-minus"
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: root.vm.quieter()
        }

        BarButton {
            enabled: root.vm.volume < 100
            repeatable: true
            text: qsTr("大声")
            iconName: "mdi6.volume-plus"
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: root.vm.louder()
        }

        BarButton {
            text: root.vm.writing ? qsTr("收起") : qsTr("写字")
            iconName: root.vm.writing ? "mdi6.chevron-down" : "mdi6.message-text-outline"
            checked: root.vm.writing
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: root.vm.toggleWriting()
        }
    }

    ActionButton {
        text: qsTr("挂断")
        kind: "main"
        iconName: "mdi6.phone-hangup"
        Layout.fillWidth: true
        Layout.fillHeight: !Theme.portrait
        Layout.horizontalStretchFactor: 1
        onTapped: root.vm.hangUp()
    }
}
