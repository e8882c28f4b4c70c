import QtQuick
import QtQuick.Layouts

// Two columns side by side on a wide screen, one above the other on an upright one.
GridLayout {
    id: root

    default property alias panes: root.data
    readonly property bool sideBySide: !Theme.portrait

    columns: sideBySide ? 2 : 1
    columnSpacing: Theme.margin
    rowSpacing: Theme.pad
    uniformCellWidths: sideBySide
    Layout.fillWidth: true
}
