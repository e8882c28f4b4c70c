import QtQuick
import QtQuick.Layouts

// A row of a list that opens something: icon, title, subtitle, a remark with a mood, and an arrow.
Tappable {
    id: root

    property string iconName: ""
    property string subtitle: ""
    property string remark: ""
    property string remarkIcon: ""
    property string remarkMood: ""
    property bool arrow: true

    spokenName: [text, subtitle, remark].filter(part => part !== "").join(" ")
    padding: Theme.pad
    implicitHeight: Math.max(Theme.target, row.implicitHeight + 2 * Theme.gap)
    implicitWidth: parent ? parent.width : Theme.readable

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.pressed : Theme.surface
        border.width: root.visualFocus ? Theme.thickLine : Theme.line
        border.color: root.visualFocus ? Theme.info : Theme.faintEdge
    }

    contentItem: RowLayout {
        id: row

        spacing: Theme.pad

        Icon {
            visible: root.iconName !== ""
            name: root.iconName
            size: Theme.icon * 1.3
            color: Theme.main
        }

        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true

            Words {
                text: root.text
                font.weight: Font.Medium
                lineHeight: 1.2
                Layout.fillWidth: true
            }

            SmallWords {
                visible: text !== ""
                text: root.subtitle
                lineHeight: 1.2
                Layout.fillWidth: true
            }

            StatusMark {
                visible: root.remark !== ""
                text: root.remark
                iconName: root.remarkIcon
                mood: root.remarkMood
                Layout.fillWidth: true
            }
        }

        Icon {
            visible: root.arrow
            name: "mdi6.chevron-right"
        }
    }
}
