import QtQuick
import QtQuick.Layouts
import kit

// One thing about the room: icon, what it is, and how it is now.
Card {
    id: root

    required property string iconName
    required property string label
    required property string value
    required mood

    RowLayout {
        spacing: Theme.pad
        Layout.fillWidth: true

        Icon {
            name: root.iconName
            size: Theme.bigIcon
            color: root.mood ? Theme.moodInk(root.mood) : Theme.main
        }

        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true

            SmallWords {
                text: root.label
                lineHeight: 1.2
                Layout.fillWidth: true
            }

            Heading {
                text: root.value
                color: root.mood ? Theme.moodInk(root.mood) : Theme.ink
                Layout.fillWidth: true
            }
        }
    }
}
