import QtQuick

// How far something is, 0 to 1. `reached` draws how far it has ever been.
Rectangle {
    id: root

    property real value: 0
    property real reached: 0
    property string name: ""

    implicitHeight: Math.ceil(2.5 * Theme.mm)
    implicitWidth: Theme.readable
    radius: height / 2
    color: Theme.sunken
    border.width: Theme.line
    border.color: Theme.edge
    Accessible.role: Accessible.ProgressBar
    Accessible.name: name

    Rectangle {
        height: parent.height
        width: Math.max(0, Math.min(1, root.reached)) * parent.width
        radius: parent.radius
        color: Theme.faintEdge
    }

    Rectangle {
        height: parent.height
        width: Math.max(0, Math.min(1, root.value)) * parent.width
        radius: parent.radius
        color: Theme.main
    }
}
