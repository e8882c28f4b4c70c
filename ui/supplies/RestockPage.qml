pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// A lot arrives: how many, where, until when.
KioskPage {
    id: page

    title: qsTr("补货：%1").arg(page.vm.name)
    actions: [
        ActionButton {
            text: qsTr("放上架：%1").arg(page.vm.amountWords)
            iconName: "mdi6.package-variant-plus"
            kind: "main"
            enabled: page.vm.loaded && !page.vm.busy
            Layout.fillWidth: true
            onTapped: page.vm.save()
        }
    ]

    TwoPane {
        Layout.fillHeight: false
        ColumnLayout {
            spacing: Theme.pad
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop

            Card {
                Heading {
                    text: qsTr("来了多少")
                    Layout.fillWidth: true
                }

                BigStepper {
                    value: page.vm.quantity
                    unit: page.vm.unit
                    about: qsTr("数量")
                    to: 999
                    onChanged: by => page.vm.change(by)
                }
            }

            ExpiryCard {
                dated: page.vm.dated
                words: page.vm.dateWords
                onDatedWanted: dated => page.vm.setDated(dated)
                onMoved: (months, days) => page.vm.moveDate(months, days)
            }
        }

        Card {
            visible: page.vm.places.count > 0
            Layout.alignment: Qt.AlignTop

            Heading {
                text: qsTr("放在哪里")
                Layout.fillWidth: true
            }

            Repeater {
                model: page.vm.places

                ChoiceRow {
                    id: choice

                    required property string place
                    required property string name
                    required property bool isChosen

                    text: choice.name
                    chosen: choice.isChosen
                    Layout.fillWidth: true
                    onTapped: page.vm.choosePlace(choice.place)
                }
            }
        }
    }

    Item {
        Layout.fillHeight: true // what is above stays together
    }
}
