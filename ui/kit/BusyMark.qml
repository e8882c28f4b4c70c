import QtQuick
import QtQuick.Layouts

// "One moment": shown only when something takes longer than a blink.
RowLayout {
    id: root

    property bool running: false
    property string text: qsTr("请稍等…")

    visible: shown.active
    spacing: Theme.gap

    Timer {
        id: shown

        property bool active: false

        interval: 300
        running: root.running
        onTriggered: active = true
        onRunningChanged: if (!running && !root.running) active = false
    }

    Icon {
        name: "mdi6.timer-sand"
    }

    Words {
        text: root.text
    }
}
