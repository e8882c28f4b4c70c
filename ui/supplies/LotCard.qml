import QtQuick
import QtQuick.Layouts
import kit

// A lot as the volunteer sees it: where it lies, how many, until when.
Card {
    id: root

    required property string lot
    required property string words
    required property string place
    required property string expiry
    required property int quantity
    required property string standing

    signal spoilTapped(string lot)

    mood: standing === "expired" && quantity > 0 ? "bad" : ""

    RowLayout {
        spacing: Theme.pad
        Layout.fillWidth: true

        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true

            Words {
                text: root.words
                font.weight: Font.Medium
                Layout.fillWidth: true
            }

            StatusMark {
                text: root.expiry
                mood: root.quantity === 0 ? "" : root.standing === "expired" ? "bad" : root.standing === "good" ? "" : "warn"
                Layout.fillWidth: true
            }
        }

        ActionButton {
            visible: root.quantity > 0
            text: qsTr("报损")
            spokenName: qsTr("报损：%1").arg(root.place)
            onTapped: root.spoilTapped(root.lot)
        }
    }
}
