pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// The room now: climate, people, cabinets. What is not known is said to be unknown.
KioskPage {
    id: page

    title: qsTr("本站设施")

    Repeater {
        model: page.vm.cabinets

        FactCard {
            Layout.fillWidth: true
        }
    }

    TileGrid {
        most: Theme.portrait ? 1 : 2

        Repeater {
            model: page.vm.facts

            FactCard {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.maximumHeight: Math.max(implicitHeight, Theme.target * 2)
            }
        }
    }

    Repeater {
        model: page.vm.faults

        FactCard {
            Layout.fillWidth: true
        }
    }

    Item { Layout.fillHeight: true }

    actions: [
        ActionButton {
            text: qsTr("东西坏了，报修")
            iconName: "mdi6.wrench-outline"
            Layout.fillWidth: true
            Layout.columnSpan: page.actionColumns
            onTapped: page.vm.report()
        }
    ]
}
