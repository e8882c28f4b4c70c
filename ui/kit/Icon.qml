import QtQuick

// A picture from the icon font. Decoration: the words beside it carry the meaning.
Text {
    id: root

    property string name: ""
    property real size: Theme.icon
    readonly property int across: effectiveHorizontalAlignment // for the screen checks
    readonly property int down: verticalAlignment

    text: Theme.icons && name ? Theme.icons.glyph(name) : ""
    color: Theme.ink
    font.family: Theme.icons ? Theme.icons.family() : ""
    font.pixelSize: root.size
    horizontalAlignment: Text.AlignHCenter
    verticalAlignment: Text.AlignVCenter
    textFormat: Text.PlainText
    Accessible.ignored: true
}
