<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>CarryPage</name>
    <message>
        <source>联网和 U 盘</source>
        <translation>The line and USB sticks</translation>
    </message>
    <message>
        <source>网络长时间不通时，用 U 盘把记录带到市里，再把新内容带回来。</source>
        <translation>When the line is down for long, a stick takes the records to the city and brings back what is new.</translation>
    </message>
    <message>
        <source>正在读写 U 盘，请不要拔下</source>
        <translation>Reading and writing the stick. Please leave it in</translation>
    </message>
    <message>
        <source>市里收到了、但没有采用的</source>
        <translation>Received by the city, but not used</translation>
    </message>
    <message>
        <source>别的记录不受影响。请告诉值班人员，不用再做什么。</source>
        <translation>All other records are fine. Please tell the duty desk; there is nothing else to do.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>插好 U 盘，开始</source>
        <translation>Stick is in, begin</translation>
    </message>
</context>
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
    <name>TrialsPage</name>
    <message>
        <source>试试设备</source>
        <translation>Test devices</translation>
    </message>
    <message>
        <source>一样一样试。试按钮和烟感时不会报警。</source>
        <translation>One by one. Buttons and detectors raise no alarm meanwhile.</translation>
    </message>
    <message>
        <source>还有 %1 秒</source>
        <translation>%1 s left</translation>
    </message>
    <message>
        <source>有故障</source>
        <translation>Broken</translation>
    </message>
    <message>
        <source>听到了</source>
        <translation>Heard it</translation>
    </message>
    <message>
        <source>没有听到</source>
        <translation>Not heard</translation>
    </message>
    <message>
        <source>不试了</source>
        <translation>Stop</translation>
    </message>
