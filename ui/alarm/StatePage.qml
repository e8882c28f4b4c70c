pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// The alarm: one red key while there is none; then how far it has come, and what to do meanwhile.
KioskPage {
    id: page

    title: page.vm.title

    actions: [
        ActionButton {
            visible: !page.vm.raised
            text: qsTr("马上报警")
            kind: "main"
            iconName: "mdi6.alarm-light"
            Layout.fillWidth: true
            Layout.minimumHeight: Theme.target * 1.5
            Layout.columnSpan: page.actionColumns
            onTapped: page.vm.raiseAlarm()
        },
        ActionButton {
            visible: page.vm.raised && !page.vm.over && !page.vm.ending
            text: qsTr("跟值班人员通话")
            kind: "main"
            iconName: "mdi6.phone-in-talk"
            Layout.fillWidth: true
            onTapped: page.vm.call()
        },
        ActionButton {
            visible: page.vm.raised && !page.vm.over && !page.vm.ending && !page.vm.mistaken
            text: qsTr("我按错了")
            iconName: "mdi6.hand-back-left-outline"
            Layout.fillWidth: true
            onTapped: page.vm.sayMistaken()
        },
        ActionButton {
            visible: page.vm.raised && !page.vm.over && !page.vm.ending
            text: qsTr("工作人员：结束报警")
            kind: "quiet"
            iconName: "mdi6.lock-outline"
            Layout.fillWidth: true
            onTapped: page.vm.end()
        },
        ActionButton {
            visible: page.vm.ending
            text: qsTr("先不结束")
            iconName: "mdi6.arrow-left"
            Layout.fillWidth: true
            onTapped: page.vm.keep()
        },
        ActionButton {
            visible: page.vm.over
            text: qsTr("知道了")
            kind: "main"
            iconName: "mdi6.check"
            Layout.fillWidth: true
            onTapped: page.vm.leave()
        }
    ]

    GridLayout {
        columns: Theme.portrait || !page.vm.numbersWanted ? 1 : 2
        columnSpacing: Theme.margin
        rowSpacing: Theme.pad
        uniformCellWidths: columns > 1
        Layout.fillWidth: true

        NumbersCard {
            visible: page.vm.numbersWanted
            numbers: page.vm.numbers
            Layout.alignment: Qt.AlignTop
        }

        Card {
            visible: !page.vm.ending
            mood: page.vm.mood
            spacing: Theme.pad
            Layout.alignment: Qt.AlignTop

            RowLayout {
                visible: page.vm.detail !== ""
                spacing: Theme.pad
                Layout.fillWidth: true

                Icon {
                    name: page.vm.icon
                    size: Theme.bigIcon
                    color: Theme.moodInk(page.vm.mood)
                    Layout.alignment: Qt.AlignTop
                }

                Words {
                    text: page.vm.detail
                    color: Theme.moodInk(page.vm.mood)
                    Layout.fillWidth: true
                }
            }
        }

        Card {
            visible: page.vm.raised && !page.vm.ending
            Layout.columnSpan: parent.columns
            Layout.alignment: Qt.AlignTop

            Repeater {
                model: page.vm.steps

                StatusMark {
                    required property string words
                    required property string glyph
                    required mood

                    text: words
                    iconName: glyph
                    Layout.fillWidth: true
                }
            }
        }

        Card {
            visible: page.vm.ending
            Layout.columnSpan: parent.columns

            Words {
                text: qsTr("为什么结束？")
                font.weight: Font.Medium
                Layout.fillWidth: true
            }

            GridLayout {
                columns: Theme.portrait ? 1 : 2
                columnSpacing: Theme.gap
                rowSpacing: Theme.gap
                uniformCellWidths: true
                Layout.fillWidth: true

                Repeater {
                    model: page.vm.ending ? page.vm.reasons : null

                    ActionButton {
                        required property string words
                        required property string said

                        text: words
                        Layout.fillWidth: true
                        onTapped: page.vm.close(said)
                    }
                }
            }
        }
    }

    Item {
        Layout.fillHeight: true
    }
}
