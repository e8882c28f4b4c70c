pragma ComponentBehavior: Bound
import QtQuick
import QtWebChannel
import QtWebEngine

// The picture and sound of a call: a local page, media only. Made when somebody calls, gone when the call is over.
Item {
    id: root

    required property var end

    Component.onCompleted: loader.active = true // the profile's prototype must be complete before its first use

    WebChannel {
        id: channel
    }

    Loader {
        id: loader

        anchors.fill: parent
        active: false

        sourceComponent: WebEngineView {
            id: view

            profile: root.end.furnish(CallProfile.profile())
            webChannel: channel
            backgroundColor: "transparent"
            activeFocusOnPress: false
            settings.playbackRequiresUserGesture: false
            settings.localStorageEnabled: false
            settings.pluginsEnabled: false
            settings.pdfViewerEnabled: false
            settings.errorPageEnabled: false
            settings.focusOnNavigationEnabled: false
            settings.showScrollBars: false

            onContextMenuRequested: request => request.accepted = true
            onNavigationRequested: request => request.url === root.end.page ? request.accept() : request.reject()
            onPermissionRequested: permission => {
                const sound = permission.permissionType === WebEnginePermission.PermissionType.MediaAudioCapture;
                if (sound && root.end.permits(permission.origin))
                    permission.grant();
                else
                    permission.deny();
            }
            onJavaScriptConsoleMessage: (level, message) => root.end.logged(message)
            onRenderProcessTerminated: (status, code) => root.end.crashed(status + " " + code)

            Component.onCompleted: {
                channel.registerObject("bridge", root.end.bridge);
                view.url = root.end.page;
            }

            Connections {
                target: root.end

                function onReload() {
                    view.reload();
                }
            }
        }
    }
}
