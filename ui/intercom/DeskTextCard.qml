import QtQuick
import QtQuick.Layouts
import kit

// What the desk has written.
Card {
    id: root

    property string text: ""

    mood: "info"

    SmallWords {
        text: qsTr("值班人员写给您：")
        color: Theme.info
        Layout.fillWidth: true
    }

    Words {
        text: root.text
        color: Theme.info
        font.pixelSize: Theme.title
        font.weight: Font.Medium
        Layout.fillWidth: true
    }
}
