import QtQuick
import QtQuick.Layouts
import kit

// Call the desk: what is being done, the pictures, what is written, and the numbers to dial where a call is not enough.
KioskPage {
    id: page

    readonly property bool choosing: page.vm.phase === "idle" && !page.vm.impossible
    readonly property bool over: page.vm.phase === "ended" || page.vm.impossible
    readonly property bool typing: texts.typing // the keyboard is up, and there is room for little else
    readonly property bool pictureWanted: !page.typing
        && (page.vm.talking || (page.vm.active && page.vm.callCentre.media !== null && !page.vm.noCamera))
    readonly property bool sideBySide: page.pictureWanted && !Theme.portrait
    readonly property real pictureShare: !Theme.portrait ? 1 : page.vm.writing ? 0.3
        : page.vm.talking && !page.vm.numbersWanted && page.vm.signs.count < 2 ? 0.55 : 0.4

    title: page.typing ? "" : page.vm.title
    subtitle: page.over || page.choosing || (page.vm.talking && !Theme.portrait) ? "" : page.vm.topicName

    actionColumns: page.vm.talking || Theme.portrait ? 1 : 4
    actions: [
        CallControlsRow {
            visible: page.vm.talking && !page.typing
            vm: page.vm
            Layout.fillWidth: true
        },
        ActionButton {
            visible: page.vm.active && !page.vm.talking
            text: qsTr("取消呼叫")
            kind: "main"
            iconName: "mdi6.phone-hangup"
            Layout.fillWidth: true
            onTapped: page.vm.hangUp()
        },
        ActionButton {
            visible: page.vm.messageOffered
            text: qsTr("留言给值班人员")
            iconName: "mdi6.message-text-outline"
            Layout.fillWidth: true
            onTapped: page.vm.leaveMessage()
        },
        ActionButton {
            visible: page.over && !page.vm.redialling
            text: qsTr("返回")
            iconName: "mdi6.arrow-left"
            Layout.fillWidth: true
            onTapped: page.vm.leave()
        },
        ActionButton {
            visible: page.vm.redialling
            text: qsTr("不用重拨了")
            iconName: "mdi6.phone-cancel"
            Layout.fillWidth: true
            onTapped: page.vm.hangUp()
        },
        ActionButton {
            visible: page.over && !page.vm.impossible
            text: page.vm.redialling ? qsTr("现在就呼叫") : qsTr("再呼叫一次")
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
                visible: page.vm.numbersWanted && !page.typing
                numbers: page.vm.numbers
            }

            CallStateCard {
                visible: (page.vm.detail !== "" || page.vm.active) && !page.vm.writing
                vm: page.vm
            }

            NoticeStrip {
                visible: page.vm.hours !== ""
                mood: "info"
                iconName: "mdi6.clock-outline"
                text: page.vm.hours
            }

            Repeater {
                model: page.vm.writing ? null : page.vm.signs

                NoticeStrip {
                    required property string words
                    required property string glyph
                    required mood

                    text: words
                    iconName: glyph
                }
            }

            TextsCard {
                id: texts

                visible: page.vm.active && (page.vm.writing || count > 0)
                vm: page.vm
            }

            HelpfulCard {
                visible: page.vm.asked
                vm: page.vm
            }
        }
    }
}
