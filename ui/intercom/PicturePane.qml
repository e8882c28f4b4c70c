import QtQuick
import QtQuick.Layouts
import kit

// Where the desk's picture is, with one's own in its corner; a sign in its place while there is none. The picture
// itself is lent by the strip of calls.
Rectangle {
    id: root

    property var vm: null
    readonly property bool dark: !root.vm.pictured

    color: Theme.black
    radius: Theme.radius

    ColumnLayout {
        visible: root.dark && root.vm.phase !== "ringing"
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.pad
        spacing: Theme.gap
        z: 1

        Icon {
            name: root.vm.held ? "mdi6.pause-circle"
                : root.vm.phase === "in_call" ? "mdi6.account-voice" : "mdi6.phone-in-talk"
            size: Theme.bigIcon * 1.5
            color: Theme.white
            Layout.alignment: Qt.AlignHCenter
        }
    }

    Component.onCompleted: root.vm.callCentre.dock(root)
    Component.onDestruction: if (root.vm) root.vm.callCentre.undock(root)
}
