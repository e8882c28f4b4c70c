import QtQuick
import QtQuick.Layouts

// A choice in a row of filters or tabs.
Tappable {
    id: root

    property bool chosen: false
    property string iconName: ""

    leftPadding: Theme.pad
    rightPadding: Theme.pad
    implicitHeight: Math.max(Theme.smallTarget * 1.3, row.implicitHeight + Theme.gap)
    implicitWidth: row.implicitWidth + leftPadding + rightPadding
    Accessible.role: Accessible.PageTab
    Accessible.selected: chosen

    background: Rectangle {
        radius: height / 2
        color: root.chosen ? Theme.ink : root.down ? Theme.pressed : Theme.surface
        border.width: root.visualFocus ? Theme.thickLine : Theme.line
        border.color: root.visualFocus ? Theme.info : Theme.edge
    }

    contentItem: RowLayout {
        id: row

        spacing: Theme.gap

        Icon {
            visible: root.iconName !== ""
            name: root.iconName
            size: Theme.body
            color: root.chosen ? Theme.paper : Theme.ink
        }

        Words {
            text: root.text
            color: root.chosen ? Theme.paper : Theme.ink
            lineHeight: 1.1
            wrapMode: Text.NoWrap
        }
    }
}
