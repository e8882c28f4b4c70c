import QtQuick
import kit

// The picture of a service, cut to fill its frame; its icon where there is none. `about` says what is to be seen.
Rectangle {
    id: root

    property url source: ""
    property string iconName: ""
    property string about: ""

    color: Theme.sunken
    Accessible.role: Accessible.Graphic
    Accessible.name: about
    Accessible.ignored: about === ""

    Icon {
        anchors.centerIn: parent
        visible: picture.status !== Image.Ready
        name: root.iconName
        size: Theme.bigIcon
        color: Theme.main
    }

    Image {
        id: picture

        anchors.fill: parent
        anchors.margins: Theme.line
        source: root.source
        sourceSize: Qt.size(Math.ceil(Math.max(width, height * 1.6)), 0)
        fillMode: Image.PreserveAspectCrop
        asynchronous: true
        visible: status === Image.Ready
    }
}
