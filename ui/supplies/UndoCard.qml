import QtQuick
import QtQuick.Layouts
import kit

// Take it back while there is time; the seconds can be seen.
Card {
    id: root

    required property var undo

    ActionButton {
        text: qsTr("撤销（还有 %1 秒）").arg(root.undo.secondsLeft)
        iconName: "mdi6.undo-variant"
        Layout.fillWidth: true
        onTapped: root.undo.undo()
    }

    ProgressLine {
        value: root.undo.share
        name: qsTr("撤销的剩余时间")
        Layout.fillWidth: true
    }
}
