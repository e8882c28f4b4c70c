import QtQuick
import QtQuick.Templates as T

// A place to write in. A touch brings the keyboard; `typing` while it is up.
T.TextField {
    id: root

    property string hint: ""
    property bool digits: false
    readonly property bool typing: activeFocus && Theme.keyboard.visible

    signal submitted

    implicitHeight: Math.max(Theme.target, contentHeight + 2 * Theme.gap)
    implicitWidth: Theme.readable
    padding: Theme.pad
    color: Theme.ink
    selectionColor: Theme.warnGround
    selectedTextColor: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.body
    verticalAlignment: TextInput.AlignVCenter
    maximumLength: 500
    // Sensitive: the keyboard learns no words of one visitor to offer them to the next.
    inputMethodHints: (digits ? Qt.ImhDigitsOnly : Qt.ImhNone) | Qt.ImhNoAutoUppercase | Qt.ImhSensitiveData
    Accessible.role: Accessible.EditableText
    Accessible.name: hint

    onAccepted: submitted()
    onActiveFocusChanged: if (activeFocus) Theme.keyboardWanted = true
    onPressed: Theme.keyboard.show()

    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.width: root.activeFocus ? Theme.thickLine : Theme.line
        border.color: root.activeFocus ? Theme.info : Theme.edge
    }

    Words {
        visible: root.text === "" && root.preeditText === ""
        anchors.fill: parent
        anchors.leftMargin: root.padding
        anchors.rightMargin: root.padding
        text: root.hint
        color: Theme.softInk
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
    }
}
