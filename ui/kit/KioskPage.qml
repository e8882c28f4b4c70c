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
    property real contentWidth: width - 2 * Theme.margin
    readonly property real viewportHeight: flick.height
    readonly property string pageTitle: title

    function scrollToTop(): void {
        flick.contentY = 0;
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
            visible: root.title !== ""
            spacing: 0
            Layout.fillWidth: true
            Layout.fillHeight: false // a layout fills by default, and would be squeezed
            Layout.topMargin: Theme.gap

            Heading {
                text: root.title
                level: 1
                lineHeight: 1.15
                Layout.fillWidth: true
            }

            SmallWords {
                visible: text !== ""
                text: root.subtitle
                Layout.fillWidth: true
            }
        }

        Flickable {
            id: flick

            clip: true
            interactive: root.scrolls && contentHeight > height
            boundsBehavior: Flickable.StopAtBounds
            contentWidth: width
            contentHeight: root.scrolls ? column.implicitHeight + Theme.gap : height
            Layout.fillWidth: true
            Layout.fillHeight: true

            ColumnLayout {
                id: column

                width: flick.width
                height: root.scrolls ? implicitHeight : flick.height
                spacing: Theme.pad
            }
        }

        RowLayout {
            property bool unspoken: true // read-aloud reads all of the page anyway

            // a page that is longer than the screen says so, for people who do not know that it can be pushed
            visible: flick.interactive
            spacing: Theme.gap
            Layout.fillWidth: true
            Layout.fillHeight: false

            ActionButton {
                text: qsTr("往上看")
                iconName: "mdi6.arrow-up-bold"
                kind: "quiet"
                repeatable: true
                enabled: !flick.atYBeginning
                implicitHeight: Theme.smallTarget * 1.2
                Layout.fillWidth: true
                onTapped: flick.contentY = Math.max(0, flick.contentY - flick.height * 0.8)
            }

            ActionButton {
                text: qsTr("往下看")
                iconName: "mdi6.arrow-down-bold"
                kind: "quiet"
                repeatable: true
                enabled: !flick.atYEnd
                implicitHeight: Theme.smallTarget * 1.2
                Layout.fillWidth: true
                onTapped: flick.contentY = Math.min(flick.contentHeight - flick.height, flick.contentY + flick.height * 0.8)
            }
        }

        ProblemPanel {
            visible: root.vm.problem !== null && root.vm.problem !== undefined
            problem: root.vm.problem
            canRetry: root.vm.canRetry
            onRetryTapped: root.vm.retry()
            onDismissed: root.vm.dismissProblem()
        }

        GridLayout {
            id: actionRow

            visible: children.length > 0 // children of what is hidden are never visible: asking for those finds none
            columns: Theme.portrait ? 1 : 4
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap
            Layout.fillWidth: true
            Layout.fillHeight: false
            Layout.bottomMargin: Theme.gap
        }
    }

    Component.onCompleted: flick.contentY = root.vm.recalledScroll()
    Component.onDestruction: if (root.vm) root.vm.rememberScroll(flick.contentY)
}
