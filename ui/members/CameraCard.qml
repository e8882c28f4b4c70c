pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import kit

// What the camera sees, mirrored, with a frame round the code that was found.
Rectangle {
    id: root

    required property var vm

    color: Theme.black
    radius: Theme.radius
    border.width: Theme.thickLine
    border.color: root.vm.corners !== "" ? Theme.good : Theme.edge
    implicitHeight: width / root.vm.aspect
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("镜头的画面")

    Image {
        id: picture

        anchors.fill: parent
        anchors.margins: root.border.width
        source: root.vm.picture
        cache: false
        mirror: true
        fillMode: Image.PreserveAspectCrop
    }

    Repeater {
        // dark below and light above: the frame shows on any picture
        model: root.vm.corners !== "" ? [{ ink: Theme.black, width: 3 }, { ink: Theme.white, width: 1.4 }] : []

        Shape {
            id: frame

            required property var modelData

            anchors.fill: picture

            ShapePath {
                strokeColor: frame.modelData.ink
                strokeWidth: Theme.thickLine * frame.modelData.width
                fillColor: "transparent"
                joinStyle: ShapePath.RoundJoin
                capStyle: ShapePath.RoundCap

                PathPolyline {
                    path: root.vm.corners.split(" ").map(corner => {
                        const [x, y] = corner.split(",");
                        return Qt.point(Number(x) * picture.width, Number(y) * picture.height);
                    })
                }
            }
        }
    }

    Icon {
        anchors.centerIn: parent
        visible: !root.vm.picture
        name: "mdi6.camera"
        size: Theme.bigIcon
        color: Theme.white
    }
}
