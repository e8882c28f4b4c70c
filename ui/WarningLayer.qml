import QtQuick
import QtQuick.Layouts
import kit

// "Are you still there?": any touch goes on, and the seconds are shown.
Rectangle {
    id: root

    required property var shell

    color: Theme.veil

    MouseArea {
        anchors.fill: parent // a touch anywhere has already kept the session alive
    }

    Card {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.margin, Theme.readable)
        height: implicitHeight
        padding: Theme.margin
        color: Theme.paper

        Heading {
            text: qsTr("还在吗？")
            level: 1
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        }

        Words {
            text: qsTr("%1 秒后回到开始画面，您的信息会清掉。").arg(root.shell.secondsLeft)
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        }

        ActionButton {
            text: qsTr("继续使用")
            iconName: "mdi6.hand-wave"
            kind: "main"
            Layout.fillWidth: true
            onTapped: root.shell.extend()
        }

        ActionButton {
            text: qsTr("我用完了")
            iconName: "mdi6.exit-run"
            Layout.fillWidth: true
            onTapped: root.shell.finish()
        }
    }
}
