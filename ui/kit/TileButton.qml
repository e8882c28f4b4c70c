import QtQuick
import QtQuick.Layouts

// A large tile: icon or picture, title, a short hint, and a remark with a mood ("3 left").
Tappable {
    id: root

    property string iconName: ""
    property url picture: ""
    property string hint: ""
    property string remark: ""
    property string remarkIcon: ""
    property string remarkMood: ""
    property bool main: false
    property bool compact: false // icon before the words instead of above them
    readonly property color inkColor: main ? Theme.mainInk : Theme.ink

    spokenName: [text, hint, remark].filter(part => part !== "").join(" ")
    padding: Theme.pad
    implicitHeight: Math.max(Theme.target * 1.6, column.implicitHeight + 2 * padding)

    background: Rectangle {
        radius: Theme.radius
        color: root.main ? (root.down ? Theme.mainPressed : Theme.main) : root.down ? Theme.pressed : Theme.surface
        border.width: root.visualFocus ? Theme.thickLine : root.main ? 0 : Theme.line
        border.color: root.visualFocus ? Theme.info : Theme.faintEdge
    }

    contentItem: ColumnLayout {
        id: column

        spacing: Theme.gap / 2

        Item {
            visible: root.picture.toString() !== ""
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.target * 1.4

            Image {
                anchors.fill: parent
                source: root.picture
                fillMode: Image.PreserveAspectFit
                horizontalAlignment: Image.AlignLeft
                sourceSize.height: height
                asynchronous: true
            }
        }

        Icon {
            visible: root.iconName !== "" && root.picture.toString() === "" && !root.compact
            name: root.iconName
            size: Theme.bigIcon
            color: root.main ? Theme.mainInk : Theme.main
        }

        Item {
            Layout.fillHeight: true
        }

        RowLayout {
            spacing: Theme.gap
            Layout.fillWidth: true

            Icon {
                visible: root.compact && root.iconName !== ""
                name: root.iconName
                color: root.main ? Theme.mainInk : Theme.main
            }

            Words {
                text: root.text
                color: root.inkColor
                font.weight: Font.Bold
                font.pixelSize: Theme.title
                lineHeight: 1.15
                Layout.fillWidth: true
            }
        }

        SmallWords {
            visible: text !== ""
            text: root.hint
            color: root.main ? Theme.mainInk : Theme.softInk
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
}
