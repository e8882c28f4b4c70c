import QtQuick
import QtQuick.Layouts
import kit

// Show a member code: to the camera or the scanner; who was recognised, or why not; and that nobody has to.
KioskPage {
    id: page

    readonly property bool known: page.vm.state === "recognised"
    readonly property bool blind: page.vm.state === "blind"
    readonly property bool refused: page.vm.state === "refused"

    title: page.known ? qsTr("认出您了") : qsTr("亮会员码")
    actionColumns: !Theme.portrait ? 4 : page.known || Theme.large ? 1 : 2
    subtitle: page.known || page.refused ? "" : qsTr("没有会员码也没关系，喝水、休息都不用码。")

    WelcomeCard {
        visible: page.known
        vm: page.vm
    }

    TwoPane {
        visible: !page.known
        Layout.alignment: Qt.AlignTop

        CameraCard {
            visible: !page.blind
            vm: page.vm
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(width / page.vm.aspect, Theme.target * (page.refused ? 4 : 7))
            Layout.alignment: Qt.AlignTop
        }

        EmptyState {
            visible: page.blind
            iconName: "mdi6.camera-off"
            text: page.vm.hint
            hint: qsTr("领东西、看课、办事照样可以，只是不记在会员码下。")
            Layout.alignment: Qt.AlignTop
        }

        ColumnLayout {
            spacing: Theme.pad
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop

            NoticeStrip {
                visible: !page.blind && !page.refused
                text: page.vm.hint
                mood: page.vm.hinted ? "warn" : "info"
                iconName: page.vm.hinted ? "mdi6.hand-back-right-outline" : "mdi6.qrcode-scan"
            }

            HoldCard {
                visible: !page.blind && !page.refused
            }

            DemoCard {
                visible: !page.blind && page.vm.demoCodes.count > 0
                vm: page.vm
            }
        }
    }

    // the first one is always there: a row whose buttons are all away for a moment does not come back
    actions: [
        ActionButton {
            text: page.known ? qsTr("选服务") : qsTr("不亮码，直接用")
            iconName: page.known ? "mdi6.home-outline" : "mdi6.arrow-right"
            kind: page.known || page.blind ? "main" : "plain"
            Layout.fillWidth: true
            onTapped: page.vm.goOn()
        },
        ActionButton {
            visible: !page.known
            text: qsTr("没有码，登记一个")
            iconName: "mdi6.account-plus-outline"
            Layout.fillWidth: true
            onTapped: page.vm.register()
        },
        ActionButton {
            visible: page.known && page.vm.faces
            text: qsTr("人脸")
            iconName: "mdi6.face-recognition"
            Layout.fillWidth: true
            onTapped: page.vm.useFace()
        },
        ActionButton {
            visible: page.known
            text: qsTr("用完了")
            iconName: "mdi6.logout"
            Layout.fillWidth: true
            onTapped: page.vm.finish()
        }
    ]
}
