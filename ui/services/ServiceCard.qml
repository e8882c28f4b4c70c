import QtQuick
import QtQuick.Layouts
import kit

// A service in the list: its picture, what it is called, what it does, whether it is open now.
Tappable {
    id: root

    property url picture: ""
    property string iconName: ""
    property string summary: ""
    property string hours: ""
    property bool isOpen: false

    spokenName: [text, summary, hours].filter(part => part !== "").join(" ")
    padding: Theme.line
    implicitHeight: column.implicitHeight + 2 * padding

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.pressed : Theme.surface
        border.width: root.visualFocus ? Theme.thickLine : Theme.line
        border.color: root.visualFocus ? Theme.info : Theme.faintEdge
    }

    contentItem: ColumnLayout {
        id: column

        spacing: 0

        Rectangle {
            color: Theme.sunken
            topLeftRadius: Theme.radius
            topRightRadius: Theme.radius
            Layout.fillWidth: true
            Layout.preferredHeight: Math.ceil(root.width * 0.52)

            ServicePicture {
                anchors.fill: parent
                topLeftRadius: Theme.radius
                topRightRadius: Theme.radius
                source: root.picture
                iconName: root.iconName
            }
        }

        ColumnLayout {
            spacing: Theme.gap / 2
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: Theme.pad

            Words {
                text: root.text
                font.weight: Font.Bold
                font.pixelSize: Theme.title
                lineHeight: 1.15
                Layout.fillWidth: true
            }

            SmallWords {
                text: root.summary
                lineHeight: 1.2
                Layout.fillWidth: true
            }

            Item {
                Layout.fillHeight: true
            }

            StatusMark {
                visible: root.hours !== ""
                text: root.hours
                iconName: root.isOpen ? "mdi6.clock-check-outline" : "mdi6.clock-outline"
                mood: root.isOpen ? "good" : ""
                Layout.fillWidth: true
            }
        }
    }
}
