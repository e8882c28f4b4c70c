import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import kit

// The window of the terminal: heading line, the page, the bar that never moves, and what may lie on top of them.
ApplicationWindow {
    id: window

    required property var shell
    required property var navigator
    required property var settings
    required property var voice
    required property var strips // of features, above every page: {source, vm}
    required property string turn // "auto", "portrait", "landscape": how the panel hangs
    required property real longMm
    readonly property bool turned: turn === "portrait" ? width > height : turn === "landscape" ? height > width : false
    property alias page: loader.item

    color: Theme.paper
    title: shell.stationName

    Item {
        id: stage

        anchors.centerIn: parent
        width: window.turned ? window.height : window.width
        height: window.turned ? window.width : window.height
        rotation: window.turned ? 90 : 0

        ColumnLayout {
            anchors.fill: parent
            spacing: 0
            visible: !idleLayer.visible
            enabled: !warningLayer.visible

            TopLine {
                shell: window.shell
                Layout.fillWidth: true
            }

            Repeater {
                model: window.strips

                Loader {
                    required property var modelData
                    readonly property bool alive: modelData.vm.alive

                    function show(): void {
                        if (alive)
                            setSource(modelData.source, { vm: modelData.vm });
                        else
                            source = "";
                    }

                    visible: modelData.vm.wanted
                    Layout.fillWidth: true
                    onAliveChanged: show()
                    Component.onCompleted: show()
                }
            }

            Loader {
                id: loader

                function show(): void {
                    if (window.navigator.vm)
                        setSource(window.navigator.url, { vm: window.navigator.vm });
                    else
                        source = "";
                }

                Layout.fillWidth: true
                Layout.fillHeight: true
                onLoaded: window.shell.loaded()
                Component.onCompleted: show()

                Connections {
                    target: window.navigator

                    function onLeaving() {
                        loader.source = "";
                    }

                    function onCurrent_changed() {
                        loader.show();
                    }
                }
            }

            WordsStrip {
                voice: window.voice
                Layout.fillWidth: true
            }

            Loader {
                id: keyboard

                // The keyboard is large: it is made when somebody first touches a place to write in.
                function make(): void {
                    if (Theme.keyboardWanted && !item)
                        setSource("KeyboardPane.qml", { language: Qt.binding(() => window.settings.language) });
                }

                visible: Theme.keyboard.visible && item !== null
                Layout.fillWidth: true
                onLoaded: Theme.keyboard.show()

                Connections {
                    target: Theme

                    function onKeyboardWantedChanged() {
                        keyboard.make();
                    }
                }
            }

            BottomBar {
                shell: window.shell
                navigator: window.navigator
                settings: window.settings
                voice: window.voice
                page: loader.item
                Layout.fillWidth: true
            }
        }

        IdleLayer {
            id: idleLayer

            objectName: "idle"

            anchors.fill: parent
            shell: window.shell
            visible: window.shell.idle
        }

        WarningLayer {
            id: warningLayer

            objectName: "warning"

            anchors.fill: parent
            shell: window.shell
            visible: window.shell.secondsLeft > 0
        }
    }

    Binding {
        target: Theme
        property: "icons"
        value: window.shell.icons
    }

    Binding {
        target: Theme
        property: "mm"
        value: Math.max(stage.width, stage.height) / window.longMm
    }

    Binding {
        target: Theme
        property: "portrait"
        value: stage.height > stage.width
    }

    Binding {
        target: Theme
        property: "large"
        value: window.settings.large
    }

    Binding {
        target: Theme
        property: "highContrast"
        value: window.settings.highContrast
    }

    Binding {
        target: Theme
        property: "lowReach"
        value: window.settings.lowReach
    }
}
