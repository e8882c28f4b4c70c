import QtQuick
import QtQuick.Layouts
import kit

// Leave a message while nobody can be reached: one question on a screen.
KioskPage {
    id: page

    readonly property string stage: page.vm.stage
    readonly property bool typing: page.stage === "writing" && field.typing

    title: page.stage === "recording" ? qsTr("正在录音，请说话")
        : page.stage === "recorded" ? qsTr("录好了，%1 秒").arg(page.vm.recordedSeconds)
        : page.stage === "writing" ? (page.typing ? "" : qsTr("写下您要说的"))
        : page.stage === "contact" ? qsTr("留个电话吗？")
        : page.stage === "done" ? qsTr("留言记下了") : qsTr("给值班人员留言")
    subtitle: page.stage === "done" || page.typing ? "" : page.vm.topicName

    actions: [
        ActionButton {
            visible: page.stage === "recording"
            text: qsTr("说完了")
            kind: "main"
            iconName: "mdi6.stop-circle-outline"
            Layout.fillWidth: true
            onTapped: page.vm.finish()
        },
        ActionButton {
            visible: page.stage === "recorded"
            text: page.vm.playing ? qsTr("停止") : qsTr("听一遍")
            iconName: page.vm.playing ? "mdi6.stop" : "mdi6.play"
            Layout.fillWidth: true
            onTapped: page.vm.listen()
        },
        ActionButton {
            visible: page.stage === "recorded"
            text: qsTr("重新说")
            iconName: "mdi6.microphone-outline"
            Layout.fillWidth: true
            onTapped: page.vm.record()
        },
        ActionButton {
            visible: page.stage === "writing" && !page.typing && page.vm.canRecord
            text: qsTr("换个办法")
            iconName: "mdi6.arrow-left"
            Layout.fillWidth: true
            onTapped: page.vm.again()
        },
        ActionButton {
            visible: page.stage === "recorded" || page.stage === "writing"
            enabled: page.stage === "recorded" || field.text !== ""
            text: qsTr("下一步")
            kind: "main"
            iconName: "mdi6.arrow-right"
            Layout.fillWidth: true
            onTapped: page.vm.goOn()
        },
        ActionButton {
            visible: page.stage === "contact" && page.vm.contact === ""
            text: qsTr("不留电话，送出留言")
            kind: "main"
            iconName: "mdi6.send"
            enabled: !page.vm.busy
            Layout.fillWidth: true
            onTapped: page.vm.leave()
        },
        ActionButton {
            visible: page.stage === "done"
            text: qsTr("回到首页")
            kind: "main"
            iconName: "mdi6.home"
            Layout.fillWidth: true
            onTapped: page.vm.home()
        }
    ]

    NoticeStrip {
        visible: page.stage === "choose" && page.vm.hours !== ""
        mood: "warn"
        iconName: "mdi6.clock-outline"
        text: page.vm.hours
    }

    Words {
        visible: page.stage === "choose"
        text: page.vm.online ? qsTr("值班人员一有空就会听、会看。")
            : qsTr("现在没有网络。留言先存在这台机器上，网络一通就送到值班台。")
        Layout.fillWidth: true
    }

    TileGrid {
        visible: page.stage === "choose"
        Layout.fillHeight: false

        TileButton {
            text: qsTr("说一段话")
            hint: qsTr("最长两分钟，说完可以再听一遍")
            iconName: "mdi6.microphone"
            main: true
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: Theme.target * 3
            onTapped: page.vm.record()
        }

        TileButton {
            text: qsTr("写几个字")
            hint: qsTr("用屏幕上的键盘")
            iconName: "mdi6.keyboard-outline"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: Theme.target * 3
            onTapped: page.vm.write()
        }
    }

    Card {
        visible: page.stage === "recording"

        RowLayout {
            spacing: Theme.pad
            Layout.fillWidth: true

            Icon {
                name: "mdi6.microphone"
                size: Theme.bigIcon
                color: Theme.main
            }

            ColumnLayout {
                spacing: Theme.gap
                Layout.fillWidth: true

                Words {
                    text: qsTr("%1 秒").arg(page.vm.seconds)
                    font.pixelSize: Theme.display
                    font.weight: Font.Bold
                    font.features: { "tnum": 1 }
                    lineHeight: 1.1
                    Layout.fillWidth: true
                }

                ProgressLine {
                    value: page.vm.level
                    name: qsTr("声音大小")
                    implicitHeight: Theme.gap * 2
                    Layout.fillWidth: true
                }
            }
        }

        SmallWords {
            text: qsTr("请对着机器说：您是谁，要办什么事。")
            Layout.fillWidth: true
        }
    }

    Words {
        visible: page.stage === "recorded"
        text: qsTr("可以听一遍，不满意就重新说。")
        Layout.fillWidth: true
    }

    WriteField {
        id: field

        visible: page.stage === "writing"
        hint: qsTr("在这里写字")
        maximumLength: 1000
        Layout.fillWidth: true
        Layout.topMargin: page.typing ? Theme.gap : 0
        onTextChanged: page.vm.written(text)
        onSubmitted: Theme.keyboard.hide()
    }

    ColumnLayout {
        visible: page.stage === "contact"
        spacing: Theme.pad
        Layout.fillHeight: false
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: Math.min(page.width - 2 * Theme.margin, Theme.target * 6)

        Words {
            text: page.vm.contact === "" ? qsTr("方便值班人员给您回电。不留也可以。") : page.vm.contact
            font.pixelSize: page.vm.contact === "" ? Theme.body : Theme.display
            font.weight: page.vm.contact === "" ? Font.Normal : Font.Bold
            font.features: { "tnum": 1 }
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
            Layout.minimumHeight: Theme.target
        }

        DigitPad {
            doneText: qsTr("送出")
            doneEnabled: page.vm.contact !== "" && !page.vm.busy
            Layout.fillWidth: true
            onDigit: digit => page.vm.press(digit)
            onErased: page.vm.erase()
            onDone: page.vm.leave()
        }
    }

    Card {
        visible: page.stage === "done"
        mood: "good"

        Words {
            text: page.vm.online ? qsTr("已经送往值班台。值班人员会尽快处理。")
                : qsTr("存在这台机器上了，断电也不会丢。网络一通就送到值班台。")
            color: Theme.good
            Layout.fillWidth: true
        }
    }

    Item {
        Layout.fillHeight: true // what is above stays together
    }
}
