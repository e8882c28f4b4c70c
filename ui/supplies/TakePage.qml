import QtQuick
import QtQuick.Layouts
import kit

// One item: how many, from where, what has to be heard first.
KioskPage {
    id: page

    // One question at a time: the caution first, alone, then how many.
    readonly property bool asksFirst: page.vm.cautionTitle !== "" && !page.vm.heard && !page.vm.blocked

    title: page.vm.name
    subtitle: page.vm.note
    actions: [
        Stepper {
            visible: page.vm.loaded && page.vm.most > 1 && !page.asksFirst
            value: page.vm.quantity
            to: page.vm.most
            unit: page.vm.unit
            name: page.vm.name
            Layout.fillWidth: true
            onWanted: value => page.vm.change(value - page.vm.quantity)
        },
        ActionButton {
            visible: page.vm.loaded && !page.vm.blocked
            kind: "main"
            enabled: !page.vm.busy
            iconName: !page.vm.ready ? "mdi6.ear-hearing" : page.vm.loan ? "mdi6.hand-extended-outline" : "mdi6.check-bold"
            text: page.vm.ready ? page.vm.takeWords : qsTr("我知道了")
            Layout.fillWidth: true
            onTapped: page.vm.ready ? page.vm.take() : page.vm.acknowledge()
        },
        ActionButton {
            visible: page.vm.blocked
            kind: "main"
            iconName: "mdi6.arrow-left"
            text: qsTr("看看别的")
            Layout.fillWidth: true
            onTapped: page.vm.leave()
        }
    ]

    BusyMark {
        running: !page.vm.loaded && page.vm.busy
    }

    TwoPane {
        Layout.fillHeight: false
        visible: page.vm.loaded

        ColumnLayout {
            visible: !page.asksFirst
            spacing: Theme.pad
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop

            Card {
                RowLayout {
                    spacing: Theme.pad
                    Layout.fillWidth: true

                    Icon {
                        name: page.vm.icon
                        size: Theme.bigIcon
                        color: Theme.main
                    }

                    StatusMark {
                        text: page.vm.stock
                        mood: page.vm.state === "low" ? "warn" : page.vm.state === "expired" ? "bad" : ""
                        Layout.fillWidth: true
                    }
                }
            }

            NoticeStrip {
                visible: page.vm.blocked
                mood: "bad"
                iconName: "mdi6.calendar-alert"
                text: qsTr("剩下的都过期了，请不要用。已经列进值班人员的清单。")
            }

            NoticeStrip {
                visible: text !== ""
                text: page.vm.advice
                mood: page.vm.missing ? "warn" : "info"
                iconName: page.vm.missing ? "mdi6.help-circle-outline" : "mdi6.map-marker-outline"
            }

            NoticeStrip {
                visible: text !== ""
                text: page.vm.doubt
                mood: "warn"
                iconName: "mdi6.calendar-question"
            }

            NoticeStrip {
                visible: text !== ""
                text: page.vm.limit
                mood: "warn"
                iconName: "mdi6.information-outline"
            }
        }

        CautionCard {
            visible: page.vm.cautionTitle !== "" && !page.vm.blocked
            title: page.vm.cautionTitle
            source: page.vm.cautionSource
            points: page.vm.points
            heard: page.vm.heard
            Layout.alignment: Qt.AlignTop
            onAgainTapped: page.vm.hearAgain()
        }
    }

    Item {
        Layout.fillHeight: true // what is above stays together
    }
}
