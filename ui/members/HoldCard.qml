pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// How to hold a code, for those who never did.
Card {
    id: root

    spacing: Theme.gap

    Repeater {
        model: [
            { icon: "mdi6.cellphone-screenshot", words: qsTr("手机：打开“工会会员码”，屏幕调亮") },
            { icon: "mdi6.card-account-details-outline", words: qsTr("会员卡：有码的一面朝镜头") },
            { icon: "mdi6.arrow-expand-horizontal", words: qsTr("离镜头一尺左右，拿稳，停一停") }
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
