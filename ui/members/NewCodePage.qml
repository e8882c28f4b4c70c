pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// The code somebody was given: how to take it along, and until when it is good.
KioskPage {
    id: page

    title: page.vm.sending ? qsTr("扫一扫，存到手机") : page.vm.again ? qsTr("您登记过，还是这个码") : qsTr("登记好了，这是您的会员码")

    GridLayout {
        columns: Theme.portrait ? 1 : 2
        columnSpacing: Theme.margin
        rowSpacing: Theme.pad
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop

        QrPicture {
            text: page.vm.sending ? page.vm.link : page.vm.code
            about: page.vm.sending ? qsTr("打开会员码的网址") : qsTr("您的会员码")
            size: Theme.portrait ? Math.min(Math.max(page.viewportHeight * 0.55, Math.ceil(90 * Theme.mm)), page.contentWidth)
                : Math.min(page.viewportHeight - Theme.gap, page.contentWidth * 0.4)
            Layout.alignment: Qt.AlignTop | Qt.AlignHCenter
        }

        ColumnLayout {
            spacing: Theme.pad
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop

            Card {
                mood: "good"
                spacing: Theme.gap
                Layout.fillWidth: true

                Repeater {
                    model: page.vm.sending ? [
                        { icon: "mdi6.qrcode-scan", words: qsTr("用微信或者手机相机扫这个码，手机要能上网") },
                        { icon: "mdi6.image-outline", words: qsTr("打开后长按会员码，存到手机相册里") },
                        { icon: "mdi6.refresh", words: qsTr("工会核对后，再打开这个网址，就是长期的码") }
                    ] : [
                        { icon: "mdi6.cellphone-check", words: qsTr("用手机拍下来，下次把照片亮给镜头就行") },
                        { icon: "mdi6.calendar-check", words: qsTr("有效到 %1。联网核对后，工会会换成长期的").arg(page.vm.day) },
                        { icon: "mdi6.map-marker-multiple-outline", words: qsTr("这里马上能用，别的驿站联网后也能用") }
                    ]

                    RowLayout {
                        id: line

                        required property var modelData

                        spacing: Theme.pad
                        Layout.fillWidth: true

                        Icon {
                            name: line.modelData.icon
                            size: Theme.icon
                            color: Theme.good
                        }

                        Words {
                            text: line.modelData.words
                            lineHeight: 1.2
                            Layout.fillWidth: true
                        }
                    }
                }
            }

            NoticeStrip {
                visible: page.vm.printing || page.vm.printed !== ""
                mood: page.vm.printed || "info"
                iconName: page.vm.printed === "" ? "mdi6.printer-outline" : ""
                text: page.vm.printing ? qsTr("正在打印…") : page.vm.printed === "good" ? qsTr("打印好了，请拿走")
                    : qsTr("没有打印出来，可能没有纸了。请用手机拍下码")
            }

            SmallWords {
                visible: !page.vm.canPrint
                text: qsTr("没有手机也行：下次刷身份证，或者请值班人员打印一张卡。")
                Layout.fillWidth: true
            }
        }
    }

    actions: [
        ActionButton {
            text: qsTr("选服务")
            iconName: "mdi6.home-outline"
            kind: "main"
            Layout.fillWidth: true
            onTapped: page.vm.goOn()
        },
        ActionButton {
            visible: page.vm.link !== ""
            text: page.vm.sending ? qsTr("看会员码") : qsTr("发到手机")
            iconName: page.vm.sending ? "mdi6.qrcode" : "mdi6.cellphone-arrow-down"
            Layout.fillWidth: true
            onTapped: page.vm.turn()
        },
        ActionButton {
            visible: page.vm.canPrint
            enabled: !page.vm.printing
            text: qsTr("打印在纸上")
            iconName: "mdi6.printer-outline"
            Layout.fillWidth: true
            onTapped: page.vm.print()
        },
        ActionButton {
            text: qsTr("用完了")
            iconName: "mdi6.logout"
            Layout.fillWidth: true
            onTapped: page.vm.finish()
        }
    ]
}
