import QtQuick
import QtQuick.Layouts
import QtMultimedia
import kit

// The picture of a film on black, and its captions over its lower edge.
Rectangle {
    id: root

    required property var vm

    color: Theme.black
    radius: Theme.radius
    clip: true
    Accessible.role: Accessible.Graphic
    Accessible.name: root.vm.title

    VideoOutput {
        id: output

        visible: root.vm.picture === ""
        anchors.fill: parent
        fillMode: VideoOutput.PreserveAspectFit
        Component.onCompleted: root.vm.showOn(output.videoSink)
    }

    Image {
        visible: root.vm.picture !== ""
        anchors.fill: parent
        source: root.vm.picture
        cache: false
        fillMode: Image.PreserveAspectFit
    }

    Rectangle {
        visible: root.vm.stage === "finished" || root.vm.stage === "opening"
        anchors.fill: parent
        color: Theme.black
        radius: Theme.radius

        ColumnLayout {
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.margin
            spacing: Theme.gap

            Icon {
                name: root.vm.stage === "finished" ? "mdi6.check-circle-outline" : "mdi6.timer-sand"
                size: Theme.bigIcon
                color: Theme.white
                Layout.alignment: Qt.AlignHCenter
            }

            Words {
                text: root.vm.stage === "finished" ? qsTr("这一段看完了") : qsTr("正在打开…")
                color: Theme.white
                font.pixelSize: Theme.title
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
            }
        }
    }

    Rectangle {
        visible: root.vm.words !== ""
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width - 2 * Theme.gap, captions.implicitWidth + 2 * Theme.pad)
        height: captions.implicitHeight + Theme.gap
        color: Theme.black
        radius: Theme.radius

        Words {
            id: captions

            anchors.centerIn: parent
            width: Math.min(implicitWidth, root.width - 2 * Theme.gap - 2 * Theme.pad)
            text: root.vm.words
            color: Theme.white
            lineHeight: 1.2
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
