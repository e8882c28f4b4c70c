import QtQuick
import QtQuick.Layouts

// A state in words, with an icon and a colour beside it.
RowLayout {
    id: root

    property string text: ""
    property string mood: ""
    property string iconName: ""
    readonly property string moodIcon: mood === "good" ? "mdi6.check-circle" : mood === "warn" ? "mdi6.alert"
        : mood === "bad" ? "mdi6.alert-octagon" : mood === "info" ? "mdi6.information" : ""

    spacing: Theme.gap / 2

    Icon {
        name: root.iconName || root.moodIcon
        visible: name !== ""
        size: Theme.body
        color: Theme.moodInk(root.mood)
    }

    SmallWords {
        text: root.text
        color: Theme.moodInk(root.mood)
        font.weight: Font.Medium
        lineHeight: 1.15
        Layout.fillWidth: true
    }
}
