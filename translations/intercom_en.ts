<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>CallStateCard</name>
    <message>
        <source>已通话 %1</source>
        <translation>Talking for %1</translation>
    </message>
    <message>
        <source>已等待 %1</source>
        <translation>Waiting for %1</translation>
    </message>
</context>
<context>
    <name>DeskTextCard</name>
    <message>
        <source>值班人员写给您：</source>
        <translation>The desk has written to you:</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>取消呼叫</source>
        <translation>Cancel the call</translation>
    </message>
    <message>
        <source>挂断</source>
        <translation>Hang up</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>再呼叫一次</source>
        <translation>Call again</translation>
    </message>
    <message>
        <source>这台机器没有麦克风，对方听不见您说话。您能看见、听见对方，也能看屏幕上的字。</source>
        <translation>This machine has no microphone: they cannot hear you. You can see and hear them, and read what they write here.</translation>
    </message>
    <message>
        <source>没有摄像头画面，对方看不见您，只用声音通话。</source>
        <translation>There is no camera picture: they cannot see you. The call has sound only.</translation>
    </message>
</context>
<context>
    <name>NumbersCard</name>
    <message>
        <source>请用手机拨打，或请旁边的人帮忙</source>
        <translation>Dial on a phone, or ask somebody near you</translation>
    </message>
</context>
<context>
    <name>PicturePane</name>
    <message>
        <source>对方没有开画面，可以直接说话</source>
        <translation>They show no picture. You can speak.</translation>
    </message>
