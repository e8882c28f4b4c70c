import QtQuick
import QtQuick.Layouts
import kit

// What a machine that cannot speak would have said.
Rectangle {
    id: root

    required property var voice

    visible: voice.words !== ""
    implicitHeight: row.implicitHeight + 2 * Theme.gap
    color: Theme.ink

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        spacing: Theme.pad

        Icon {
            name: "mdi6.volume-off"
            color: Theme.paper
        }

        Words {
            text: root.voice.words
            color: Theme.paper
            maximumLineCount: 3
            elide: Text.ElideRight
            lineHeight: 1.2
            Layout.fillWidth: true
        }

        Tappable {
            text: qsTr("关闭")
            implicitWidth: Theme.smallTarget * 1.3
            implicitHeight: Theme.smallTarget * 1.3
            onTapped: root.voice.hideWords()

            contentItem: Icon {
                name: "mdi6.close"
                color: Theme.paper
            }
        }
    }
}
