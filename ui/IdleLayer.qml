pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// Posters, one after the other, until somebody touches. The first touch only wakes.
Rectangle {
    id: root

    required property var shell
    property int place: 0

    color: Theme.paper
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("待机画面")

    Timer {
        interval: 8000
        repeat: true
        running: root.visible && posters.count > 1
        onTriggered: root.place = (root.place + 1) % posters.count
    }

    Repeater {
        id: posters

        model: root.shell.posters

        Item {
            id: poster

            required property int index
            required property string title
            required property string text
            required property url picture
            readonly property bool pictured: picture.toString() !== ""
            // beside the words on a wide screen, above them on an upright one: both leave a picture that is nearly square
            readonly property real edge: pictured && !Theme.portrait ? Math.round(width * 0.56) : 0

            anchors.fill: parent
            visible: opacity > 0
            opacity: index === root.place ? 1 : 0

            Behavior on opacity {
                NumberAnimation {
                    duration: Theme.motion
                }
            }

            Image {
                width: poster.edge || parent.width
                height: poster.edge ? parent.height : parent.height - words.height
                asynchronous: true // a poster may be large, and nothing waits for it
                source: poster.visible ? poster.picture : ""
                sourceSize: Qt.size(Math.max(width, height), Math.max(width, height))
                fillMode: Image.PreserveAspectCrop
            }

            Rectangle {
                id: words

                anchors.bottom: parent.bottom
                anchors.right: parent.right
                width: parent.width - poster.edge
                height: poster.edge || !poster.pictured ? parent.height : column.implicitHeight + 2 * Theme.margin
                color: Theme.paper

                ColumnLayout {
                    id: column

                    anchors.centerIn: parent
                    width: parent.width - 2 * Theme.margin
                    spacing: Theme.gap

                    Heading {
                        text: poster.title
                        level: 1
                        font.pixelSize: Theme.display * 1.4
                        color: Theme.main
                        horizontalAlignment: Text.AlignHCenter
                        lineHeight: 1.15
                        Layout.fillWidth: true
                    }

                    Words {
                        visible: text !== ""
                        text: poster.text
                        font.pixelSize: Theme.title
                        horizontalAlignment: Text.AlignHCenter
                        Layout.fillWidth: true
                    }

                    Words {
                        text: qsTr("轻触屏幕开始")
                        color: Theme.softInk
                        horizontalAlignment: Text.AlignHCenter
                        Layout.fillWidth: true
                        Layout.topMargin: Theme.gap
                    }
                }
            }
        }
    }

    ColumnLayout {
        // before any catalogue has arrived
        visible: posters.count === 0
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.margin
        spacing: Theme.margin

        Heading {
            text: qsTr("欢迎进来歇歇脚")
            level: 1
            font.pixelSize: Theme.display * 1.4
            color: Theme.main
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1.15
            Layout.fillWidth: true
        }

        Words {
            text: qsTr("轻触屏幕开始")
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        }
    }
}
