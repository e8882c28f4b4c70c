import QtQuick

// A heading: `level` 1 is the page's, 2 a section's.
Words {
    property int level: 2

    font.pixelSize: level === 1 ? Theme.display : Theme.title
    font.weight: Font.Bold
    Accessible.role: Accessible.Heading
    Accessible.name: text
}
