import QtQuick
import QtQuick.Layouts
import kit

// Was this helpful? One touch, or none.
Card {
    id: root

    property var vm: null

    Words {
        text: root.vm.judged ? qsTr("谢谢，已经记下了。") : qsTr("这次通话有帮助吗？")
        font.weight: Font.Medium
        Layout.fillWidth: true
    }

    RowLayout {
        visible: !root.vm.judged
        spacing: Theme.gap
        uniformCellSizes: true
        Layout.fillWidth: true

        ActionButton {
            text: qsTr("有帮助")
            iconName: "mdi6.thumb-up-outline"
            Layout.fillWidth: true
            onTapped: root.vm.judge(true)
        }

        ActionButton {
            text: qsTr("没帮上")
            iconName: "mdi6.thumb-down-outline"
            Layout.fillWidth: true
            onTapped: root.vm.judge(false)
        }
    }
}
