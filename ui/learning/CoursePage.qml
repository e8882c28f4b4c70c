pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// A course: what it is about, its parts, and the one thing to do next.
KioskPage {
    id: page

    title: page.vm.title
    subtitle: page.vm.summary

    TwoPane {
        Layout.fillHeight: false // a layout fills by default, and would spread

        ColumnLayout {
            spacing: Theme.gap
            Layout.fillWidth: true
            Layout.fillHeight: false
            Layout.alignment: Qt.AlignTop

            StatusMark {
                visible: page.vm.state !== ""
                text: page.vm.state === "waiting" ? qsTr("视频还没有传到这台机器上")
                    : page.vm.state === "passed" ? qsTr("您已学完这门课") : page.vm.state === "watched" ? qsTr("视频看完了，做小测吧")
                    : page.vm.state === "begun" ? (page.vm.resumeAt !== "" ? qsTr("上次看到 %1，可以接着看").arg(page.vm.resumeAt) : qsTr("学了 %1%，可以接着学").arg(page.vm.percent)) : qsTr("约 %1 分钟").arg(page.vm.minutes)
                mood: page.vm.state === "passed" ? "good" : page.vm.state === "waiting" ? "warn" : "info"
                Layout.fillWidth: true
            }

            NoticeStrip {
                visible: !page.vm.recognised && page.vm.action !== ""
                text: qsTr("没有亮会员码也能学；想要证书，请先亮会员码。")
                iconName: "mdi6.certificate-outline"
            }
        }

        ColumnLayout {
            spacing: Theme.gap
            Layout.fillWidth: true
            Layout.fillHeight: false
            Layout.alignment: Qt.AlignTop

            Repeater {
                model: page.vm.steps

                RowButton {
                    id: row

                    required property string step
                    required property string part
                    required property string title
                    required property string length
                    required property int pictures
                    required property string progress

                    text: title
                    subtitle: pictures > 0 ? qsTr("%1 张图").arg(pictures) : length
                    enabled: progress !== "locked"
                    arrow: progress !== "locked"
                    iconName: part === "quiz" ? "mdi6.clipboard-check-outline" : part === "slides" ? "mdi6.image-multiple-outline"
                        : "mdi6.play-circle-outline"
                    remark: progress === "done" ? qsTr("完成了") : progress === "locked" ? qsTr("先完成前面的") : ""
                    remarkMood: progress === "done" ? "good" : "info"
                    remarkIcon: progress === "locked" ? "mdi6.lock-outline" : ""
                    Layout.fillWidth: true
                    onTapped: page.vm.openStep(row.step, row.part)
                }
            }
        }
    }

    Item {
        Layout.fillHeight: true
    }

    actions: [
        ActionButton {
            visible: page.vm.certified
            text: qsTr("看我的证书")
            iconName: "mdi6.certificate-outline"
            Layout.fillWidth: true
            onTapped: page.vm.showCertificate()
        },
        ActionButton {
            visible: page.vm.action !== ""
            text: page.vm.action === "resume" ? qsTr("继续看") : page.vm.action === "quiz" ? qsTr("做小测")
                : page.vm.action === "again" ? qsTr("再看一遍") : qsTr("开始看")
            iconName: page.vm.action === "quiz" ? "mdi6.clipboard-check-outline" : "mdi6.play"
            kind: "main"
            Layout.fillWidth: true
            onTapped: page.vm.begin()
        }
    ]
}
