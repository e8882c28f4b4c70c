import QtQuick
import QtQuick.Layouts
import kit

// It is written down: from where to take it, and ten seconds to take it back.
KioskPage {
    id: page

    title: page.vm.undone ? qsTr("已撤销") : page.vm.sentence
    actions: [
        UndoButton {
            undo: page.vm.undo
        },
        ActionButton {
            text: page.vm.returned ? qsTr("看看物资") : qsTr("再拿点别的")
            iconName: "mdi6.arrow-left"
            Layout.fillWidth: true
            onTapped: page.vm.more()
        },
        ActionButton {
            text: qsTr("好了")
            kind: "main"
            iconName: "mdi6.check-bold"
            Layout.fillWidth: true
            onTapped: page.vm.finish()
        }
    ]

    GridLayout {
        columns: Theme.portrait ? 1 : 2
        columnSpacing: Theme.margin
        rowSpacing: Theme.pad
        Layout.fillWidth: true
        Layout.fillHeight: false

        RowLayout {
            spacing: Theme.margin
            Layout.fillWidth: true
            Layout.fillHeight: false
            Layout.alignment: Qt.AlignTop

            Icon {
                name: page.vm.undone ? "mdi6.undo-variant" : "mdi6.check-circle"
                size: Theme.bigIcon * 1.6
                color: page.vm.undone ? Theme.softInk : Theme.good
                Layout.alignment: Qt.AlignTop
            }

            ColumnLayout {
                spacing: Theme.gap
                Layout.fillWidth: true

                Words {
                    visible: page.vm.undone
                    text: qsTr("库存、借用和今天的数量都恢复成原来的样子。")
                    Layout.fillWidth: true
                }

                Words {
                    visible: text !== ""
                    text: page.vm.where
                    font.pixelSize: Theme.title
                    Layout.fillWidth: true
                }

                Words {
                    visible: page.vm.returned && !page.vm.undone
                    text: qsTr("谢谢您，请放回原处。")
                    font.pixelSize: Theme.title
                    Layout.fillWidth: true
                }

                Words {
                    visible: page.vm.beyond && !page.vm.undone
                    text: qsTr("账和架子对不上，已经列进值班人员的盘点清单。")
                    Layout.fillWidth: true
                }
            }
        }

        NumberCard {
            visible: page.vm.number > 0 && !page.vm.undone
            number: page.vm.number
            Layout.fillWidth: Theme.portrait
            Layout.preferredWidth: Theme.portrait ? -1 : page.contentWidth * 0.45
        }
    }

    Item {
        Layout.fillHeight: true // what is above stays together
    }
}
