import QtQuick
import QtQuick.Layouts

// A button of the bar that never moves: icon above a short word.
Tappable {
    id: root

    property string iconName: ""
    property string mood: "" // "main": filled red, "outline": red outline
    readonly property color inkColor: !enabled ? Theme.softInk : mood === "main" ? Theme.mainInk
        : mood === "outline" ? Theme.bad : Theme.ink

    padding: Theme.gap / 2
    implicitHeight: Math.max(Theme.target, column.implicitHeight + 2 * padding)

    background: Rectangle {
        radius: Theme.radius
        color: root.mood === "main" ? (root.down ? Theme.mainPressed : Theme.main)
            : root.down ? Theme.pressed : root.checked ? Theme.warnGround : Theme.surface
        border.width: root.visualFocus ? Theme.thickLine : Theme.line
        border.color: root.visualFocus ? Theme.info : root.mood === "outline" ? Theme.bad
            : root.enabled ? Theme.edge : Theme.faintEdge

        Rectangle {
            visible: root.holdShare > 0
            anchors.left: parent.left
            anchors.bottom: parent.bottom
            width: parent.width * root.holdShare
            height: Theme.gap
            radius: parent.radius
            color: Theme.bad
        }
    }

    contentItem: ColumnLayout {
        id: column

        spacing: 0

        Icon {
            name: root.iconName
            size: Theme.body
            color: root.inkColor
            Layout.alignment: Qt.AlignHCenter
        }

        SmallWords {
            text: root.text
            color: root.inkColor
            lineHeight: 1.1
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Math.ceil(Theme.small * 0.85)
            Layout.fillWidth: true
        }
    }
}
