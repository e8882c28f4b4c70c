import QtQuick

// A remark beside something: smaller, softer, still 7:1.
Words {
    color: Theme.softInk
    font.pixelSize: Theme.small
}
