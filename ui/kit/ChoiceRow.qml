import QtQuick
import QtQuick.Layouts

// One of several answers. `multiple` shows a box instead of a circle; `mark` "right" or "wrong" after it was judged.
Tappable {
    id: root

    property bool chosen: false
    property bool multiple: false
    property string mark: ""

    repeatable: true
    padding: Theme.pad
    implicitHeight: Math.max(Theme.target, row.implicitHeight + 2 * Theme.gap)
    implicitWidth: parent ? parent.width : Theme.readable
    Accessible.role: multiple ? Accessible.CheckBox : Accessible.RadioButton
    Accessible.checkable: true
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radius
        color: root.mark === "right" ? Theme.goodGround : root.mark === "wrong" ? Theme.badGround
            : root.down ? Theme.pressed : root.chosen ? Theme.warnGround : Theme.surface
        border.width: root.chosen || root.visualFocus ? Theme.thickLine : Theme.line
        border.color: root.visualFocus ? Theme.info : root.chosen ? Theme.main : Theme.edge
    }

    contentItem: RowLayout {
        id: row

        spacing: Theme.pad

        Icon {
            name: root.mark === "right" ? "mdi6.check-bold" : root.mark === "wrong" ? "mdi6.close-thick"
                : root.multiple ? (root.chosen ? "mdi6.checkbox-marked" : "mdi6.checkbox-blank-outline")
                : root.chosen ? "mdi6.radiobox-marked" : "mdi6.radiobox-blank"
            color: root.mark === "right" ? Theme.good : root.mark === "wrong" ? Theme.bad
                : root.chosen ? Theme.main : Theme.ink
        }

        Words {
            text: root.text
            lineHeight: 1.2
            Layout.fillWidth: true
        }
    }
}