</context>
<context>
    <name>carry</name>
    <message>
        <source>记录都送到市里了。</source>
        <translation>All records have reached the city.</translation>
    </message>
    <message>
        <source>有 {count} 条记录还没有送到市里，最早的是 {when}。</source>
        <translation>{count} records have not reached the city yet, the oldest of {when}.</translation>
    </message>
    <message>
        <source>网络正常，记录会自己送到，不用 U 盘。</source>
        <translation>The line is working: records go by themselves, no stick is needed.</translation>
    </message>
    <message>
        <source>网络现在不通。记录在这台机器上，不会丢；网络一通就自己送到。</source>
        <translation>The line is down. Records are kept on this machine, and go by themselves when it is back.</translation>
    </message>
    <message>
        <source>这台机器没有接网络，记录要用 U 盘带到市里。</source>
        <translation>This machine has no line: a stick takes its records to the city.</translation>
    </message>
    <message>
        <source>可以拔下 U 盘了。</source>
        <translation>You can pull the stick out now.</translation>
    </message>
    <message>
        <source>写上了 {count} 条记录，请带到市里。</source>
        <translation>{count} records were written. Please take them to the city.</translation>
    </message>
    <message>
        <source>还有 {count} 个录音或照片。</source>
        <translation>And {count} recordings or photos.</translation>
    </message>
    <message>
        <source>以前带去的 {count} 条，市里收到了。</source>
        <translation>The city has received {count} that were taken there before.</translation>
    </message>
    <message>
        <source>市里的新内容取到了。</source>
        <translation>What is new in the city has been brought in.</translation>
    </message>
    <message>
        <source>取到 {count} 个文件。</source>
        <translation>{count} files were brought in.</translation>
    </message>
    <message>
        <source>没有要写的，也没有新内容。</source>
        <translation>There was nothing to write, and nothing new.</translation>
    </message>
    <message>
        <source>物资</source>
        <translation>Supplies</translation>
    </message>
    <message>
        <source>呼叫</source>
        <translation>Calls</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>学习</source>
        <translation>Learning</translation>
    </message>
    <message>
        <source>课程</source>
        <translation>Courses</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Members</translation>
    </message>
    <message>
        <source>进门</source>
        <translation>Entry</translation>
    </message>
    <message>
        <source>开门</source>
        <translation>Doors</translation>
    </message>
    <message>
        <source>服务</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>值守</source>
        <translation>Staff</translation>
    </message>
    <message>
        <source>机器</source>
        <translation>The machine</translation>
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
    <message>
        <source>没有看到 U 盘。</source>
        <translation>There is no stick to be seen.</translation>
    </message>
    <message>
        <source>请插好 U 盘，等几秒钟再按一次。</source>
        <translation>Please put the stick in, wait a few seconds, and press again.</translation>
    </message>
    <message>
        <source>U 盘满了，这次什么也没有写上。</source>
        <translation>The stick is full. Nothing was written this time.</translation>
    </message>
    <message>
        <source>请换一个 U 盘，或者在电脑上腾出地方。</source>
        <translation>Please use another stick, or make room on it with a computer.</translation>
    </message>
    <message>
        <source>U 盘写不进去，或者写完读出来不一样。</source>
        <translation>The stick cannot be written, or gave back something else than was written.</translation>
    </message>
    <message>
        <source>请看看 U 盘上的锁扣，或者换一个 U 盘。</source>
        <translation>Please look at the lock on the stick, or use another one.</translation>
    </message>
    <message>
        <source>这个 U 盘是给别的驿站的。</source>
        <translation>This stick is for other stations.</translation>
    </message>
    <message>
        <source>请换一个 U 盘，或者让市里给本站写一份。</source>
        <translation>Please use another stick, or ask the city to write one for this station.</translation>
    </message>
    <message>
        <source>U 盘上的内容坏了，没有采用。</source>
        <translation>What is on the stick is damaged and was not used.</translation>
    </message>
    <message>
        <source>请让市里重新写一份。</source>
        <translation>Please ask the city to write it again.</translation>
    </message>
    <message>
        <source>这台机器还不知道内容该由谁签名，没有采用 U 盘上的内容。</source>
        <translation>This machine was never told who signs its content, so what is on the stick was not used.</translation>
    </message>
    <message>
        <source>请告诉值班人员：在配置里写上发布单位的公钥，或者重新登记。</source>
        <translation>Please tell the duty desk: put the publisher&apos;s public key into the configuration, or enrol again.</translation>
    </message>
    <message>
        <source>还没有市里的密钥，记录不能写到 U 盘上，免得被别人看到。</source>
        <translation>The city&apos;s key is not here yet, so records cannot be written to a stick where others could read them.</translation>
    </message>
    <message>
        <source>请先用 U 盘把市里的内容带来一次。</source>
        <translation>Please bring the city&apos;s content on a stick first.</translation>
    </message>
    <message>
        <source>里面有人，没有关。</source>
        <translation>Somebody is in there: it was not turned off.</translation>
    </message>
    <message>
        <source>等人走了再关。</source>
        <translation>Turn it off when they have left.</translation>
    </message>
    <message>
        <source>这个驿站没有接这个开关。</source>
        <translation>This station has no such switch.</translation>
    </message>
    <message>
        <source>请看配置文件里的接线。</source>
        <translation>See the wiring in the station&apos;s file.</translation>
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
<context>
    <name>trials</name>
    <message>
        <source>镜头</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>喇叭</source>
        <translation>Loudspeaker</translation>
    </message>
    <message>
        <source>麦克风</source>
        <translation>Microphone</translation>
    </message>
    <message>
        <source>喇叭到麦克风</source>
        <translation>Loudspeaker to microphone</translation>
    </message>
    <message>
        <source>扫码</source>
        <translation>Code scanning</translation>
    </message>
    <message>
        <source>身份证读卡器</source>
        <translation>ID card reader</translation>
    </message>
    <message>
        <source>硬盘</source>
        <translation>Disk</translation>
    </message>
    <message>
        <source>门锁</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>门磁</source>
        <translation>Door contact</translation>
    </message>
    <message>
        <source>门铃</source>
        <translation>Door bell</translation>
    </message>
    <message>
        <source>出门按钮</source>
        <translation>Exit button</translation>
    </message>
    <message>
        <source>报警按钮</source>
        <translation>Alarm button</translation>
    </message>
    <message>
        <source>暗处的报警按钮</source>
        <translation>Hidden alarm button</translation>
    </message>
    <message>
        <source>人体感应</source>
        <translation>Presence sensor</translation>
    </message>
    <message>
        <source>烟雾报警器</source>
        <translation>Smoke detector</translation>
    </message>
    <message>
        <source>灯</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>插座电源</source>
        <translation>Socket power</translation>
    </message>
    <message>
        <source>警号</source>
        <translation>Siren</translation>
    </message>
    <message>
        <source>警灯</source>
        <translation>Beacon</translation>
    </message>
    <message>
        <source>温度</source>
        <translation>Temperature</translation>
    </message>
    <message>
        <source>湿度</source>
        <translation>Humidity</translation>
    </message>
    <message>
        <source>柜子</source>
        <translation>Cabinet</translation>
    </message>
    <message>
        <source>{name}（{about}）</source>
        <translation>{name} ({about})</translation>
    </message>
    <message>
        <source>请把门开一下，再关上。</source>
        <translation>Open the door and close it again.</translation>
    </message>
    <message>
        <source>请按一下门口的铃。</source>
        <translation>Press the bell at the door.</translation>
    </message>
    <message>
        <source>请按一下出门按钮。</source>
        <translation>Press the exit button.</translation>
    </message>
    <message>
        <source>请按一下报警按钮。现在按不会报警。</source>
        <translation>Press the alarm button. It raises no alarm now.</translation>
    </message>
    <message>
        <source>请按一下暗处的按钮。现在按不会报警。</source>
        <translation>Press the hidden button. It raises no alarm now.</translation>
    </message>
    <message>
        <source>请在感应器前面走动；要是一直有人，请走开一会儿。</source>
        <translation>Walk before the sensor; if it sees somebody already, step away for a while.</translation>
    </message>
    <message>
        <source>请按住烟感上的测试键。现在不会报警。</source>
        <translation>Hold the test key of the detector. It raises no alarm now.</translation>
    </message>
    <message>
        <source>请拿一个码对着镜头或扫码口，什么码都行。</source>
        <translation>Hold any code up to the camera or the scanner.</translation>
    </message>
    <message>
        <source>请放一张身份证，什么都不会记下来。</source>
        <translation>Lay an ID card down; nothing of it is kept.</translation>
    </message>
    <message>
        <source>听到机器说话了吗？</source>
        <translation>Did you hear the machine speak?</translation>
    </message>
    <message>
        <source>请对着机器说一句话。</source>
        <translation>Say something to the machine.</translation>
    </message>
    <message>
        <source>机器响三声，自己听。请安静一下。</source>
        <translation>Three notes, which the machine hears itself. Please be quiet.</translation>
    </message>
    <message>
        <source>正在看镜头，请在前面挥挥手。</source>
        <translation>Looking through the camera: wave your hand before it.</translation>
    </message>
    <message>
        <source>会动一下，请看着。</source>
        <translation>It moves for a moment: watch it.</translation>
    </message>
    <message>
        <source>请等一下。</source>
        <translation>One moment.</translation>
    </message>
    <message>
        <source>好的</source>
        <translation>Good</translation>
    </message>
    <message>
        <source>收到了</source>
        <translation>Heard</translation>
    </message>
    <message>
        <source>还没试</source>
        <translation>Not tried</translation>
    </message>
    <message>
        <source>正在试</source>
        <translation>Trying</translation>
    </message>
    <message>
        <source>没有反应：看看线接上没有、开关通没通</source>
        <translation>Nothing happened: check its wires and its switch</translation>
    </message>
    <message>
        <source>控制板联系不上：看看电源，两根信号线（A、B）接反没有</source>
        <translation>Its board does not answer: check the power, and whether A and B are swapped</translation>
    </message>
    <message>
        <source>设备不肯：看看电源和配置文件里的地址</source>
        <translation>It refused: check its power and its address in the station&apos;s file</translation>
    </message>
    <message>
        <source>叫它动，它没有动：继电器可能坏了</source>
        <translation>It was switched and did not move: the relay may be broken</translation>
    </message>
    <message>
        <source>画面不动：拔下镜头再插上</source>
        <translation>The picture is frozen: pull the camera out and put it in again</translation>
    </message>
    <message>
        <source>没有听到：看看音量和喇叭的线</source>
        <translation>Not heard: check the volume and the loudspeaker&apos;s wires</translation>
    </message>
    <message>
        <source>没有试完</source>
        <translation>Not finished</translation>
    </message>
</context>
</TS>
