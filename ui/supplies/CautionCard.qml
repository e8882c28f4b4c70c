pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// What has to be heard before something is taken. The words come from the catalogue.
Card {
    id: root

    property string title: ""
    property string source: ""
    property var points: null
    property bool heard: false

    signal againTapped

    mood: heard ? "" : "warn"

    RowLayout {
        spacing: Theme.gap
        Layout.fillWidth: true

        Icon {
            name: root.heard ? "mdi6.check-circle" : "mdi6.alert"
            color: root.heard ? Theme.good : Theme.warn
        }

        Heading {
            text: root.title
            Layout.fillWidth: true
        }
    }

    Repeater {
        model: root.points

        RowLayout {
            id: point

            required property string text
            required property int index

            spacing: Theme.gap
            Layout.fillWidth: true

            Words {
                text: point.index + 1
                font.weight: Font.Bold
                Layout.alignment: Qt.AlignTop
            }

            Words {
                text: point.text
                Layout.fillWidth: true
            }
        }
    }

    SmallWords {
        text: root.source
        Layout.fillWidth: true
    }

    ActionButton {
        text: qsTr("再听一遍")
        iconName: "mdi6.volume-high"
        Layout.alignment: Qt.AlignLeft
        onTapped: root.againTapped()
    }
}
