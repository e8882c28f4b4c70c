pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// Who was recognised, what that is good for, and that it ends.
Card {
    id: root

    required property var vm

    mood: "good"
    spacing: Theme.pad

    RowLayout {
        spacing: Theme.pad
        Layout.fillWidth: true

        Icon {
            name: "mdi6.check-decagram"
            size: Theme.bigIcon
            color: Theme.good
        }

        Heading {
            text: root.vm.greeting
            level: 1
            color: Theme.good
            Layout.fillWidth: true
        }
    }

    Repeater {
        model: [
            { icon: "mdi6.cup-water", words: qsTr("领东西会记在会员码下，不记您的名字") },
            { icon: "mdi6.school-outline", words: qsTr("学习会接着您上次的地方") },
            { icon: "mdi6.logout", words: qsTr("用完请按“用完了”，下一位看不到您的内容") }
        ]

        RowLayout {
            id: line

            required property var modelData

            spacing: Theme.pad
            Layout.fillWidth: true

            Icon {
                name: line.modelData.icon
                size: Theme.icon
                color: Theme.good
            }

            Words {
                text: line.modelData.words
                lineHeight: 1.2
                Layout.fillWidth: true
            }
        }
    }
}
