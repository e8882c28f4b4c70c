import QtQuick
import QtQuick.Layouts

// A sheet of paper on the page: children are laid out in a column. `mood` tints it.
Rectangle {
    id: root

    default property alias content: column.data
    property string mood: ""
    property real padding: Theme.pad
    property alias spacing: column.spacing

    implicitHeight: column.implicitHeight + 2 * padding
    implicitWidth: column.implicitWidth + 2 * padding
    color: Theme.moodGround(mood)
    radius: Theme.radius
    border.width: Theme.line
    border.color: mood ? Theme.moodInk(mood) : Theme.faintEdge
    Layout.fillWidth: true

    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: root.padding
        spacing: Theme.gap
    }
}
