<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>CallStateCard</name>
    <message>
        <source>已通话 %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已等待 %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeskTextCard</name>
    <message>
        <source>值班人员写给您：</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>取消呼叫</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>挂断</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>返回</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>再呼叫一次</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这台机器没有麦克风，对方听不见您说话。您能看见、听见对方，也能看屏幕上的字。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没有摄像头画面，对方看不见您，只用声音通话。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumbersCard</name>
    <message>
        <source>请用手机拨打，或请旁边的人帮忙</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PicturePane</name>
    <message>
        <source>对方没有开画面，可以直接说话</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>intercom</name>
    <message>
        <source>值班人员</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>需要帮助？</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>选一项，值班人员用画面和声音跟您通话。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>正在联系值班台…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请不要走开。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>现在连不上网，呼叫送不到值班台</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>正在重新连接。着急的话，请直接拨打下面的电话。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>值班台正在响铃</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>值班人员接听后，您就能看到他们。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>值班人员都在通话，您是下一位</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>有人空下来就会接您的呼叫。着急的话，请直接拨打下面的电话。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>值班人员都在通话，您排在第 {position} 位</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>现在值班台没有人</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还在继续呼叫。着急的话，请直接拨打下面的电话。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>报警呼叫已送到值班台，正在响铃</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还没有人接听。有危险请马上拨打下面的电话。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>正在把报警呼叫送到值班台…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还没有送到。有危险请马上拨打下面的电话。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{by} 已接听</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>正在接通画面和声音…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>正在与 {by} 通话</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>线路断了，正在恢复</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请稍等，不用重新呼叫。着急的话，请直接拨打下面的电话。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>值班人员的窗口断开了</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>正在等他们回来。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>可以再呼叫一次，或直接拨打下面的电话。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已挂断</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>需要的话，随时可以再呼叫。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>通话结束</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>值班人员已挂断。事情没办完，可以再呼叫。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>值班台断开了</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没有人接听</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>值班台现在没有人</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>值班人员都在通话</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>网络断了，没有接通值班台</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请直接拨打下面的电话，或过一会儿再呼叫。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>画面和声音没有接通</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>值班台不能接这台机器的呼叫</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请直接拨打下面的电话。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>通话中断了</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这台机器现在不能视频通话</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>报警</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>火警</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>急救</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>交通事故</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>人社热线</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>工会热线</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>值班电话</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>【报警】来访者按下了报警键。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tiles</name>
    <message>
        <source>找人帮忙</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>跟值班人员视频通话</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
