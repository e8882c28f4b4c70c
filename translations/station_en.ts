<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>ReportPage</name>
    <message>
        <source>%1坏了？</source>
        <translation>%1: broken?</translation>
    </message>
    <message>
        <source>把坏的地方对着镜头</source>
        <translation>Hold what is broken up to the camera</translation>
    </message>
    <message>
        <source>报上去了，谢谢您</source>
        <translation>Reported, thank you</translation>
    </message>
    <message>
        <source>什么坏了？</source>
        <translation>What is broken?</translation>
    </message>
    <message>
        <source>按一下坏了的东西。</source>
        <translation>Press what is broken.</translation>
    </message>
    <message>
        <source>照片只给维修的人看。</source>
        <translation>Only those who repair it see the picture.</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>有人报过了：%1。您再报一次，我们就知道更急。</source>
        <translation>Somebody said so before (%1). Say it again, and we know it is urgent.</translation>
    </message>
    <message>
        <source>拍下来</source>
        <translation>Take the picture</translation>
    </message>
    <message>
        <source>报修</source>
        <translation>Report it</translation>
    </message>
    <message>
        <source>不拍了</source>
        <translation>No picture</translation>
    </message>
    <message>
        <source>加一张照片</source>
        <translation>Add a picture</translation>
    </message>
    <message>
        <source>重拍一张</source>
        <translation>Another picture</translation>
    </message>
    <message>
        <source>还有别的坏了</source>
        <translation>Something else is broken</translation>
    </message>
    <message>
        <source>不是这个</source>
        <translation>Not this</translation>
    </message>
</context>
<context>
    <name>RoomPage</name>
    <message>
        <source>本站设施</source>
        <translation>This room</translation>
    </message>
    <message>
        <source>东西坏了，报修</source>
        <translation>Something is broken</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>您这次已经报了好几样了。</source>
        <translation>You have reported several things in this visit.</translation>
    </message>
    <message>
        <source>都记下了。还有急事，请按“呼叫帮助”。</source>
        <translation>All of it is kept. If it is urgent, press “Call for help”.</translation>
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
    <message>
        <source>饮水机</source>
        <translation>Water dispenser</translation>
    </message>
    <message>
        <source>微波炉</source>
        <translation>Microwave</translation>
    </message>
    <message>
        <source>冰箱</source>
        <translation>Fridge</translation>
    </message>
    <message>
        <source>空调</source>
        <translation>Air conditioning</translation>
    </message>
    <message>
        <source>充电插座</source>
        <translation>Charging socket</translation>
    </message>
    <message>
        <source>换电柜</source>
        <translation>Battery swap</translation>
    </message>
    <message>
        <source>灯</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>门</source>
        <translation>Door</translation>
    </message>
    <message>
        <source>厕所</source>
        <translation>Toilet</translation>
    </message>
    <message>
        <source>桌椅</source>
        <translation>Table, seat</translation>
    </message>
    <message>
        <source>这台机器</source>
        <translation>This machine</translation>
    </message>
    <message>
        <source>别的东西</source>
        <translation>Something else</translation>
    </message>
    <message>
        <source>已经报修</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>正在修</source>
        <translation>Being repaired</translation>
    </message>
    <message>
        <source>修好了</source>
        <translation>Repaired</translation>
    </message>
    <message>
        <source>您报修的{things}修好了，谢谢您！</source>
        <translation>What you reported is repaired: {things}. Thank you!</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>您是第一个告诉我们的。</source>
        <translation>You are the first to tell us.</translation>
    </message>
    <message>
        <source>已经有 {count} 个人这样说了。</source>
        <translation>{count} people have said so.</translation>
    </message>
    <message>
        <source>值班台已经能看到。</source>
        <translation>The desk can see it now.</translation>
    </message>
    <message>
        <source>存在这台机器上了，网络一通就送到值班台。</source>
        <translation>It is kept on this machine and goes to the desk when there is a line.</translation>
    </message>
    <message>
        <source>修好了，您下次来时告诉您。</source>
        <translation>You are told at your next visit when it is repaired.</translation>
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
