pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// Pictures to be looked through, each with its words.
KioskPage {
    id: page

    readonly property bool finished: page.vm.stage === "finished"
    readonly property bool failed: page.vm.stage === "failed"

    title: Theme.portrait || page.failed ? page.vm.title || qsTr("图片") : ""
    subtitle: page.title !== "" && page.vm.count > 0 && !page.finished && !page.failed ? place.text : ""
    scrolls: false

    Rectangle {
        visible: !page.failed && !page.finished
        color: Theme.surface
        radius: Theme.radius
        border.width: Theme.line
        border.color: Theme.faintEdge
        Layout.fillWidth: true
        Layout.fillHeight: true

        Image {
            anchors.fill: parent
            anchors.margins: Theme.gap
            source: page.vm.picture
            fillMode: Image.PreserveAspectFit
            asynchronous: true
            Accessible.role: Accessible.Graphic
            Accessible.name: page.vm.words
            onStatusChanged: if (status === Image.Error) page.vm.pictureFailed()
        }
    }

    EmptyState {
        visible: page.failed || page.finished
        text: page.finished ? qsTr("这一组图看完了") : qsTr("这组图现在看不了")
        iconName: page.finished ? "mdi6.check-circle-outline" : "mdi6.image-off-outline"
        Layout.fillHeight: true
    }

    Words {
        visible: !page.failed && !page.finished
        text: page.vm.words
        lineHeight: 1.2
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }

    SmallWords {
        id: place

        visible: page.title === "" && !page.finished && !page.failed
        text: qsTr("第 %1 张，共 %2 张").arg(page.vm.number).arg(page.vm.count)
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }

    actions: [
        ActionButton {
            visible: !page.failed
            text: qsTr("上一张")
            iconName: "mdi6.arrow-left"
            repeatable: true
            enabled: page.finished || page.vm.number > 1
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            onTapped: page.vm.previous()
        },
        ActionButton {
            visible: !page.failed && !page.finished
            text: page.vm.number === page.vm.count ? qsTr("看完了") : qsTr("下一张")
            iconName: page.vm.number === page.vm.count ? "mdi6.check" : "mdi6.arrow-right"
            kind: "main"
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            onTapped: page.vm.following()
        },
        ActionButton {
            visible: page.finished
            text: page.vm.leadsToQuiz ? qsTr("做小测") : qsTr("回到课程")
            iconName: "mdi6.arrow-right-bold"
            kind: "main"
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            onTapped: page.vm.goOn()
        }
    ]
}
