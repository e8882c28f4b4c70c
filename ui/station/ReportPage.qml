pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// Report what is broken: choose its picture, press "report". A photo is for who wants to add one.
KioskPage {
    id: page

    readonly property string stage: page.vm.stage
    readonly property bool tight: Theme.large && !Theme.portrait

    title: page.stage === "confirm" ? qsTr("%1坏了？").arg(page.vm.name) : page.stage === "photo" ? qsTr("把坏的地方对着镜头")
        : page.stage === "done" ? qsTr("报上去了，谢谢您") : qsTr("什么坏了？")
    subtitle: page.stage === "choose" ? qsTr("按一下坏了的东西。") : page.stage === "photo" ? qsTr("照片只给维修的人看。") : ""

    TileGrid {
        visible: page.stage === "choose"
        most: 4
        tileWidth: Theme.body * (Theme.large ? 10 : 9)

        Repeater {
            model: page.vm.things

            TileButton {
                required property string key
                required property string title
                required property string drawing
                required property string note
                required property string mood

                text: title
                iconName: drawing
                remark: note
                remarkMood: mood
                compact: page.tight
                Layout.fillWidth: true
                Layout.fillHeight: true
                onTapped: page.vm.choose(key)
            }
        }
    }

    Item {
        visible: page.stage !== "choose" && page.stage !== "done"
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.minimumHeight: Theme.target * 2

        Image {
            visible: page.vm.picture !== ""
            anchors.fill: parent
            source: page.vm.picture
            cache: false
            fillMode: Image.PreserveAspectFit
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("照片")
        }

        Icon {
            visible: page.vm.picture === ""
            anchors.centerIn: parent
            name: page.stage === "photo" ? "mdi6.camera" : page.vm.drawing
            size: Math.min(Theme.bigIcon * 3, parent.height)
            color: Theme.main
        }
    }

    NoticeStrip {
        visible: page.stage === "confirm" && page.vm.already !== ""
        text: qsTr("有人报过了：%1。您再报一次，我们就知道更急。").arg(page.vm.already)
    }

    Card {
        visible: page.stage === "done"
        mood: "good"

        Words {
            text: page.vm.thanks
            color: Theme.good
            Layout.fillWidth: true
        }
    }

    Item {
        visible: page.stage === "choose" || page.stage === "done"
        Layout.fillHeight: true
    }

    actionColumns: Theme.portrait ? 1 : 3
    actions: [
        ActionButton {
            visible: page.stage === "confirm" || page.stage === "photo"
            enabled: page.stage === "confirm" ? !page.vm.busy : page.vm.picture !== ""
            text: page.stage === "photo" ? qsTr("拍下来") : qsTr("报修")
            kind: "main"
            iconName: page.stage === "photo" ? "mdi6.camera" : "mdi6.wrench-outline"
            Layout.fillWidth: true
            onTapped: page.stage === "photo" ? page.vm.take() : page.vm.send()
        },
        ActionButton {
            visible: page.stage === "photo" || (page.stage === "confirm" && page.vm.canPhotograph)
            text: page.stage === "photo" ? qsTr("不拍了") : page.vm.picture === "" ? qsTr("加一张照片") : qsTr("重拍一张")
            iconName: page.stage === "photo" ? "mdi6.close" : "mdi6.camera-plus-outline"
            Layout.fillWidth: true
            onTapped: page.stage === "photo" ? page.vm.without() : page.vm.aim()
        },
        ActionButton {
            visible: page.stage === "confirm" || page.stage === "done"
            text: page.stage === "done" ? qsTr("还有别的坏了") : qsTr("不是这个")
            iconName: page.stage === "done" ? "mdi6.plus" : "mdi6.arrow-left"
            Layout.fillWidth: true
            onTapped: page.vm.again()
        }
    ]
}
