import QtQuick
import QtQuick.Layouts
import kit

// Days and their hours; the line that counts today is bold and marked in words.
RowLayout {
    id: root

    required property string days
    required property string hours
    required property bool isToday

    spacing: Theme.pad
    Layout.fillWidth: true

    Words {
        text: root.days
        font.weight: root.isToday ? Font.Bold : Font.Normal
        lineHeight: 1.2
        Layout.fillWidth: true
        Layout.preferredWidth: 3
        Layout.alignment: Qt.AlignTop
    }

    Words {
        text: root.hours
        font.weight: root.isToday ? Font.Bold : Font.Normal
        lineHeight: 1.2
        Layout.fillWidth: true
        Layout.preferredWidth: 4
    }
}
