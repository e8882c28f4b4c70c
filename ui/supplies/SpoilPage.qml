pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// Some of a lot is taken out of use: how many, and why.
KioskPage {
    id: page

    title: qsTr("报损：%1").arg(page.vm.name)
    subtitle: [page.vm.place, page.vm.expiry].filter(part => part !== "").join(" · ")
    actions: [
        ActionButton {
            text: qsTr("取下：%1").arg(page.vm.amountWords)
            iconName: "mdi6.package-variant-minus"
            kind: "main"
            enabled: page.vm.quantity > 0 && !page.vm.busy
            Layout.fillWidth: true
            onTapped: page.vm.save()
        }
    ]

    TwoPane {
        Layout.fillHeight: false
        Card {
            Layout.alignment: Qt.AlignTop

            Heading {
                text: qsTr("取下多少")
                Layout.fillWidth: true
            }

            BigStepper {
                value: page.vm.quantity
                to: page.vm.most
                unit: page.vm.unit
                about: qsTr("数量")
                onChanged: by => page.vm.change(by)
            }
        }

        Card {
            Layout.alignment: Qt.AlignTop

            Heading {
                text: qsTr("为什么")
                Layout.fillWidth: true
            }

            Repeater {
                model: page.vm.reasons

                ChoiceRow {
                    id: choice

                    required property string reason
                    required property string name
                    required property bool isChosen

                    text: choice.name
                    chosen: choice.isChosen
                    Layout.fillWidth: true
                    onTapped: page.vm.chooseReason(choice.reason)
                }
            }
        }
    }

    Item {
        Layout.fillHeight: true // what is above stays together
    }
}
