import QtQuick
import QtQuick.Layouts

// Nothing to show, said kindly, with the next step in `hint`.
ColumnLayout {
    id: root

    property string text: ""
    property string hint: ""
    property string iconName: "mdi6.inbox-outline"

    spacing: Theme.gap
    Layout.fillWidth: true

    Icon {
        name: root.iconName
        size: Theme.bigIcon
        color: Theme.softInk
        Layout.alignment: Qt.AlignHCenter
    }

    Words {
        text: root.text
        font.weight: Font.Medium
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }

    SmallWords {
        visible: text !== ""
        text: root.hint
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
}
