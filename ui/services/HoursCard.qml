pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// An ordinary week, and the days that are not like it.
Card {
    id: root

    required property var week
    required property var special
    property string note: ""

    Heading {
        text: qsTr("开放时间")
        Layout.fillWidth: true
    }

    Repeater {
        model: root.week

        HoursRow {}
    }

    SmallWords {
        visible: root.special.count > 0
        text: qsTr("这两周里不一样的日子")
        Layout.fillWidth: true
        Layout.topMargin: Theme.gap
    }

    Repeater {
        model: root.special

        HoursRow {}
    }

    SmallWords {
        visible: text !== ""
        text: root.note
        Layout.fillWidth: true
        Layout.topMargin: Theme.gap
    }
}
