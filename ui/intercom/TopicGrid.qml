pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// What one can call about.
TileGrid {
    id: root

    property var topics: null

    signal chosen(string topic)

    Repeater {
        model: root.topics

        TileButton {
            required property string topic
            required property string name
            required property string about
            required property string glyph
            required property bool served
            required property int index
            required remark

            text: name
            hint: about
            iconName: glyph
            remarkIcon: "mdi6.clock-outline"
            remarkMood: served ? "" : "warn"
            main: index === 0
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: root.chosen(topic)
        }
    }
}
