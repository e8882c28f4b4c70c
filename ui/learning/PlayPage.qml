pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// A film with its words, and large buttons below it. Forward is only as far as one has already been.
KioskPage {
    id: page

    readonly property bool watching: page.vm.stage === "watching"
    readonly property bool finished: page.vm.stage === "finished"
    readonly property bool failed: page.vm.stage === "failed"
    readonly property var film: page.vm.film
    readonly property bool hinted: !page.vm.free && page.watching
    readonly property bool inline: !Theme.portrait && !Theme.large // a wide screen has little height to give away

    title: Theme.portrait || page.failed ? page.vm.title || qsTr("视频") : ""
    scrolls: false

    FilmPane {
        visible: !page.failed
        vm: page.vm
        Layout.fillWidth: true
        Layout.fillHeight: true
    }

    EmptyState {
        visible: page.failed
        text: qsTr("这段视频现在放不了")
        iconName: "mdi6.video-off-outline"
        Layout.fillHeight: true
    }

    RowLayout {
        visible: !page.failed
        spacing: Theme.pad
        Layout.fillWidth: true

        ProgressLine {
            value: page.vm.length > 0 ? (page.finished ? 1 : page.film.position / page.vm.length) : 0
            reached: page.vm.length > 0 ? page.vm.reached / page.vm.length : 0
            name: qsTr("播放进度")
            Layout.fillWidth: true
        }

        SmallWords {
            visible: page.hinted && page.inline
            text: hint.text
            wrapMode: Text.NoWrap
        }

        SmallWords {
            text: page.vm.time + " / " + page.vm.lengthText
            wrapMode: Text.NoWrap
        }
    }

    SmallWords {
        id: hint

        visible: page.hinted && !page.inline
        text: qsTr("第一遍不能快进，可以往回看。")
        Layout.fillWidth: true
    }

    GridLayout {
        visible: !page.failed
        columns: Theme.portrait ? 2 : 5
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.gap

        ActionButton {
            text: qsTr("退 10 秒")
            iconName: "mdi6.rewind-10"
            repeatable: true
            enabled: page.watching
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            onTapped: page.vm.back()
        }

        ActionButton {
            visible: page.vm.free && page.watching
            text: qsTr("进 10 秒")
            iconName: "mdi6.fast-forward-10"
            repeatable: true
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            onTapped: page.vm.forward()
        }

        ActionButton {
            visible: page.vm.hasCaptions
            text: page.vm.captionsOn ? qsTr("关字幕") : qsTr("开字幕")
            iconName: page.vm.captionsOn ? "mdi6.closed-caption" : "mdi6.closed-caption-outline"
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            onTapped: page.vm.toggleCaptions()
        }

        ActionButton {
            text: page.finished ? qsTr("再看一遍") : page.film.playing ? qsTr("暂停") : qsTr("播放")
            iconName: page.finished ? "mdi6.replay" : page.film.playing ? "mdi6.pause" : "mdi6.play"
            kind: page.finished ? "plain" : "main"
            repeatable: true
            enabled: page.vm.stage !== "opening"
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.columnSpan: Theme.portrait && (page.finished || !page.vm.free) ? 2 : 1
            onTapped: page.vm.toggle()
        }

        ActionButton {
            visible: page.finished || page.vm.leadsToQuiz
            text: page.vm.leadsToQuiz ? qsTr("做小测") : qsTr("回到课程")
            iconName: "mdi6.arrow-right-bold"
            kind: page.finished ? "main" : "plain"
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.columnSpan: Theme.portrait ? 2 : 1
            onTapped: page.vm.goOn()
        }
    }
}
