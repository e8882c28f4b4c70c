import QtQuick

// Body text.
Text {
    readonly property int across: effectiveHorizontalAlignment // for the screen checks
    readonly property int down: verticalAlignment

    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.body
    lineHeight: Theme.lineHeight
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter
}
