pragma Singleton
import QtQuick
import QtWebEngine

// The one profile of the engine. Without a storage name it is off the record; a new one for each call would never give
// back all of its memory.
QtObject {
    readonly property WebEngineProfilePrototype prototype: WebEngineProfilePrototype {}

    function profile(): var {
        return prototype.instance();
    }
}
