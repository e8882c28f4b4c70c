import QtQuick
import QtQuick.Layouts

// Telephone numbers, large enough to be read off while dialling.
Card {
    id: root

    property var numbers: null

    Flow {
        spacing: Theme.margin
        Layout.fillWidth: true

        Repeater {
            model: root.numbers

            Column {
                id: entry

                required property string number
                required property string label

                Words {
                    text: entry.number
                    color: Theme.bad
                    font.pixelSize: Theme.display * 1.4
                    font.weight: Font.Bold
                    lineHeight: 1.1
                }

                SmallWords {
                    text: entry.label
                }
            }
        }
    }

    SmallWords {
        text: qsTr("请用手机拨打，或请旁边的人帮忙")
        Layout.fillWidth: true
    }
}