</context>
<context>
    <name>intercom</name>
    <message>
        <source>值班人员</source>
        <translation>the desk</translation>
    </message>
    <message>
        <source>需要帮助？</source>
        <translation>Do you need help?</translation>
    </message>
    <message>
        <source>选一项，值班人员用画面和声音跟您通话。</source>
        <translation>Choose one: somebody at the desk will talk to you, with picture and sound.</translation>
    </message>
    <message>
        <source>正在联系值班台…</source>
        <translation>Reaching the desk…</translation>
    </message>
    <message>
        <source>请不要走开。</source>
        <translation>Please stay here.</translation>
    </message>
    <message>
        <source>现在连不上网，呼叫送不到值班台</source>
        <translation>No network: desk not reached yet</translation>
    </message>
    <message>
        <source>正在重新连接。着急的话，请直接拨打屏幕上的电话。</source>
        <translation>Connecting again. If it is urgent, dial one of these numbers.</translation>
    </message>
    <message>
        <source>值班台正在响铃</source>
        <translation>The desk is ringing</translation>
    </message>
    <message>
        <source>值班人员接听后，您就能看到他们。</source>
        <translation>You will see them as soon as somebody answers.</translation>
    </message>
    <message>
        <source>值班人员都在通话，您是下一位</source>
        <translation>All staff busy: you are next</translation>
    </message>
    <message>
        <source>有人空下来就会接您的呼叫。着急的话，请直接拨打屏幕上的电话。</source>
        <translation>The first who is free takes your call. If it is urgent, dial one of these numbers.</translation>
    </message>
    <message>
        <source>值班人员都在通话，您排在第 {position} 位</source>
        <translation>All staff busy: you are number {position}</translation>
    </message>
    <message>
        <source>现在值班台没有人</source>
        <translation>Nobody is at the desk now</translation>
    </message>
    <message>
        <source>还在继续呼叫。着急的话，请直接拨打屏幕上的电话。</source>
        <translation>Still calling. If it is urgent, dial one of these numbers.</translation>
    </message>
    <message>
        <source>报警呼叫已送到值班台，正在响铃</source>
        <translation>The alarm rings at the desk</translation>
    </message>
    <message>
        <source>还没有人接听。有危险请马上拨打屏幕上的电话。</source>
        <translation>Nobody has answered yet. In danger, dial one of these numbers at once.</translation>
    </message>
    <message>
        <source>正在把报警呼叫送到值班台…</source>
        <translation>Sending the alarm to the desk…</translation>
    </message>
    <message>
        <source>还没有送到。有危险请马上拨打屏幕上的电话。</source>
        <translation>It has not arrived yet. In danger, dial one of these numbers at once.</translation>
    </message>
    <message>
        <source>{by} 已接听</source>
        <translation>{by} has answered</translation>
    </message>
    <message>
        <source>正在接通画面和声音…</source>
        <translation>Connecting picture and sound…</translation>
    </message>
    <message>
        <source>正在与 {by} 通话</source>
        <translation>Talking to {by}</translation>
    </message>
    <message>
        <source>线路断了，正在恢复</source>
        <translation>Line broken, being restored</translation>
    </message>
    <message>
        <source>请稍等，不用重新呼叫。着急的话，请直接拨打屏幕上的电话。</source>
        <translation>One moment, no need to call again. If it is urgent, dial one of these numbers.</translation>
    </message>
    <message>
        <source>值班人员的窗口断开了</source>
        <translation>The desk&apos;s window is disconnected</translation>
    </message>
    <message>
        <source>正在等他们回来。</source>
        <translation>Waiting for them to come back.</translation>
    </message>
    <message>
        <source>可以再呼叫一次，或直接拨打屏幕上的电话。</source>
        <translation>You can call again, or dial one of these numbers.</translation>
    </message>
    <message>
        <source>已挂断</source>
        <translation>You hung up</translation>
    </message>
    <message>
        <source>需要的话，随时可以再呼叫。</source>
        <translation>You can call again at any time.</translation>
    </message>
    <message>
        <source>通话结束</source>
        <translation>The call is over</translation>
    </message>
    <message>
        <source>值班人员已挂断。事情没办完，可以再呼叫。</source>
        <translation>The desk hung up. If something is left, call again.</translation>
    </message>
    <message>
        <source>值班台断开了</source>
        <translation>The desk was disconnected</translation>
    </message>
    <message>
        <source>没有人接听</source>
        <translation>Nobody answered</translation>
    </message>
    <message>
        <source>值班台现在没有人</source>
        <translation>Nobody was at the desk</translation>
    </message>
    <message>
        <source>值班人员都在通话</source>
        <translation>All staff are busy</translation>
    </message>
    <message>
        <source>网络断了，没有接通值班台</source>
        <translation>No network: desk not reached</translation>
    </message>
    <message>
        <source>请直接拨打屏幕上的电话，或过一会儿再呼叫。</source>
        <translation>Dial one of these numbers, or call again later.</translation>
    </message>
    <message>
        <source>画面和声音没有接通</source>
        <translation>Picture and sound did not connect</translation>
    </message>
    <message>
        <source>值班台不能接这台机器的呼叫</source>
        <translation>The desk cannot take this call</translation>
    </message>
    <message>
        <source>请直接拨打屏幕上的电话。</source>
        <translation>Please dial one of these numbers.</translation>
    </message>
    <message>
        <source>通话中断了</source>
        <translation>The call was cut off</translation>
    </message>
    <message>
        <source>这台机器现在不能视频通话</source>
        <translation>No video calls here now</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>Police</translation>
    </message>
    <message>
        <source>火警</source>
        <translation>Fire</translation>
    </message>
    <message>
        <source>急救</source>
        <translation>Ambulance</translation>
    </message>
    <message>
        <source>交通事故</source>
        <translation>Traffic accident</translation>
    </message>
    <message>
        <source>人社热线</source>
        <translation>Labour hotline</translation>
    </message>
    <message>
        <source>工会热线</source>
        <translation>Union hotline</translation>
    </message>
    <message>
        <source>值班电话</source>
        <translation>Duty desk</translation>
    </message>
    <message>
        <source>【报警】来访者按下了报警键。</source>
        <translation>[ALARM] The visitor pressed the alarm key.</translation>
    </message>
</context>
<context>
    <name>tiles</name>
    <message>
        <source>找人帮忙</source>
        <translation>Ask a person</translation>
    </message>
    <message>
        <source>跟值班人员视频通话</source>
        <translation>Video call with the duty desk</translation>
    </message>
</context>
</TS>
