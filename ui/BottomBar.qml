import QtQuick
import QtQuick.Layouts
import kit

// The bar that never moves: home, back, read aloud, larger text, language, call for help, alarm; and "finish".
Rectangle {
    id: root

    required property var shell
    required property var navigator
    required property var settings
    required property var voice
    required property var page

    implicitHeight: grid.implicitHeight + 2 * Theme.gap
    color: Theme.sunken

    GridLayout {
        id: grid

        anchors.fill: parent
        anchors.margins: Theme.gap
        columns: Theme.portrait ? 12 : 8
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true

        component Entry: BarButton {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.columnSpan: Theme.portrait ? 2 : 1
        }

        Entry {
            text: qsTr("主页")
            iconName: "mdi6.home"
            onTapped: root.shell.goHome()
        }

        Entry {
            text: qsTr("返回")
            iconName: "mdi6.arrow-left-bold"
            enabled: root.navigator.canGoBack
            onTapped: root.shell.goBack()
        }

        Entry {
            text: root.voice.reading ? qsTr("停止朗读") : qsTr("朗读")
            iconName: root.voice.reading ? "mdi6.stop" : "mdi6.volume-high"
            checked: root.voice.reading
            onTapped: root.shell.readAloud(root.page)
        }

        Entry {
            text: !root.settings.large ? qsTr("大字") : !root.settings.highContrast ? qsTr("高对比") : qsTr("标准字")
            iconName: "mdi6.format-size"
            onTapped: root.shell.cycleView()
        }

        Entry {
            text: root.settings.language === "en" ? "中文" : "English"
            iconName: "mdi6.translate"
            onTapped: root.settings.switchLanguage()
        }

        Entry {
            text: qsTr("结束")
            iconName: "mdi6.exit-run"
            onTapped: root.shell.finish()
        }

        Entry {
            text: qsTr("呼叫帮助")
            iconName: "mdi6.phone-in-talk"
            mood: "main"
            Layout.columnSpan: Theme.portrait ? 6 : 1
            onTapped: root.shell.callHelp()
        }

        Entry {
            text: qsTr("报警")
            iconName: "mdi6.alarm-light"
            mood: "outline"
            holdMs: Theme.hold
            Layout.columnSpan: Theme.portrait ? 6 : 1
            onTapped: root.shell.openAlarm()
            onHeld: root.shell.raiseAlarm()
        }
    }
}
