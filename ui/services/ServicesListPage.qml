pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kit

// All services, or those of one category.
KioskPage {
    id: page

    title: qsTr("办事服务")
    subtitle: qsTr("点一项，看什么时候开、要带什么、怎么办。")

    Flow {
        visible: tabs.count > 0
        spacing: Theme.gap
        Layout.fillWidth: true
        Accessible.role: Accessible.PageTabList
        Accessible.name: qsTr("分类")

        Repeater {
            id: tabs

            model: page.vm.tabs

            FilterChip {
                required property string category
                required property string title
                required property bool selected
                required iconName

                text: title
                chosen: selected
                onTapped: {
                    page.vm.choose(category);
                    page.scrollToTop();
                }
            }
        }
    }

    EmptyState {
        visible: page.vm.loaded && cards.count === 0
        text: qsTr("还没有服务")
        hint: qsTr("市里发布以后就会出现在这里；有事请按“呼叫帮助”。")
        iconName: "mdi6.clipboard-text-off-outline"
        Layout.topMargin: Theme.target
    }

    TileGrid {
        tileWidth: Theme.body * (Theme.large ? 9 : 11)

        Repeater {
            id: cards

            model: page.vm.services

            ServiceCard {
                required property string service
                required property string title
                required iconName
                required picture
                required summary
                required hours
                required isOpen

                text: title
                Layout.fillWidth: true
                Layout.fillHeight: true
                onTapped: page.vm.openService(service)
            }
        }
    }
}
