import QtQuick

// A QR code on white, in every theme, with whole pixels a module. `about` says what it is for.
Rectangle {
    id: root

    property string text: ""
    property string about: ""
    property real size: Math.ceil(60 * Theme.mm)

    implicitWidth: size
    implicitHeight: size
    radius: Theme.radius
    color: Theme.white
    border.width: Theme.line
    border.color: Theme.edge
    Accessible.role: Accessible.Graphic
    Accessible.name: about

    Image {
        anchors.centerIn: parent
        fillMode: Image.Pad
        source: root.text ? "image://qr/" + encodeURIComponent(root.text) : ""
        sourceSize: Qt.size(root.size - 2 * root.radius, root.size - 2 * root.radius)
    }
}
