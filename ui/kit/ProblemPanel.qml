import QtQuick
import QtQuick.Layouts

// What went wrong, in a sentence, and what to do next. Shown by KioskPage for the page's problem.
Card {
    id: root

    required property var problem
    property bool canRetry: false

    signal retryTapped
    signal dismissed

    mood: "bad"
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.problem ? root.problem.sentence : ""

    GridLayout {
        columns: Theme.portrait ? 1 : 2 // a wide screen has little height to give away
        columnSpacing: Theme.pad
        rowSpacing: Theme.gap
        Layout.fillWidth: true

        RowLayout {
            spacing: Theme.pad
            Layout.fillWidth: true

            Icon {
                name: root.problem ? root.problem.icon : ""
                color: Theme.bad
                size: Theme.icon * 1.3
            }

            ColumnLayout {
                spacing: Theme.gap / 2
                Layout.fillWidth: true

                Words {
                    text: root.problem ? root.problem.sentence : ""
                    font.weight: Font.Bold
                    lineHeight: 1.2
                    Layout.fillWidth: true
                }

                Words {
                    visible: text !== ""
                    text: root.problem ? root.problem.nextStep : ""
                    lineHeight: 1.2
                    Layout.fillWidth: true
                }
            }
        }

        GridLayout {
            columns: Theme.portrait && root.canRetry ? 2 : 1
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap
            uniformCellWidths: true
            Layout.fillWidth: Theme.portrait

            ActionButton {
                visible: root.canRetry
                text: qsTr("再试一次")
                iconName: "mdi6.refresh"
                kind: "main"
                Layout.fillWidth: true
                onTapped: root.retryTapped()
            }

            ActionButton {
                text: qsTr("知道了")
                Layout.fillWidth: true
                onTapped: root.dismissed()
            }
        }
    }
}
