import QtQuick
import QtQuick.Templates as T

// Base of everything that is pressed. A double tap counts once, unless `repeatable` (digits, plus and minus).
T.AbstractButton {
    id: root

    property bool repeatable: false
    property string spokenName: text
    readonly property bool deaf: !repeatable && guard.running // to the second half of a double tap

    signal tapped

    focusPolicy: Qt.TabFocus
    implicitHeight: Theme.target
    implicitWidth: Theme.target
    opacity: enabled ? 1 : 0.999 // disabled things say so in words and outline, never by fading below 7:1
    Accessible.role: Accessible.Button
    Accessible.name: spokenName
    Accessible.onPressAction: if (root.enabled) root.tapped()

    onClicked: {
        if (deaf)
            return;
        guard.restart();
        tapped();
    }

    Timer {
        id: guard

        interval: 450
    }
}
