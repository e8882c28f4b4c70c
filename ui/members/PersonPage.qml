import QtQuick
import QtQuick.Layouts
import kit

// A name, then a mobile number: one question on a screen.
KioskPage {
    id: page

    readonly property bool typing: page.vm.naming && field.typing

    title: page.typing ? "" : page.vm.naming ? qsTr("您叫什么名字？") : qsTr("您的手机号")
    subtitle: page.typing ? "" : page.vm.naming ? qsTr("加密后交给工会，别人看不到。") : ""

    WriteField {
        id: field

        visible: page.vm.naming
        hint: qsTr("在这里写姓名")
        maximumLength: 40
        Layout.fillWidth: true
        Layout.topMargin: page.typing ? Theme.gap : 0
        onTextChanged: page.vm.named(text)
        onSubmitted: Theme.keyboard.hide()
    }

    ColumnLayout {
        visible: !page.vm.naming
        spacing: Theme.pad
        Layout.fillHeight: false
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: Math.min(page.width - 2 * Theme.margin, Theme.target * 6)

        Words {
            text: page.vm.phone === "" ? qsTr("请按 11 位手机号。") : page.vm.phone
            font.pixelSize: page.vm.phone === "" ? Theme.body : Theme.display
            font.weight: page.vm.phone === "" ? Font.Normal : Font.Bold
            font.features: { "tnum": 1 }
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
            Layout.minimumHeight: Theme.target
        }

        DigitPad {
            doneText: qsTr("下一步")
            doneEnabled: page.vm.full
            Layout.fillWidth: true
            onDigit: digit => page.vm.press(digit)
            onErased: page.vm.erase()
            onDone: page.vm.goOn()
        }
    }

    Item {
        Layout.fillHeight: true // what is above stays together
    }

    actions: [
        ActionButton {
            visible: page.vm.naming
            text: qsTr("下一步")
            kind: "main"
            iconName: "mdi6.arrow-right"
            Layout.fillWidth: true
            onTapped: page.vm.goOn()
        },
        ActionButton {
            visible: !page.vm.naming
            text: qsTr("改姓名")
            iconName: "mdi6.arrow-left"
            Layout.fillWidth: true
            onTapped: page.vm.backToName()
        }
    ]
}
