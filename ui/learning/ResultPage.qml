pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// Passed or not, the certificate with its code, and each question with its explanation.
KioskPage {
    id: page

    title: page.vm.title

    Card {
        visible: page.vm.hasResult
        mood: page.vm.passed ? "good" : "warn"

        Heading {
            text: page.vm.passed ? qsTr("通过了") : qsTr("这次没有通过")
            color: page.vm.passed ? Theme.good : Theme.warn
            Layout.fillWidth: true
        }

        Words {
            text: qsTr("答对 %1 题，共 %2 题：%3 分（%4 分通过）").arg(page.vm.right).arg(page.vm.total).arg(page.vm.score)
                .arg(page.vm.passMark)
            Layout.fillWidth: true
        }

        Words {
            visible: !page.vm.passed
            text: page.vm.canTryAgain ? qsTr("还可以再做 %1 次。").arg(page.vm.triesLeft) : qsTr("可以再看看视频，下次来时再做。")
            Layout.fillWidth: true
        }

        Words {
            visible: !page.vm.recorded
            text: qsTr("您以前就学完了，这一次不另记。")
            Layout.fillWidth: true
        }
    }

    Card {
        visible: page.vm.certified

        TwoPane {
            QrPicture {
                text: page.vm.qr
                size: Math.ceil(Theme.mm * 100)
                about: qsTr("证书的二维码")
                Layout.alignment: Qt.AlignHCenter | Qt.AlignTop
            }

            ColumnLayout {
                spacing: Theme.gap
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop

                Heading {
                    text: qsTr("学习证书")
                    Layout.fillWidth: true
                }

                Words {
                    text: qsTr("编号 %1").arg(page.vm.number)
                    wrapMode: Text.WrapAnywhere
                    Layout.fillWidth: true
                }

                Words {
                    text: page.vm.score >= 0 ? qsTr("%1，%2 分").arg(page.vm.issued).arg(page.vm.score) : page.vm.issued
                    Layout.fillWidth: true
                }

                SmallWords {
                    text: page.vm.online ? qsTr("用手机扫一扫，就能查到真假。") : qsTr("请拍下来保存；工会的查询页能辨真假。")
                    Layout.fillWidth: true
                }
            }
        }
    }

    NoticeStrip {
        visible: page.vm.passed && !page.vm.certified && !page.vm.recognised && page.vm.hasResult
        text: qsTr("亮一下会员码，就能得到证书。")
        iconName: "mdi6.certificate-outline"
    }

    Repeater {
        model: page.vm.marked

        Card {
            id: card

            required property int number
            required property string text
            required property bool good
            required property bool truth
            required property string chosen
            required property string answer
            required property string explanation

            function words(answer: string): string {
                return !truth ? answer : answer === "true" ? qsTr("对") : qsTr("错");
            }

            Words {
                text: card.number + ". " + card.text
                font.weight: Font.Bold
                Layout.fillWidth: true
            }

            StatusMark {
                text: card.chosen === "" ? qsTr("您没有选") : card.good ? qsTr("您答对了：%1").arg(card.words(card.chosen))
                    : qsTr("您答的是：%1").arg(card.words(card.chosen))
                mood: card.good ? "good" : "bad"
                Layout.fillWidth: true
            }

            StatusMark {
                visible: !card.good
                text: qsTr("正确答案：%1").arg(card.words(card.answer))
                mood: "good"
                Layout.fillWidth: true
            }

            SmallWords {
                visible: text !== ""
                text: card.explanation
                Layout.fillWidth: true
            }
        }
    }

    actions: [
        ActionButton {
            visible: page.vm.passed && !page.vm.certified && !page.vm.recognised && page.vm.hasResult
            text: qsTr("亮会员码")
            iconName: "mdi6.qrcode-scan"
            Layout.fillWidth: true
            onTapped: page.vm.recognise()
        },
        ActionButton {
            visible: !page.vm.passed
            text: qsTr("再看一遍")
            iconName: "mdi6.replay"
            Layout.fillWidth: true
            onTapped: page.vm.watchAgain()
        },
        ActionButton {
            visible: page.vm.canTryAgain
            text: qsTr("再做一次")
            iconName: "mdi6.refresh"
            kind: "main"
            Layout.fillWidth: true
            onTapped: page.vm.again()
        },
        ActionButton {
            visible: !page.vm.canTryAgain
            text: qsTr("回到课程")
            kind: "main"
            Layout.fillWidth: true
            onTapped: page.vm.toCourses()
        }
    ]
}
