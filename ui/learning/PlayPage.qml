pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtMultimedia
import kit

// A film with its words, and large buttons below it. Forward is only as far as one has already been.
KioskPage {
    id: page

    readonly property bool watching: page.vm.stage === "watching"
    readonly property bool leadsOn: page.vm.stage === "finished" || page.vm.leadsToQuiz
    readonly property var film: page.vm.film

    title: Theme.portrait ? page.vm.title : ""
    scrolls: false

    Rectangle {
        color: Theme.black
        radius: Theme.radius
        Layout.fillWidth: true
        Layout.fillHeight: true

        VideoOutput {
            id: output

            anchors.fill: parent
            fillMode: VideoOutput.PreserveAspectFit
            Component.onCompleted: page.vm.showOn(output.videoSink)
        }

        ColumnLayout {
            visible: !page.watching
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.margin

            Words {
                text: page.vm.stage === "finished" ? qsTr("这一段看完了")
                    : page.vm.stage === "failed" ? qsTr("这段视频放不出来") : qsTr("正在打开…")
                color: Theme.white
                font.pixelSize: Theme.title
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
            }
        }
    }

    Rectangle {
        visible: page.vm.words !== ""
        color: Theme.black
        radius: Theme.radius
        implicitHeight: captions.implicitHeight + Theme.gap
        Layout.fillWidth: true

        Words {
            id: captions

            anchors.centerIn: parent
            width: parent.width - 2 * Theme.gap
            text: page.vm.words
            color: Theme.white
            horizontalAlignment: Text.AlignHCenter
        }
    }

    ProgressLine {
        visible: page.vm.stage !== "failed"
        value: page.vm.length > 0 ? page.film.position / page.vm.length : 0
        reached: page.vm.length > 0 ? page.vm.reached / page.vm.length : 0
        name: qsTr("播放进度")
        Layout.fillWidth: true
    }

    SmallWords {
        visible: !page.vm.free && page.watching
        text: qsTr("第一遍不能快进，可以往回看。全长 %1").arg(page.vm.lengthText)
        Layout.fillWidth: true
    }

    GridLayout {
        visible: page.vm.stage !== "failed"
        columns: Theme.portrait ? 2 : 4
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.gap

        ActionButton {
            text: qsTr("退 10 秒")
            iconName: "mdi6.rewind-10"
            repeatable: true
            enabled: page.watching
            Layout.fillWidth: true
            onTapped: page.vm.back()
        }

        ActionButton {
            visible: page.vm.hasCaptions
            text: page.vm.captionsOn ? qsTr("关字幕") : qsTr("开字幕")
            iconName: page.vm.captionsOn ? "mdi6.closed-caption" : "mdi6.closed-caption-outline"
            Layout.fillWidth: true
            onTapped: page.vm.toggleCaptions()
        }

        ActionButton {
            visible: page.leadsOn
            text: page.vm.leadsToQuiz ? qsTr("做小测") : qsTr("回到课程")
            iconName: "mdi6.arrow-right-bold"
            kind: page.vm.stage === "finished" ? "main" : "plain"
            Layout.fillWidth: true
            onTapped: page.vm.goOn()
        }

        ActionButton {
            visible: page.vm.stage !== "failed"
            text: page.vm.stage === "finished" ? qsTr("再看一遍") : page.film.playing ? qsTr("暂停") : qsTr("播放")
            iconName: page.vm.stage === "finished" ? "mdi6.replay" : page.film.playing ? "mdi6.pause" : "mdi6.play"
            kind: page.vm.stage === "finished" ? "plain" : "main"
            repeatable: true
            enabled: page.vm.stage !== "opening"
            Layout.fillWidth: true
            Layout.columnSpan: Theme.portrait && page.vm.stage === "watching" && !page.vm.leadsToQuiz ? 2 : 1
            onTapped: page.vm.toggle()
        }
    }
}
