pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// One question a screen.
KioskPage {
    id: page

    title: page.vm.title !== "" ? page.vm.title : qsTr("小测")
    subtitle: page.vm.loaded ? qsTr("第 %1 题，共 %2 题").arg(page.vm.number).arg(page.vm.count) : ""

    ProgressLine {
        visible: page.vm.loaded
        value: page.vm.count > 0 ? page.vm.number / page.vm.count : 0
        name: page.subtitle
        Layout.fillWidth: true
    }

    TwoPane {
        Layout.fillHeight: false // a layout fills by default, and would spread

        ColumnLayout {
            spacing: Theme.gap
            Layout.fillWidth: true
            Layout.fillHeight: false
            Layout.alignment: Qt.AlignTop

            Heading {
                visible: page.vm.loaded
                text: page.vm.text
                Layout.fillWidth: true
            }

            SmallWords {
                visible: page.vm.several
                text: qsTr("可以选几个")
                Layout.fillWidth: true
            }
        }

        ColumnLayout {
            spacing: Theme.gap
            Layout.fillWidth: true
            Layout.fillHeight: false
            Layout.alignment: Qt.AlignTop

            Repeater {
                model: page.vm.options

                ChoiceRow {
                    id: choice

                    required property string option
                    required property string truth
                    required property string words
                    required chosen

                    text: truth === "true" ? qsTr("对") : truth === "false" ? qsTr("错") : words
                    multiple: page.vm.several
                    Layout.fillWidth: true
                    onTapped: page.vm.choose(choice.option)
                }
            }
        }
    }

    Item {
        Layout.fillHeight: true
    }

    actions: [
        ActionButton {
            visible: page.vm.number > 1 && page.vm.loaded
            text: qsTr("上一题")
            iconName: "mdi6.arrow-left"
            Layout.fillWidth: true
            onTapped: page.vm.previous()
        },
        ActionButton {
            visible: page.vm.loaded
            text: page.vm.last ? qsTr("交卷") : qsTr("下一题")
            iconName: page.vm.last ? "mdi6.check" : "mdi6.arrow-right"
            kind: "main"
            enabled: page.vm.answered
            Layout.fillWidth: true
            onTapped: page.vm.following()
        }
    ]
}
