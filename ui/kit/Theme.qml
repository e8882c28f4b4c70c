pragma Singleton
import QtQuick

// Every size, colour and motion of the screen. Sizes are millimetres of the real panel: `mm` is pixels per millimetre.
QtObject {
    id: theme

    property real mm: 4.034
    property bool large: false
    property bool highContrast: false
    property bool portrait: false
    property bool calm: false
    property bool lowReach: false
    property var icons: null
    readonly property var keyboard: Qt.inputMethod // {visible, show(), hide()}
    property bool keyboardWanted: false // somebody has touched a place to write in
    property string family: "Noto Sans CJK SC"

    // type: 34 px and 48 px on a 21.5-inch 1080p panel (EN 301 549: capital height 0.7° at 60 cm)
    readonly property real body: Math.ceil((large ? 11.9 : 8.43) * mm)
    readonly property real small: Math.ceil(body * 0.83)
    readonly property real title: Math.ceil(body * 1.3)
    readonly property real display: Math.ceil(body * 1.75)
    readonly property real lineHeight: 1.32

    // space and touch
    readonly property real gap: Math.ceil(3 * mm)
    readonly property real pad: Math.ceil(4.5 * mm)
    readonly property real margin: Math.ceil(7 * mm)
    readonly property real target: Math.ceil(20 * mm)
    readonly property real smallTarget: Math.ceil(12.5 * mm)
    readonly property real radius: Math.ceil(3 * mm)
    readonly property real line: Math.max(1, Math.round(0.4 * mm))
    readonly property real thickLine: Math.max(2, Math.round(1 * mm))
    readonly property real icon: Math.ceil(body * 1.35)
    readonly property real bigIcon: Math.ceil(body * 2.4)
    readonly property real readable: Math.ceil(body * 26)

    // colour: every pair of ink and ground below is at least 7:1
    readonly property color paper: highContrast ? "#000000" : "#faf6ee"
    readonly property color surface: highContrast ? "#000000" : "#ffffff"
    readonly property color sunken: highContrast ? "#000000" : "#f2ecdf"
    readonly property color pressed: highContrast ? "#3a3a3a" : "#e9e0cd"
    readonly property color ink: highContrast ? "#ffffff" : "#1c1a17"
    readonly property color softInk: highContrast ? "#ffffff" : "#47423a"
    readonly property color edge: highContrast ? "#ffffff" : "#8c8373"
    readonly property color faintEdge: highContrast ? "#ffffff" : "#d9cfbb"
    readonly property color main: highContrast ? "#ffd60a" : "#9c1018"
    readonly property color mainPressed: highContrast ? "#c9a800" : "#74090f"
    readonly property color mainInk: highContrast ? "#000000" : "#ffffff"
    readonly property color gold: highContrast ? "#ffd60a" : "#8a5a00"
    readonly property color good: highContrast ? "#7dff9b" : "#12501c"
    readonly property color warn: highContrast ? "#ffd60a" : "#6a3d00"
    readonly property color bad: highContrast ? "#ff9d9d" : "#8f0d15"
    readonly property color info: highContrast ? "#9fd0ff" : "#0b3a75"
    readonly property color goodGround: highContrast ? "#000000" : "#e6f2e4"
    readonly property color warnGround: highContrast ? "#000000" : "#fbeed2"
    readonly property color badGround: highContrast ? "#000000" : "#fbe4e2"
    readonly property color infoGround: highContrast ? "#000000" : "#e3edf8"
    readonly property color veil: highContrast ? "#e6000000" : "#b31c1a17"
    readonly property color black: "#000000" // behind video, in every theme
    readonly property color white: "#ffffff" // behind QR codes and on video, in every theme

    readonly property int motion: calm ? 0 : 160
    readonly property int hold: 1500 // ms that a key is held which must not be pressed by mistake

    // Ink and ground for a mood: "good", "warn", "bad", "info", anything else is plain.
    function moodInk(mood: string): color {
        return mood === "good" ? good : mood === "warn" ? warn : mood === "bad" ? bad : mood === "info" ? info : ink;
    }

    function moodGround(mood: string): color {
        return mood === "good" ? goodGround : mood === "warn" ? warnGround : mood === "bad" ? badGround
            : mood === "info" ? infoGround : surface;
    }
}
