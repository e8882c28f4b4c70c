pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// The last good day of a lot, moved by months and days, or none.
Card {
    id: root

    property bool dated: false
    property string words: ""

    signal datedWanted(bool dated)
    signal moved(int months, int days)

    Heading {
        text: qsTr("好到哪一天")
        Layout.fillWidth: true
    }

    ChoiceRow {
        text: qsTr("没有保质期")
        chosen: !root.dated
        Layout.fillWidth: true
        onTapped: root.datedWanted(false)
    }

    ChoiceRow {
        text: root.dated ? root.words : qsTr("有保质期")
        chosen: root.dated
        Layout.fillWidth: true
        onTapped: root.datedWanted(true)
    }

    GridLayout {
        visible: root.dated
        columns: 2
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true
        Layout.fillWidth: true

        Repeater {
            model: [
                { words: qsTr("早一个月"), months: -1, days: 0 },
                { words: qsTr("晚一个月"), months: 1, days: 0 },
                { words: qsTr("早一天"), months: 0, days: -1 },
                { words: qsTr("晚一天"), months: 0, days: 1 }
            ]

            ActionButton {
                id: step

                required property var modelData

                text: step.modelData.words
                repeatable: true
                Layout.fillWidth: true
                onTapped: root.moved(step.modelData.months, step.modelData.days)
            }
        }
    }
}
