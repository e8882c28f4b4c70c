pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// What is written in a call, in large letters; and what a visitor can say by a touch, or type.
Card {
    id: root

    property var vm: null
    readonly property int count: lines.count
    readonly property bool typing: root.visible && field.typing

    mood: "info"

    Repeater {
        id: lines

        model: root.vm.lines

        ColumnLayout {
            id: line

            required property string who
            required property string words
            required property bool mine

            spacing: 0
            Layout.fillWidth: true
            Layout.leftMargin: line.mine ? Theme.margin : 0

            SmallWords {
                text: line.who
                color: Theme.info
                lineHeight: 1.1
                Layout.fillWidth: true
            }

            Words {
                text: line.words
                color: Theme.info
                font.pixelSize: line.mine ? Theme.body : Theme.title
                font.weight: line.mine ? Font.Normal : Font.Medium
                Layout.fillWidth: true
            }
        }
    }

    SmallWords {
        visible: root.vm.writing && lines.count === 0
        text: qsTr("点一句，或者自己写。值班人员马上看到。")
        color: Theme.info
        Layout.fillWidth: true
    }

    Flow {
        visible: root.vm.writing && !field.typing
        spacing: Theme.gap
        Layout.fillWidth: true

        Repeater {
            model: root.vm.phrases

            ActionButton {
                required property string phrase
                required property string said

                text: phrase
                width: Math.min(implicitWidth, parent.width)
                onTapped: root.vm.write(said)
            }
        }
    }

    RowLayout {
        visible: root.vm.writing
        spacing: Theme.gap
        Layout.fillWidth: true

        WriteField {
            id: field

            hint: qsTr("在这里写字")
            Layout.fillWidth: true
            onSubmitted: send.send()
        }

        ActionButton {
            id: send

            function send(): void {
                root.vm.write(field.text);
                field.clear();
            }

            enabled: field.text !== ""
            text: qsTr("发送")
            iconName: "mdi6.send"
            onTapped: send.send()
        }
    }
}
