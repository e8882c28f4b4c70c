pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// A face as a way in: what is agreed to comes first, "no" is as large as "yes", and it is deleted on the spot.
KioskPage {
    id: page

    readonly property string stage: page.vm.stage

    title: page.stage === "look" ? qsTr("请看着镜头") : page.stage === "kept" ? (page.vm.fresh ? qsTr("记住了") : qsTr("您的人脸在这台机器上"))
        : page.stage === "failed" ? qsTr("没有拍成") : page.stage === "gone" ? qsTr("已经删掉了") : qsTr("要用人脸吗？")
    subtitle: page.stage === "ask" ? qsTr("自愿的。不用人脸，会员码、身份证、门铃一样进得来。") : ""

    Card {
        visible: page.stage === "ask"
        spacing: Theme.gap
        Layout.fillWidth: true

        Repeater {
            model: page.stage === "ask" ? page.vm.terms : []

            Words {
                required property string modelData
                required property int index

                text: (index + 1) + ". " + modelData
                lineHeight: 1.25
                Layout.fillWidth: true
            }
        }
    }

    CameraCard {
        visible: page.stage === "look"
        vm: page.vm
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(width / page.vm.aspect, page.viewportHeight - Theme.target * 1.6)
        Layout.alignment: Qt.AlignTop
    }

    NoticeStrip {
        visible: page.stage === "look"
        text: page.vm.hint
        iconName: "mdi6.face-recognition"
    }

    Card {
        visible: page.stage === "kept" || page.stage === "failed" || page.stage === "gone"
        mood: page.stage === "failed" ? "warn" : "good"

        Words {
            text: page.stage === "failed" ? qsTr("一直没有看清一张脸。请站近一点，别背着光，一个人站在镜头前再试。")
                : page.stage === "gone" ? qsTr("这台机器上没有您的人脸了。要用，随时可以再来。")
                : qsTr("只存在这台机器里，是一串加了密的数字，不是照片。不想要了，按“删掉我的人脸”。")
            color: Theme.moodInk(page.stage === "failed" ? "warn" : "good")
            Layout.fillWidth: true
        }
    }

    Item {
        Layout.fillHeight: true
    }

    actionColumns: Theme.portrait && page.stage !== "ask" ? 1 : 2
    actions: [
        ActionButton {
            visible: page.stage === "ask" || page.stage === "failed"
            text: page.stage === "failed" ? qsTr("再试一次") : qsTr("同意，用人脸")
            iconName: "mdi6.face-recognition"
            Layout.fillWidth: true
            onTapped: page.vm.agree()
        },
        ActionButton {
            visible: page.stage === "kept"
            text: qsTr("删掉我的人脸")
            iconName: "mdi6.delete-outline"
            Layout.fillWidth: true
            onTapped: page.vm.forget()
        },
        ActionButton {
            visible: page.stage !== ""
            text: page.stage === "kept" || page.stage === "gone" ? qsTr("好了") : qsTr("不用人脸")
            iconName: page.stage === "kept" || page.stage === "gone" ? "mdi6.check" : "mdi6.close"
            Layout.fillWidth: true
            onTapped: page.vm.decline()
        }
    ]
}
