import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings
import kit

// The keyboard of the screen, with Pinyin in Chinese. It takes room instead of covering what is written.
Rectangle {
    id: root

    required property string language

    implicitHeight: panel.height
    color: Theme.ink

    InputPanel {
        id: panel

        width: Theme.portrait ? root.width : Math.min(root.width, root.width * 0.72)
        anchors.horizontalCenter: parent.horizontalCenter
    }

    Binding {
        target: VirtualKeyboardSettings
        property: "activeLocales"
        value: ["zh_CN", "en_US"]
    }

    Binding {
        target: VirtualKeyboardSettings
        property: "locale"
        value: root.language === "en" ? "en_US" : "zh_CN"
    }
}
