import QtQuick
import QtQuick.Templates as T

// Base of everything that is pressed. A double tap counts once, unless `repeatable` (digits, plus and minus).
// What must not happen by mistake has `holdMs`: held for so long it is `held`, touched more shortly it is only tapped.
T.AbstractButton {
    id: root

    property bool repeatable: false
    property string spokenName: text
    property int holdMs: 0
    property real holdShare: 0 // 0..1, how much of it has passed
    readonly property bool deaf: !repeatable && guard.running // to the second half of a double tap

    signal tapped
    signal held

    focusPolicy: Qt.TabFocus
    implicitHeight: Theme.target
    implicitWidth: Theme.target
    opacity: enabled ? 1 : 0.999 // disabled things say so in words and outline, never by fading below 7:1
    Accessible.role: Accessible.Button
    Accessible.name: spokenName
    Accessible.onPressAction: if (root.enabled) root.tapped()

    onPressedChanged: {
        if (holdMs === 0)
            return;
        if (pressed)
            holding.restart();
        else
            holding.stop();
        if (!pressed && holdShare < 1)
            holdShare = 0;
    }

    onClicked: {
        const wasHeld = holdShare >= 1;
        holdShare = 0;
        if (deaf || wasHeld)
            return;
        guard.restart();
        tapped();
    }

    NumberAnimation on holdShare {
        id: holding

        running: false
        from: 0
        to: 1
        duration: root.holdMs
        onFinished: root.held()
    }

    Timer {
        id: guard

        interval: 450
    }
}
