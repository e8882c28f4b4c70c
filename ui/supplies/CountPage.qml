pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// A stocktake: what the book has of each lot, and what lies there.
KioskPage {
    id: page

    title: qsTr("盘点：%1").arg(page.vm.name)
    subtitle: qsTr("把数字改成架子上真正有的。")
    actions: [
        ActionButton {
            text: qsTr("记下盘点")
            iconName: "mdi6.check-bold"
            kind: "main"
            enabled: !page.vm.empty && !page.vm.busy
            Layout.fillWidth: true
            onTapped: page.vm.save()
        }
    ]

    Repeater {
        model: page.vm.rows

        Card {
            id: line

            required property string lot
            required property string place
            required property string expiry
            required property int expected
            required property int counted

            Words {
                text: line.place
                font.weight: Font.Medium
                Layout.fillWidth: true
            }

            SmallWords {
                text: qsTr("%1 · 账上 %2").arg(line.expiry).arg(line.expected)
                Layout.fillWidth: true
            }

            BigStepper {
                value: line.counted
                from: 0
                unit: page.vm.unit
                about: line.place
                onChanged: by => page.vm.change(line.lot, by)
            }

            StatusMark {
                visible: line.counted !== line.expected
                mood: "warn"
                text: line.counted > line.expected ? qsTr("比账上多 %1").arg(line.counted - line.expected)
                    : qsTr("比账上少 %1").arg(line.expected - line.counted)
                Layout.fillWidth: true
            }
        }
    }

    Item {
        Layout.fillHeight: true // what is above stays together
    }
}
