import QtQuick
import QtQuick.Layouts
import kit

// The first visit: what registering is good for, what is kept of it, and how it is done.
KioskPage {
    id: page

    readonly property bool tight: Theme.large && !Theme.portrait

    title: qsTr("登记，领会员码")
    subtitle: qsTr("一分钟，不要钱。不登记也可以喝水、休息。")

    NoticeStrip {
        visible: page.vm.heard !== ""
        text: page.vm.heard
        mood: "warn"
        iconName: "mdi6.card-account-details-outline"
    }

    EmptyState {
        visible: page.vm.closed
        iconName: "mdi6.account-off-outline"
        text: qsTr("这里现在不能登记")
        hint: qsTr("要会员码，请按“呼叫帮助”，值班人员告诉您到哪里办。")
    }

    TwoPane {
        visible: !page.vm.closed
        Layout.alignment: Qt.AlignTop

        ColumnLayout {
            spacing: Theme.pad
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop

            TileButton {
                visible: page.vm.cards && page.vm.hasCard
                main: true
                text: qsTr("用刚才的身份证登记")
                hint: qsTr("读到了，按这里接着办")
                iconName: "mdi6.card-account-details-outline"
                compact: page.tight
                Layout.fillWidth: true
                onTapped: page.vm.byCard()
            }

            Card {
                visible: page.vm.cards && !page.vm.hasCard
                mood: "info"
                spacing: Theme.gap
                Layout.fillWidth: true

                RowLayout {
                    spacing: Theme.pad
                    Layout.fillWidth: true

                    Icon {
                        name: "mdi6.card-account-details-outline"
                        size: page.tight ? Theme.icon : Theme.bigIcon
                        color: Theme.info
                    }

                    Heading {
                        text: qsTr("刷身份证")
                        Layout.fillWidth: true
                    }
                }

                Words {
                    text: qsTr("把身份证平放在读卡区，等听到声音再拿开")
                    lineHeight: 1.2
                    Layout.fillWidth: true
                }
            }

            TileButton {
                visible: page.vm.phones
                text: qsTr("写姓名和手机号")
                hint: qsTr("没带身份证，用这个")
                iconName: "mdi6.account-edit-outline"
                compact: page.tight
                Layout.fillWidth: true
                onTapped: page.vm.byPhone()
            }
        }

        KeptCard {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
        }
    }
}
