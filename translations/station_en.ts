<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>RoomPage</name>
    <message>
        <source>本站设施</source>
        <translation>This room</translation>
    </message>
</context>
<context>
    <name>station</name>
    <message>
        <source>室内温度</source>
        <translation>Temperature</translation>
    </message>
    <message>
        <source>{degrees} 度</source>
        <translation>{degrees} °C</translation>
    </message>
    <message>
        <source>湿度</source>
        <translation>Humidity</translation>
    </message>
    <message>
        <source>现在的人</source>
        <translation>People now</translation>
    </message>
    <message>
        <source>里面没有人</source>
        <translation>Nobody is in here</translation>
    </message>
    <message>
        <source>里面有人</source>
        <translation>Somebody is in here</translation>
    </message>
    <message>
        <source>大约 {count} 人</source>
        <translation>About {count} people</translation>
    </message>
    <message>
        <source>现在不知道</source>
        <translation>Not known now</translation>
    </message>
    <message>
        <source>烟雾报警器</source>
        <translation>Smoke detector</translation>
    </message>
    <message>
        <source>有烟！请马上离开</source>
        <translation>Smoke! Please leave at once</translation>
    </message>
    <message>
        <source>没有烟</source>
        <translation>No smoke</translation>
    </message>
    <message>
        <source>有 {free} 块电池可换（共 {total} 块）</source>
        <translation>{free} of {total} batteries free</translation>
    </message>
    <message>
        <source>空着 {free} 个充电位（共 {total} 个）</source>
        <translation>{free} of {total} charging places free</translation>
    </message>
    <message>
        <source>空着 {free} 个（共 {total} 个）</source>
        <translation>{free} of {total} free</translation>
    </message>
    <message>
        <source>现在没有充好的电池</source>
        <translation>No charged battery now</translation>
    </message>
    <message>
        <source>现在没有空的充电位</source>
        <translation>No charging place free now</translation>
    </message>
    <message>
        <source>现在没有空的</source>
        <translation>Nothing free now</translation>
    </message>
</context>
<context>
    <name>tiles</name>
    <message>
        <source>本站设施</source>
        <translation>This room</translation>
    </message>
    <message>
        <source>温度、换电柜、有没有位子</source>
        <translation>Temperature, batteries, people here</translation>
    </message>
</context>
</TS>
