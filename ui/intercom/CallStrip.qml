pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// A call while another page is on the screen: who it is, how long, the way back, and the end of it. It holds the
// picture of the call, and lends it to the page of calls.
Rectangle {
    id: root

    required property var vm
    readonly property var centre: root.vm.callCentre
    readonly property bool plain: root.centre.mood === "plain" || root.centre.mood === "good"

    implicitHeight: grid.implicitHeight + 2 * Theme.gap
    color: root.plain ? Theme.goodGround : Theme.moodGround(root.centre.mood)
    Accessible.role: Accessible.Pane
    Accessible.name: root.centre.title

    GridLayout {
        id: grid

        anchors.fill: parent
        anchors.margins: Theme.gap
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        columns: Theme.portrait ? 3 : 5
        columnSpacing: Theme.pad
        rowSpacing: Theme.gap

        Rectangle {
            id: thumb

            visible: root.centre.talking && root.centre.pictured
            color: Theme.black
            Layout.preferredWidth: Theme.target * 4 / 3
            Layout.preferredHeight: Theme.target
        }

        Icon {
            visible: !thumb.visible
            name: root.centre.icon
            size: Theme.bigIcon
            color: root.plain ? Theme.good : Theme.moodInk(root.centre.mood)
        }

        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true
            Layout.columnSpan: Theme.portrait ? 2 : 1

            Words {
                text: root.centre.title
                color: root.plain ? Theme.good : Theme.moodInk(root.centre.mood)
                font.weight: Font.Medium
                lineHeight: 1.2
                Layout.fillWidth: true
            }

            SmallWords {
                text: root.centre.time
                color: root.plain ? Theme.good : Theme.moodInk(root.centre.mood)
                font.features: { "tnum": 1 }
            }
        }

        ActionButton {
            text: qsTr("回到通话")
            iconName: "mdi6.arrow-u-left-top"
            Layout.columnSpan: Theme.portrait ? 2 : 1
            Layout.fillWidth: Theme.portrait
            onTapped: root.centre.returnToCall()
        }

        ActionButton {
            text: root.centre.talking ? qsTr("挂断") : qsTr("取消呼叫")
            kind: "main"
            iconName: "mdi6.phone-hangup"
            Layout.fillWidth: Theme.portrait
            onTapped: root.centre.hangUp()
        }
    }

    // The engine's view is made once a call: moving it keeps the picture, where a new one would begin from nothing.
    Loader {
        id: host

        // The page is always drawn at its own size and scaled here: composing a stretched video costs the engine five
        // times as much where there is no GPU, and looks the same.
        readonly property var end: root.centre.media

        function load(): void {
            if (end)
                setSource("CallMediaView.qml", { end: end });
            else
                source = "";
        }

        parent: root.centre.place ? root.centre.place : thumb
        x: (parent.width - width) / 2
        y: (parent.height - height) / 2
        width: 640
        height: 480
        scale: Math.min(parent.width / width, parent.height / height)
        onEndChanged: load()
        Component.onCompleted: load()
    }
}
