pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// For staff: what waits here for the hub, what it did not take, and a stick that carries both ways.
KioskPage {
    id: page

    title: qsTr("联网和 U 盘")
    subtitle: page.vm.working ? "" : qsTr("网络长时间不通时，用 U 盘把记录带到市里，再把新内容带回来。")

    Card {
        visible: page.vm.working
        mood: "info"
        Layout.fillWidth: true
        Layout.fillHeight: page.vm.working

        Item { Layout.fillHeight: true }

        BusyMark {
            running: page.vm.working
            Layout.alignment: Qt.AlignHCenter
        }

        Heading {
            text: qsTr("正在读写 U 盘，请不要拔下")
            color: Theme.info
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        }

        Item { Layout.fillHeight: true }
    }

    NoticeStrip {
        visible: !page.vm.working && page.vm.outcome !== ""
        mood: "good"
        iconName: "mdi6.usb-flash-drive-outline"
        text: page.vm.outcome
    }

    NoticeStrip {
        visible: !page.vm.working && page.vm.refusal !== ""
        mood: "warn"
        text: page.vm.refusal
    }

    Card {
        visible: !page.vm.working
        Layout.fillWidth: true

        RowLayout {
            spacing: Theme.pad
            Layout.fillWidth: true

            Icon {
                name: page.vm.waiting > 0 ? "mdi6.tray-full" : "mdi6.check-circle-outline"
                color: page.vm.waiting > 0 ? Theme.main : Theme.good
            }

            Heading {
                text: page.vm.waitingWords
                level: 3
                Layout.fillWidth: true
            }
        }

        Words {
            text: page.vm.lineWords
            Layout.fillWidth: true
        }
    }

    Heading {
        visible: !page.vm.working && page.vm.poison.count > 0
        text: qsTr("市里收到了、但没有采用的")
        Layout.fillWidth: true
    }

    Words {
        visible: !page.vm.working && page.vm.poison.count > 0
        text: qsTr("别的记录不受影响。请告诉值班人员，不用再做什么。")
        Layout.fillWidth: true
    }

    Repeater {
        model: page.vm.working ? null : page.vm.poison

        Card {
            id: apart

            required property string title
            required property string when
            required property string reason

            mood: "warn"
            Layout.fillWidth: true

            Words {
                text: qsTr("%1 · %2").arg(apart.title).arg(apart.when)
                Layout.fillWidth: true
            }

            SmallWords {
                text: apart.reason
                Layout.fillWidth: true
            }
        }
    }

    Item { Layout.fillHeight: true }

    actions: [
        ActionButton {
            visible: !page.vm.working
            text: qsTr("插好 U 盘，开始")
            kind: "main"
            iconName: "mdi6.usb-flash-drive-outline"
            Layout.fillWidth: true
            onTapped: page.vm.begin()
        }
    ]
}
