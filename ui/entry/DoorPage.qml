pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// The door: how one gets in now, what just happened, and the key that opens or rings.
KioskPage {
    id: page

    readonly property bool tight: Theme.large && !Theme.portrait

    title: page.tight && page.vm.told ? "" : qsTr("开门进站")
    subtitle: page.tight ? "" : page.vm.hours

    Card {
        visible: page.vm.told
        mood: page.vm.mood
        Layout.fillHeight: page.vm.told

        Item { Layout.fillHeight: true }

        Icon {
            visible: page.viewportHeight > Theme.target * 5 // beside a call's strip there is room for the words alone
            name: page.vm.icon
            size: page.tight ? Theme.bigIcon : Theme.bigIcon * 1.6
            color: Theme.moodInk(page.vm.mood)
            Layout.alignment: Qt.AlignHCenter
        }

        Heading {
            text: page.vm.happened
            level: Theme.large ? 2 : 1
            color: Theme.moodInk(page.vm.mood)
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        }

        Words {
            visible: text !== ""
            text: page.vm.advice
            color: Theme.moodInk(page.vm.mood)
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        }

        Item { Layout.fillHeight: true }
    }

    NoticeStrip {
        visible: !page.vm.told && page.vm.outlook !== ""
        text: page.vm.outlook
        mood: page.vm.opens ? "good" : "info"
        iconName: page.vm.opens ? "mdi6.door-open" : "mdi6.door-closed-lock"
    }

    TwoPane {
        visible: !page.vm.told
        Layout.fillHeight: true

        TileButton {
            text: qsTr("亮会员码")
            hint: qsTr("手机上的码，或会员卡")
            iconName: "mdi6.qrcode-scan"
            compact: page.tight
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.maximumHeight: Theme.target * 5
            onTapped: page.vm.showCode()
        }

        Card {
            visible: page.vm.reads
            Layout.fillHeight: true
            Layout.maximumHeight: Theme.target * 5

            RowLayout {
                spacing: Theme.pad
                Layout.fillWidth: true

                Icon {
                    name: "mdi6.card-account-details-outline"
                    size: page.tight ? Theme.icon : Theme.bigIcon
                    color: Theme.main
                }

                Heading {
                    text: qsTr("刷身份证")
                    Layout.fillWidth: true
                }
            }

            SmallWords {
                text: qsTr("把身份证平放在读卡区，等听到声音再拿开。号码不保存。")
                visible: !page.tight
                Layout.fillWidth: true
            }

            Item { Layout.fillHeight: true }
        }
    }

    actions: [
        ActionButton {
            text: page.vm.told ? qsTr("知道了") : page.vm.ringText
            kind: page.vm.told ? "plain" : "main"
            iconName: page.vm.told ? "mdi6.check" : page.vm.opens ? "mdi6.door-open" : "mdi6.bell-ring-outline"
            Layout.fillWidth: true
            Layout.minimumHeight: page.vm.told ? 0 : Theme.target * 1.4
            Layout.columnSpan: page.actionColumns
            onTapped: page.vm.told ? page.vm.again() : page.vm.ring()
        }
    ]
}
