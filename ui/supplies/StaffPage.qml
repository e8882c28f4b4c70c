pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// For the volunteer: what needs looking after, every item, and the loans that are out.
KioskPage {
    id: page

    title: qsTr("库存")
    actions: [
        UndoButton {
            undo: page.vm.undo
        },
        RowLayout {
            spacing: Theme.gap
            Layout.fillWidth: true

            ActionButton {
                text: qsTr("试试设备")
                iconName: "mdi6.stethoscope"
                Layout.fillWidth: true
                onTapped: page.vm.tryDevices()
            }

            ActionButton {
                text: qsTr("联网和 U 盘")
                iconName: "mdi6.usb-flash-drive-outline"
                Layout.fillWidth: true
                onTapped: page.vm.carryRecords()
            }
        },
        ActionButton {
            text: qsTr("离开值班页面")
            iconName: "mdi6.lock-outline"
            Layout.fillWidth: true
            onTapped: page.vm.leave()
        }
    ]

    NoticeStrip {
        visible: page.vm.loaded && !page.vm.clockSure
        mood: "warn"
        iconName: "mdi6.calendar-question"
        text: qsTr("机器的钟现在不准，没有判断哪些快到期。")
    }

    NoticeStrip {
        visible: page.vm.loaded && page.vm.warnings.count === 0
        mood: "good"
        text: qsTr("没有缺的，也没有快到期的。")
    }

    Heading {
        visible: page.vm.warnings.count > 0
        text: qsTr("要处理的")
        Layout.fillWidth: true
    }

    Repeater {
        model: page.vm.warnings

        RowButton {
            id: warning

            required property string item
            required property string name
            required property string words
            required property string symbol
            required property string level

            text: warning.name
            remark: warning.words
            remarkIcon: warning.symbol
            remarkMood: warning.level
            Layout.fillWidth: true
            onTapped: page.vm.choose(warning.item)
        }
    }

    Heading {
        visible: page.vm.loans.count > 0
        text: qsTr("借出的")
        Layout.fillWidth: true
    }

    Repeater {
        model: page.vm.loans

        Card {
            id: out

            required property string loan
            required property int number
            required property string name
            required property string symbol
            required property string since

            RowLayout {
                spacing: Theme.pad
                Layout.fillWidth: true

                Icon {
                    name: out.symbol
                    color: Theme.main
                }

                Words {
                    text: qsTr("%1 · %2 号 · %3借出").arg(out.name).arg(out.number).arg(out.since)
                    Layout.fillWidth: true
                }

                ActionButton {
                    text: qsTr("结清")
                    spokenName: qsTr("结清 %1 号").arg(out.number)
                    onTapped: page.vm.closeLoan(out.loan)
                }
            }
        }
    }

    Heading {
        text: qsTr("全部物资")
        Layout.fillWidth: true
    }

    Repeater {
        model: page.vm.items

        RowButton {
            id: line

            required property string item
            required property string name
            required property string symbol
            required property string stock
            required property string standing

            iconName: line.symbol
            text: line.name
            remark: line.stock
            remarkMood: line.standing === "low" || line.standing === "none" ? "warn" : line.standing === "expired" ? "bad" : ""
            Layout.fillWidth: true
            onTapped: page.vm.choose(line.item)
        }
    }

    Item {
        Layout.fillHeight: true // what is above stays together
    }
}
