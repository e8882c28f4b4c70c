pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// One service: all there is to know before going there, and two ways to go on.
KioskPage {
    id: page

    title: page.vm.title
    subtitle: page.vm.summary

    EmptyState {
        visible: page.vm.missing
        iconName: "mdi6.calendar-remove-outline"
        text: qsTr("这里现在没有这项服务")
        Layout.topMargin: Theme.target
    }

    TwoPane {
        visible: page.vm.loaded

        ColumnLayout {
            spacing: Theme.pad
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop

            ServicePicture {
                source: page.vm.picture
                iconName: page.vm.icon
                about: page.vm.pictureWords
                radius: Theme.radius
                Layout.fillWidth: true
                Layout.preferredHeight: Math.ceil(Math.min(width * 0.52, Math.max(page.viewportHeight * 0.62, Theme.target * 2)))
            }

            StatusMark {
                visible: text !== ""
                text: page.vm.openWords
                iconName: page.vm.isOpen ? "mdi6.clock-check-outline" : "mdi6.clock-outline"
                mood: page.vm.isOpen ? "good" : "warn"
                Layout.fillWidth: true
            }

            Repeater {
                model: page.vm.paragraphs.split("\n").filter(line => line !== "")

                Words {
                    required property string modelData

                    text: modelData
                    Layout.fillWidth: true
                }
            }

            Card {
                visible: page.vm.link !== ""

                RowLayout {
                    spacing: Theme.pad
                    Layout.fillWidth: true

                    QrPicture {
                        text: page.vm.link
                        about: qsTr("二维码，用手机扫一扫接着办")
                        size: Math.ceil(62 * Theme.mm)
                    }

                    ColumnLayout {
                        spacing: Theme.gap
                        Layout.fillWidth: true

                        Words {
                            text: qsTr("用手机接着办")
                            font.weight: Font.Bold
                            Layout.fillWidth: true
                        }

                        SmallWords {
                            text: qsTr("手机扫一扫左边的码。没有手机也一样办：按下面的“呼叫值班”。")
                            Layout.fillWidth: true
                        }
                    }
                }
            }
        }

        ColumnLayout {
            spacing: Theme.pad
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop

            HoursCard {
                visible: page.vm.week.count > 0 || page.vm.hoursNote !== ""
                week: page.vm.week
                special: page.vm.special
                note: page.vm.hoursNote
            }

            Card {
                spacing: Theme.pad

                FactRow {
                    iconName: "mdi6.account-check-outline"
                    label: qsTr("谁可以办")
                    lines: page.vm.who.split("\n").filter(line => line !== "")
                }

                FactRow {
                    iconName: "mdi6.bag-personal-outline"
                    label: qsTr("要带什么")
                    lines: page.vm.bring.split("\n").filter(line => line !== "")
                }

                FactRow {
                    iconName: "mdi6.cash"
                    label: qsTr("多少钱")
                    lines: [page.vm.cost]
                }

                FactRow {
                    iconName: "mdi6.map-marker-outline"
                    label: qsTr("在哪儿办")
                    lines: [page.vm.place]
                }

                FactRow {
                    iconName: "mdi6.phone-outline"
                    label: qsTr("电话")
                    lines: [page.vm.phone]
                }
            }
        }
    }

    actions: [
        ActionButton {
            visible: page.vm.loaded
            text: qsTr("呼叫值班，请人帮我办")
            kind: "main"
            iconName: "mdi6.face-agent"
            Layout.fillWidth: true
            onTapped: page.vm.callDesk()
        },
        ActionButton {
            visible: page.vm.missing
            text: qsTr("看看别的服务")
            kind: "main"
            iconName: "mdi6.clipboard-text-outline"
            Layout.fillWidth: true
            onTapped: page.vm.openList()
        }
    ]
}
