pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// One item for the volunteer: its lots, restocking, counting, taking out of use.
KioskPage {
    id: page

    title: page.vm.name
    subtitle: page.vm.stock
    actions: [
        UndoButton {
            undo: page.vm.undo
        },
        ActionButton {
            text: qsTr("盘点")
            iconName: "mdi6.counter"
            enabled: page.vm.lots.count > 0
            Layout.fillWidth: true
            onTapped: page.vm.count()
        },
        ActionButton {
            text: qsTr("补货")
            iconName: "mdi6.package-variant-plus"
            kind: "main"
            Layout.fillWidth: true
            onTapped: page.vm.restock()
        }
    ]

    NoticeStrip {
        visible: text !== ""
        mood: "good"
        text: page.vm.outcome
    }

    EmptyState {
        Layout.fillHeight: false
        visible: page.vm.loaded && page.vm.lots.count === 0
        iconName: "mdi6.package-variant"
        text: qsTr("账上没有这样东西")
        hint: qsTr("点“补货”放上第一批。")
    }

    Repeater {
        model: page.vm.lots

        LotCard {
            onSpoilTapped: lot => page.vm.spoil(lot)
        }
    }

    Item {
        Layout.fillHeight: true // what is above stays together
    }
}
