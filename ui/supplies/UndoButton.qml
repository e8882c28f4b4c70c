import QtQuick
import QtQuick.Layouts
import kit

// Take it back while there is time; the seconds can be seen.
ActionButton {
    id: root

    required property var undo

    visible: undo.open
    text: qsTr("撤销（还有 %1 秒）").arg(undo.secondsLeft)
    iconName: "mdi6.undo-variant"
    Layout.fillWidth: true
    onTapped: undo.undo()
}
