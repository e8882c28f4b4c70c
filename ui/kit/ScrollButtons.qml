import QtQuick
import QtQuick.Layouts

// A page that is longer than the screen says so, for people who do not know that it can be pushed.
GridLayout {
    id: root

    required property Flickable flick

    function move(by: real): void {
        flick.contentY = Math.max(0, Math.min(flick.contentHeight - flick.height, flick.contentY + by * flick.height));
    }

    columns: Theme.portrait ? 2 : 1
    columnSpacing: Theme.gap
    rowSpacing: Theme.gap

    ActionButton {
        text: Theme.portrait ? qsTr("往上看") : ""
        spokenName: qsTr("往上看")
        iconName: "mdi6.arrow-up-bold"
        repeatable: true
        enabled: !root.flick.atYBeginning
        Layout.fillWidth: true
        onTapped: root.move(-0.8)
    }

    ActionButton {
        text: Theme.portrait ? qsTr("往下看") : ""
        spokenName: qsTr("往下看")
        iconName: "mdi6.arrow-down-bold"
        repeatable: true
        enabled: !root.flick.atYEnd
        Layout.fillWidth: true
        onTapped: root.move(0.8)
    }
}
