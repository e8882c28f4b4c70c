import QtQuick
import QtQuick.Layouts
import kit

// The PIN pad before the staff pages.
KioskPage {
    id: page

    title: qsTr("值班人员")
    subtitle: qsTr("请输入值班密码。")

    NoticeStrip {
        visible: page.vm.lockedSeconds > 0
        mood: "bad"
        iconName: "mdi6.lock-clock"
        text: qsTr("密码错了太多次，请等 %1 分 %2 秒再试。").arg(Math.floor(page.vm.lockedSeconds / 60)).arg(page.vm.lockedSeconds % 60)
    }

    ColumnLayout {
        visible: page.vm.lockedSeconds === 0
        spacing: Theme.pad
        Layout.fillHeight: false
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: Math.min(page.width - 2 * Theme.margin, Theme.target * 6)

        Rectangle {
            radius: Theme.radius
            color: Theme.surface
            border.width: Theme.line
            border.color: Theme.edge
            implicitHeight: Theme.target
            Layout.fillWidth: true
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("已输入 %1 位").arg(page.vm.count)

            Words {
                anchors.centerIn: parent
                text: page.vm.count > 0 ? "●".repeat(page.vm.count) : ""
                font.pixelSize: Theme.title
                Accessible.ignored: true
            }
        }

        DigitPad {
            doneEnabled: page.vm.count > 0 && !page.vm.busy
            Layout.fillWidth: true
            onDigit: digit => page.vm.press(digit)
            onErased: page.vm.erase()
            onDone: page.vm.enter()
        }
    }

    Item {
        Layout.fillHeight: true // what is above stays together
    }
}
