import QtQuick
import QtQuick.Layouts
import kit

// Call the desk: what is being done, the pictures, and the numbers to dial where the call is not enough.
KioskPage {
    id: page

    readonly property bool choosing: page.vm.phase === "idle" && !page.vm.impossible
    readonly property bool pictureWanted: page.vm.talking || (page.vm.active && page.vm.media !== null && !page.vm.noCamera)
    readonly property bool sideBySide: page.pictureWanted && !Theme.portrait
    readonly property real pictureShare: !Theme.portrait ? 1 : page.vm.talking && !page.vm.numbersWanted ? 0.62 : 0.4
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

    GridLayout {
        // In a call the picture comes first; while it rings, what is said about it, and the numbers to dial.
        readonly property bool wordsFirst: Theme.portrait && !page.vm.talking

        visible: !page.choosing
        columns: page.sideBySide ? 2 : 1
        columnSpacing: Theme.margin
        rowSpacing: Theme.pad
        uniformCellWidths: page.sideBySide
        Layout.fillWidth: true

        PicturePane {
            visible: page.pictureWanted
            vm: page.vm
            Layout.row: parent.wordsFirst ? 1 : 0
            Layout.column: 0
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(width * 3 / 4, page.viewportHeight * page.pictureShare)
            Layout.alignment: Qt.AlignTop
        }

        ColumnLayout {
            spacing: Theme.pad
            Layout.row: Theme.portrait && !parent.wordsFirst ? 1 : 0
            Layout.column: page.sideBySide ? 1 : 0
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop

            NumbersCard {
                visible: page.vm.numbersWanted
                numbers: page.vm.numbers
            }

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
    }
}
