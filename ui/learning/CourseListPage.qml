pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kit

// The courses of this station, and the stick that may bring more.
KioskPage {
    id: page

    title: qsTr("学一点儿")
    subtitle: qsTr("视频不长，随时停，下次接着看。")

    Card {
        visible: page.vm.stickShown

        Heading {
            text: stickLines.count > 0 ? qsTr("U 盘里的课程") : qsTr("U 盘里没有课程包")
            Layout.fillWidth: true
        }

        Repeater {
            id: stickLines

            model: page.vm.stick

            StatusMark {
                required property string name
                required property string outcome
                required property string words

                text: outcome === "installed" ? qsTr("%1：装好了").arg(name)
                    : outcome === "already" ? qsTr("%1：早就有了").arg(name) : qsTr("%1：%2").arg(name).arg(words)
                mood: outcome === "refused" ? "bad" : "good"
                Layout.fillWidth: true
            }
        }

        ActionButton {
            text: qsTr("知道了")
            Layout.fillWidth: true
            onTapped: page.vm.dismissStick()
        }
    }

    EmptyState {
        visible: page.vm.loaded && courses.count === 0
        text: qsTr("这里还没有课程")
        hint: qsTr("联网后会自动送来；也可以用 U 盘带来。")
        iconName: "mdi6.school-outline"
    }

    TileGrid {
        most: Theme.portrait ? 1 : 2
        Layout.fillHeight: false // a layout fills by default

        Repeater {
            id: courses

            model: page.vm.courses

            RowButton {
                id: row

                required property string course
                required property string title
                required property string summary
                required property int minutes
                required property string progress
                required property int percent
                required iconName

                text: title
                subtitle: summary
                remark: progress === "waiting" ? qsTr("还没有传到，约 %1 分钟").arg(minutes)
                    : progress === "passed" ? qsTr("学完了") : progress === "watched" ? qsTr("看完了，还有小测")
                    : progress === "begun" ? qsTr("看了 %1%，继续看").arg(percent) : qsTr("约 %1 分钟").arg(minutes)
                remarkMood: progress === "passed" ? "good" : progress === "waiting" ? "warn" : "info"
                remarkIcon: progress === "waiting" ? "mdi6.download-outline" : progress === "passed" ? "" : "mdi6.clock-outline"
                Layout.fillWidth: true
                Layout.fillHeight: !Theme.portrait
                onTapped: page.vm.choose(row.course)
            }
        }
    }

    Item {
        Layout.fillHeight: true
    }

    actions: [
        ActionButton {
            text: page.vm.looking ? qsTr("正在看 U 盘…") : qsTr("从 U 盘装课程")
            iconName: "mdi6.usb-flash-drive-outline"
            enabled: !page.vm.looking
            Layout.fillWidth: true
            onTapped: page.vm.readStick()
        }
    ]
}
