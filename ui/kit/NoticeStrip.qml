import QtQuick
import QtQuick.Layouts

// A sentence across the page that says something about now. `mood` as in StatusMark.
Rectangle {
    id: root

    property string text: ""
    property string mood: "info"
    property string iconName: ""

    implicitHeight: row.implicitHeight + 2 * Theme.gap
    implicitWidth: parent ? parent.width : Theme.readable
    radius: Theme.radius
    color: Theme.moodGround(mood)
    border.width: Theme.line
    border.color: Theme.moodInk(mood)
    Layout.fillWidth: true

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: Theme.pad
        anchors.rightMargin: Theme.pad
        spacing: Theme.gap

        Icon {
            name: root.iconName || (root.mood === "good" ? "mdi6.check-circle" : root.mood === "warn" ? "mdi6.alert"
                : root.mood === "bad" ? "mdi6.alert-octagon" : "mdi6.information")
            color: Theme.moodInk(root.mood)
        }

        Words {
            text: root.text
            color: Theme.moodInk(root.mood)
            lineHeight: 1.2
            Layout.fillWidth: true
        }
    }
}
