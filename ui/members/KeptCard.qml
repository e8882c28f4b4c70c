pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// What is kept of somebody who registers, and what is not. Changed sentences are a new `CONSENT`.
Card {
    id: root

    spacing: Theme.gap

    Heading {
        text: qsTr("我们记下什么")
        level: 2
        Layout.fillWidth: true
    }

    Repeater {
        model: [
            { icon: "mdi6.card-off-outline", words: qsTr("身份证：不存号码、照片和住址，只留一个认得出这张证的记号") },
            { icon: "mdi6.lock-outline", words: qsTr("姓名和手机号：加密后交给工会，这台机器自己也看不到") },
            { icon: "mdi6.hard-hat", words: qsTr("您做什么工作，用来安排服务") },
            { icon: "mdi6.delete-outline", words: qsTr("不想要了，告诉值班人员，随时作废") }
        ]

        RowLayout {
            id: line

            required property var modelData

            spacing: Theme.pad
            Layout.fillWidth: true

            Icon {
                name: line.modelData.icon
                size: Theme.icon
                color: Theme.main
            }

            Words {
                text: line.modelData.words
                lineHeight: 1.2
                Layout.fillWidth: true
            }
        }
    }
}
