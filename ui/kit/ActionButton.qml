import QtQuick
import QtQuick.Layouts

// A button with words, and an icon if it has one. `kind`: "main" (one a screen, in red), "plain", "quiet".
Tappable {
    id: root

    property string kind: "plain"
    property string iconName: ""
    readonly property color inkColor: kind === "main" && enabled ? Theme.mainInk : enabled ? Theme.ink : Theme.softInk

    leftPadding: Theme.pad
    rightPadding: Theme.pad
    topPadding: Theme.gap
    bottomPadding: Theme.gap
    implicitHeight: Math.max(Theme.target, row.implicitHeight + topPadding + bottomPadding)
    implicitWidth: row.implicitWidth + leftPadding + rightPadding

    background: Rectangle {
        radius: Theme.radius
        color: !root.enabled ? Theme.sunken
            : root.kind === "main" ? (root.down ? Theme.mainPressed : Theme.main)
            : root.down ? Theme.pressed : root.kind === "quiet" ? "transparent" : Theme.surface
        border.width: root.visualFocus ? Theme.thickLine : root.kind === "main" && root.enabled ? 0 : Theme.line
        border.color: root.visualFocus ? Theme.info : Theme.edge
    }

    contentItem: RowLayout {
        id: row

        spacing: Theme.gap

        Item {
            Layout.fillWidth: true
        }

        Icon {
            visible: root.iconName !== ""
            name: root.iconName
            color: root.inkColor
        }

        Words {
            visible: text !== ""
            text: root.text
            color: root.inkColor
            font.weight: Font.Medium
            horizontalAlignment: root.iconName ? Text.AlignLeft : Text.AlignHCenter
            lineHeight: 1.15
            Layout.fillWidth: implicitWidth > root.availableWidth - Theme.icon - Theme.gap
            Layout.maximumWidth: Math.ceil(implicitWidth) + 1
        }

        Item {
            Layout.fillWidth: true
        }
    }
}
