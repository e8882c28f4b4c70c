pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// Only where the camera is a simulated one: hold a printed code before it.
Card {
    id: root

    required property var vm

    mood: "info"

    StatusMark {
        text: qsTr("演示：这台机器的镜头是模拟的。选一个码，放到镜头前。")
        mood: "info"
        Layout.fillWidth: true
    }

    Flow {
        spacing: Theme.gap
        Layout.fillWidth: true

        Repeater {
            model: root.vm.demoCodes

            FilterChip {
                required property string name
                required property string title

                text: title
                iconName: "mdi6.qrcode"
                Accessible.role: Accessible.Button
                onTapped: root.vm.showDemo(name)
            }
        }
    }
}
