import QtQuick
import QtQuick.Layouts
import kit

// The number of a loan, large enough to be remembered.
Card {
    id: root

    property int number: 0

    mood: "info"
    spacing: 0

    RowLayout {
        spacing: Theme.pad
        Layout.alignment: Qt.AlignHCenter

        Words {
            text: qsTr("借用号")
        }

        Words {
            text: root.number
            font.pixelSize: Theme.display * 1.6
            font.weight: Font.Bold
            lineHeight: 1.1
        }
    }

    SmallWords {
        text: qsTr("归还时点这个号。记不住也没关系，照样能还。")
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
}
