import QtQuick
import QtQuick.Layouts
import kit

// Where the desk's picture is, with one's own in its corner; a sign in its place while there is none.
Rectangle {
    id: root

    property var vm: null
    readonly property bool dark: !root.vm.pictured

    color: Theme.black
    radius: Theme.radius

    Loader {
        id: loader

        // The page is always drawn at its own size and scaled here: composing a stretched video costs the engine five
        // times as much where there is no GPU, and looks the same.
        readonly property var end: root.vm.media

        function load(): void {
            if (end)
                setSource("CallMediaView.qml", { end: end });
            else
                source = "";
        }

        anchors.centerIn: parent
        width: 640
        height: 480
        scale: Math.min(root.width / width, root.height / height)
        onEndChanged: load()
    }

    ColumnLayout {
        visible: root.dark && root.vm.phase !== "ringing"
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.pad
        spacing: Theme.gap

        Icon {
            name: root.vm.media && root.vm.phase === "in_call" ? "mdi6.account-voice" : "mdi6.phone-in-talk"
            size: Theme.bigIcon * 1.5
            color: Theme.white
            Layout.alignment: Qt.AlignHCenter
        }

        Words {
            text: root.vm.mood === "good" && root.vm.phase === "in_call" ? qsTr("对方没有开画面，可以直接说话") : ""
            visible: text !== ""
            color: Theme.white
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        }
    }
}
