import QtQuick
import QtQuick.Layouts
import kit

// Call the desk: what is being done, the pictures, and the numbers to dial where the call is not enough.
KioskPage {
    id: page

    readonly property bool choosing: page.vm.phase === "idle" && !page.vm.impossible
    readonly property bool over: page.vm.phase === "ended" || page.vm.impossible

    title: page.vm.title
    subtitle: page.over || page.choosing ? "" : page.vm.topicName

    actions: [
        ActionButton {
            visible: page.vm.active
            text: page.vm.phase === "ringing" ? qsTr("取消呼叫") : qsTr("挂断")
            kind: "main"
            iconName: "mdi6.phone-hangup"
            Layout.fillWidth: true
            onTapped: page.vm.hangUp()
        },
        ActionButton {
            visible: page.over
            text: qsTr("返回")
            iconName: "mdi6.arrow-left"
            Layout.fillWidth: true
            onTapped: page.vm.leave()
        },
        ActionButton {
            visible: page.over && !page.vm.impossible
            text: qsTr("再呼叫一次")
            kind: "main"
            iconName: "mdi6.phone"
            Layout.fillWidth: true
            onTapped: page.vm.again()
        }
    ]

    TopicGrid {
        visible: page.choosing
        topics: page.vm.topics
        onChosen: topic => page.vm.ring(topic)
    }

    TwoPane {
        visible: !page.choosing

        PicturePane {
            visible: page.vm.active
            vm: page.vm
            Layout.fillWidth: true
            Layout.preferredHeight: width * 3 / 4
            Layout.maximumHeight: page.viewportHeight
            Layout.alignment: Qt.AlignTop
        }

        ColumnLayout {
            spacing: Theme.pad
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop

            CallStateCard {
                visible: page.vm.detail !== "" || page.vm.active
                vm: page.vm
            }

            DeskTextCard {
                visible: page.vm.text !== "" && page.vm.active
                text: page.vm.text
            }

            NoticeStrip {
                visible: page.vm.noMicrophone && page.vm.active
                mood: "warn"
                iconName: "mdi6.microphone-off"
                text: qsTr("这台机器没有麦克风，对方听不见您说话。您能看见、听见对方，也能看屏幕上的字。")
            }

            NoticeStrip {
                visible: page.vm.noCamera && page.vm.active
                mood: "info"
                iconName: "mdi6.video-off-outline"
                text: qsTr("没有摄像头画面，对方看不见您，只用声音通话。")
            }
        }

        NumbersCard {
            visible: page.vm.numbersWanted
            numbers: page.vm.numbers
            Layout.columnSpan: page.vm.active && !Theme.portrait ? 2 : 1
        }
    }
}
