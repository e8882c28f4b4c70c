import QtQuick
import QtQuick.Layouts

// A page: heading, content that scrolls when it must, and actions at the bottom where a hand reaches them.
Item {
    id: root

    required property var vm
    default property alias content: column.data
    property alias actions: actionRow.data
    property string title: ""
    property string subtitle: ""
    property bool scrolls: true
    property int actionColumns: Theme.portrait ? 1 : 4
    property real contentWidth: width - 2 * Theme.margin
    readonly property real viewportHeight: flick.height
    readonly property string pageTitle: title

    onWidthChanged: length.changes = 0
    onHeightChanged: length.changes = 0

    function scrollToTop(): void {
        flick.contentY = 0;
    }

    Timer {
        id: length

        // Whether the page is longer than its place. The buttons that say so take room, so the answer could change the
        // question for ever: it is asked when all has come to rest, and after a few changes of mind the buttons stay.
        property bool isLong: false
        property int changes: 0

        interval: 20
        onTriggered: {
            const now = root.scrolls && flick.contentHeight > flick.height + 1;
            if (now === isLong || (isLong && changes > 3))
                return;
            changes += 1;
            isLong = now;
        }
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        spacing: Theme.gap

        Item {
            // low reach: everything that is pressed begins in the lower half of an upright screen
            visible: Theme.lowReach && Theme.portrait
            Layout.preferredHeight: root.height * 0.3
        }

        ColumnLayout {
            // large letters on a low screen: what is wrong, and what to do, come before the heading
            visible: root.title !== "" && !(Theme.large && !Theme.portrait && problemPanel.visible)
            spacing: 0
            Layout.fillWidth: true
            Layout.fillHeight: false // a layout fills by default, and would be squeezed
            Layout.topMargin: Theme.gap

            Heading {
                text: root.title
                level: 1
                font.pixelSize: Theme.portrait ? Theme.display : Theme.title * 1.1
                lineHeight: 1.15
                Layout.fillWidth: true
            }

            SmallWords {
                visible: text !== ""
                text: root.subtitle
                Layout.fillWidth: true
            }
        }

        GridLayout {
            columns: Theme.portrait ? 1 : 2
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap
            Layout.fillWidth: true
            Layout.fillHeight: true
            // The same with and without the buttons: showing them must not make the room that lets them go again.
            Layout.minimumHeight: Theme.portrait ? 0 : scrollButtons.implicitHeight
            Layout.bottomMargin: actionRow.visible ? 0 : Theme.gap

            Flickable {
                id: flick

                clip: true
                interactive: length.isLong
                boundsBehavior: Flickable.StopAtBounds
                contentWidth: width
                contentHeight: column.height
                Layout.fillWidth: true
                Layout.fillHeight: true
                onContentHeightChanged: length.restart()
                onHeightChanged: length.restart()

                ColumnLayout {
                    id: column

                    width: flick.width
                    height: root.scrolls ? Math.max(implicitHeight, flick.height) : flick.height
                    spacing: Theme.pad
                }
            }

            ScrollButtons {
                id: scrollButtons

                flick: flick
                visible: flick.interactive
                Layout.fillWidth: Theme.portrait
                Layout.alignment: Qt.AlignVCenter
            }
        }

        ProblemPanel {
            id: problemPanel

            visible: root.vm.problem !== null && root.vm.problem !== undefined
            problem: root.vm.problem
            canRetry: root.vm.canRetry
            onRetryTapped: root.vm.retry()
            onDismissed: root.vm.dismissProblem()
        }

        GridLayout {
            id: actionRow

            visible: children.length > 0 // children of what is hidden are never visible: asking for those finds none
            columns: root.actionColumns
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap
            uniformCellWidths: root.actionColumns > 1
            Layout.fillWidth: true
            Layout.fillHeight: false
            Layout.bottomMargin: Theme.gap
        }
    }

    Component.onCompleted: flick.contentY = root.vm.recalledScroll()
    Component.onDestruction: if (root.vm) root.vm.rememberScroll(flick.contentY)
}
