pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// Bringing back: one's own, by number, or without a number.
KioskPage {
    id: page

    title: qsTr("归还")
    subtitle: qsTr("把东西放回原处，再点一下它。")

    BusyMark {
        running: !page.vm.loaded && page.vm.busy
    }

    EmptyState {
        Layout.fillHeight: false
        visible: page.vm.loaded && page.vm.mine.count === 0 && page.vm.others.count === 0
        iconName: "mdi6.umbrella-closed-outline"
        text: qsTr("现在没有借出的东西")
        hint: qsTr("手里有本站的东西要还？点下面的“没有号码”。")
    }

    Heading {
        visible: page.vm.mine.count > 0
        text: qsTr("您借的")
        Layout.fillWidth: true
    }

    Repeater {
        model: page.vm.mine

        RowButton {
            id: own

            required property string loan
            required property int number
            required property string name
            required property string symbol
            required property string since

            iconName: own.symbol
            text: qsTr("%1 · %2 号").arg(own.name).arg(own.number)
            subtitle: qsTr("%1借的，点这里归还").arg(own.since)
            Layout.fillWidth: true
            onTapped: page.vm.giveBack(own.loan)
        }
    }

    Heading {
        visible: page.vm.others.count > 0
        text: page.vm.mine.count > 0 ? qsTr("替别人还：点借用号") : qsTr("点借用号")
        Layout.fillWidth: true
    }

    TileGrid {
        Layout.fillHeight: false
        visible: page.vm.others.count > 0
        tileWidth: Theme.body * 7
        most: 5

        Repeater {
            model: page.vm.others

            TileButton {
                id: other

                required property string loan
                required property int number
                required property string name
                required property string symbol

                iconName: other.symbol
                text: qsTr("%1 号").arg(other.number)
                hint: other.name
                Layout.fillWidth: true
                onTapped: page.vm.giveBack(other.loan)
            }
        }
    }

    Heading {
        visible: page.vm.kinds.count > 0
        text: qsTr("没有号码，或者忘了")
        Layout.fillWidth: true
    }

    TileGrid {
        Layout.fillHeight: false
        tileWidth: Theme.body * 12

        Repeater {
            model: page.vm.kinds

            ActionButton {
                id: sort

                required property string item
                required property string name
                required property string symbol

                iconName: sort.symbol
                text: qsTr("归还%1").arg(sort.name)
                Layout.fillWidth: true
                onTapped: page.vm.giveBackUnnumbered(sort.item)
            }
        }
    }

    Item {
        Layout.fillHeight: true // what is above stays together
    }
}
