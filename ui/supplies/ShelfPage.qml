pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// The shelf: what there is, by category, as large tiles.
KioskPage {
    id: page

    title: qsTr("拿点什么？")
    subtitle: Theme.portrait ? qsTr("人人可拿，不用登记。") : ""
    actions: [
        ActionButton {
            visible: page.vm.lends
            text: qsTr("归还借的东西")
            iconName: "mdi6.keyboard-return"
            Layout.fillWidth: true
            onTapped: page.vm.bringBack()
        }
    ]

    EmptyState {
        Layout.fillHeight: false
        visible: page.vm.loaded && page.vm.sections.count === 0
        iconName: "mdi6.package-variant"
        text: qsTr("这里还没有登记物资")
        hint: qsTr("台面上有的，请照常取用。")
    }

    Repeater {
        model: page.vm.sections

        ShelfSection {
            onChosen: item => page.vm.choose(item)
        }
    }

    ActionButton {
        text: qsTr("值班人员入口")
        iconName: "mdi6.lock-outline"
        kind: "quiet"
        Layout.alignment: Qt.AlignRight
        Layout.topMargin: Theme.pad
        onTapped: page.vm.staff()
    }

    Item {
        Layout.fillHeight: true // what is above stays together
    }
}
