pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// For staff in the room: try each device, see what it says, and what to do about it.
KioskPage {
    id: page

    title: page.vm.active ? page.vm.name : qsTr("试试设备")
    subtitle: page.vm.active ? "" : qsTr("一样一样试。试按钮和烟感时不会报警。")

    Card {
        visible: page.vm.active
        mood: "info"
        Layout.fillWidth: true
        Layout.fillHeight: page.vm.active

        Item { Layout.fillHeight: true }

        Heading {
            text: page.vm.toDo
            level: Theme.large ? 2 : 1
            color: Theme.info
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        }

        Words {
            text: qsTr("还有 %1 秒").arg(page.vm.left)
            color: Theme.info
            font.features: { "tnum": 1 }
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        }

        Item { Layout.fillHeight: true }
    }

    Repeater {
        model: page.vm.active ? null : page.vm.parts

        RowButton {
            required property string key
            required property string title
            required property string drawing
            required property string verdict
            required property string mood
            required property string detail

            text: title
            iconName: drawing
            subtitle: mood === "bad" ? [verdict, detail].filter(part => part !== "").join(" · ") : detail
            remark: mood === "bad" ? qsTr("有故障") : verdict
            remarkMood: mood
            arrow: false
            Layout.fillWidth: true
            onTapped: page.vm.attempt(key)
        }
    }

    actions: [
        ActionButton {
            visible: page.vm.active && page.vm.asks
            text: qsTr("听到了")
            kind: "main"
            iconName: "mdi6.check"
            Layout.fillWidth: true
            onTapped: page.vm.answer(true)
        },
        ActionButton {
            visible: page.vm.active && page.vm.asks
            text: qsTr("没有听到")
            iconName: "mdi6.volume-off"
            Layout.fillWidth: true
            onTapped: page.vm.answer(false)
        },
        ActionButton {
            visible: page.vm.active
            text: qsTr("不试了")
            iconName: "mdi6.close"
            Layout.fillWidth: true
            onTapped: page.vm.cancel()
        }
    ]
}
