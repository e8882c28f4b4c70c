<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>CallControlsRow</name>
    <message>
        <source>让对方听见</source>
        <translation>Unmute</translation>
    </message>
    <message>
        <source>静音</source>
        <translation>Mute</translation>
    </message>
    <message>
        <source>小声</source>
        <translation>Softer</translation>
    </message>
    <message>
        <source>大声</source>
        <translation>Louder</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>写字</source>
        <translation>Write</translation>
    </message>
    <message>
        <source>挂断</source>
        <translation>Hang up</translation>
    </message>
</context>
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
    <name>CallStrip</name>
    <message>
        <source>回到通话</source>
        <translation>Back to the call</translation>
    </message>
    <message>
        <source>挂断</source>
        <translation>Hang up</translation>
    </message>
    <message>
        <source>取消呼叫</source>
        <translation>Cancel the call</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>取消呼叫</source>
        <translation>Cancel the call</translation>
    </message>
    <message>
        <source>留言给值班人员</source>
        <translation>Leave a message</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>不用重拨了</source>
        <translation>Do not call again</translation>
    </message>
    <message>
        <source>再呼叫一次</source>
        <translation>Call again</translation>
    </message>
    <message>
        <source>现在就呼叫</source>
        <translation>Call now</translation>
    </message>
</context>
<context>
    <name>HelpfulCard</name>
    <message>
        <source>谢谢，已经记下了。</source>
        <translation>Thank you, noted.</translation>
    </message>
    <message>
        <source>这次通话有帮助吗？</source>
        <translation>Was this call helpful?</translation>
    </message>
    <message>
        <source>有帮助</source>
        <translation>Yes, it was</translation>
    </message>
    <message>
        <source>没帮上</source>
        <translation>No</translation>
    </message>
</context>
<context>
    <name>MessagePage</name>
    <message>
        <source>正在录音，请说话</source>
        <translation>Recording: please speak</translation>
    </message>
    <message>
        <source>录好了，%1 秒</source>
        <translation>Recorded, %1 seconds</translation>
    </message>
    <message>
        <source>写下您要说的</source>
        <translation>Write your message</translation>
    </message>
    <message>
        <source>留个电话吗？</source>
        <translation>A phone number?</translation>
    </message>
    <message>
        <source>留言记下了</source>
        <translation>Your message is kept</translation>
    </message>
    <message>
        <source>给值班人员留言</source>
        <translation>Leave a message for the desk</translation>
    </message>
    <message>
        <source>说完了</source>
        <translation>Finished</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>听一遍</source>
        <translation>Listen to it</translation>
    </message>
    <message>
        <source>重新说</source>
        <translation>Say it again</translation>
    </message>
    <message>
        <source>换个办法</source>
        <translation>Another way</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>不留电话，送出留言</source>
        <translation>Send without a number</translation>
    </message>
    <message>
        <source>回到首页</source>
        <translation>Back to the start</translation>
    </message>
    <message>
        <source>值班人员一有空就会听、会看。</source>
        <translation>The desk hears or reads it as soon as somebody is free.</translation>
    </message>
    <message>
        <source>现在没有网络。留言先存在这台机器上，网络一通就送到值班台。</source>
        <translation>There is no network now. Your message is kept on this machine and goes to the desk as soon as there is.</translation>
    </message>
    <message>
        <source>说一段话</source>
        <translation>Say it</translation>
    </message>
    <message>
        <source>最长两分钟，说完可以再听一遍</source>
        <translation>Up to two minutes; you can listen to it afterwards</translation>
    </message>
    <message>
        <source>写几个字</source>
        <translation>Write it</translation>
    </message>
    <message>
        <source>用屏幕上的键盘</source>
        <translation>With the keyboard on the screen</translation>
    </message>
    <message>
        <source>%1 秒</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>声音大小</source>
        <translation>Loudness</translation>
    </message>
    <message>
        <source>请对着机器说：您是谁，要办什么事。</source>
        <translation>Please say who you are and what it is about.</translation>
    </message>
    <message>
        <source>可以听一遍，不满意就重新说。</source>
        <translation>You can listen to it, and say it again if you like.</translation>
    </message>
    <message>
        <source>在这里写字</source>
        <translation>Write here</translation>
    </message>
    <message>
        <source>方便值班人员给您回电。不留也可以。</source>
        <translation>So that the desk can call you back. You need not leave one.</translation>
    </message>
    <message>
        <source>送出</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>已经送往值班台。值班人员会尽快处理。</source>
        <translation>It is on its way to the desk. Somebody will see to it soon.</translation>
    </message>
    <message>
        <source>存在这台机器上了，断电也不会丢。网络一通就送到值班台。</source>
        <translation>It is kept on this machine, even if the power goes, and goes to the desk as soon as there is a network.</translation>
    </message>
</context>
<context>
    <name>TextsCard</name>
    <message>
        <source>点一句，或者自己写。值班人员马上看到。</source>
        <translation>Touch a phrase, or write. The desk sees it at once.</translation>
    </message>
    <message>
        <source>在这里写字</source>
        <translation>Write here</translation>
    </message>
    <message>
        <source>发送</source>
        <translation>Send</translation>
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
        <source>请稍等，{by} 马上回来</source>
        <translation>Please wait, {by} will be back</translation>
    </message>
    <message>
        <source>通话在等待，画面和声音暂停。不用挂断。</source>
        <translation>The call is on hold: picture and sound are paused. Please stay.</translation>
    </message>
    <message>
        <source>正在为您转接</source>
        <translation>Putting you through</translation>
    </message>
    <message>
        <source>不用挂断，另一位值班人员马上来接。</source>
        <translation>Please stay: a colleague will answer in a moment.</translation>
    </message>
    <message>
        <source>正在为您转给 {to}</source>
        <translation>Putting you through to {to}</translation>
    </message>
    <message>
        <source>通话断了，马上自动重拨</source>
        <translation>The call broke off and is dialled again</translation>
    </message>
    <message>
        <source>网络一通就会再呼叫，您不用做什么。着急的话，请直接拨打屏幕上的电话。</source>
        <translation>It calls again by itself as soon as there is a network. In a hurry, please dial a number on the screen.</translation>
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
        <source>【报警】来访者按下了报警键。</source>
        <translation>[ALARM] The visitor pressed the alarm key.</translation>
    </message>
    <message>
        <source>您的麦克风关着，对方听不见您</source>
        <translation>Your microphone is off: nobody hears you</translation>
    </message>
    <message>
        <source>声音关掉了，您听不见对方</source>
        <translation>The sound is turned off: you hear nobody</translation>
    </message>
    <message>
        <source>{name}关了麦克风，您现在听不见</source>
        <translation>{name} has the microphone off: you hear nothing now</translation>
    </message>
    <message>
        <source>{name}没有开画面，可以直接说话</source>
        <translation>{name} shows no picture: just speak</translation>
    </message>
    <message>
        <source>{name}也在通话中</source>
        <translation>{name} is in the call too</translation>
    </message>
    <message>
        <source>对方现在看的是另一个摄像头的画面</source>
        <translation>They are looking through another camera now</translation>
    </message>
    <message>
        <source>网络不太好，画面可能不清楚</source>
        <translation>The network is weak: the picture may be unclear</translation>
    </message>
    <message>
        <source>网络不好，先保住声音，画面暂停</source>
        <translation>The network is weak: sound comes first, the picture is paused</translation>
    </message>
    <message>
        <source>网络太差，话可能听不全。可以写字，或者打屏幕上的电话</source>
        <translation>The network is too weak to hear every word. Write instead, or dial a number on the screen</translation>
    </message>
    <message>
        <source>这台机器没有麦克风，对方听不见您说话。您能看见、听见对方，也可以写字。</source>
        <translation>This machine has no microphone: they cannot hear you. You see and hear them, and you can write.</translation>
    </message>
    <message>
        <source>没有摄像头画面，对方看不见您，只用声音通话。</source>
        <translation>There is no camera picture: they cannot see you. The call goes on by sound.</translation>
    </message>
    <message>
        <source>您</source>
        <translation>You</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>还没有说，也没有写。</source>
        <translation>Nothing was said or written yet.</translation>
    </message>
    <message>
        <source>请先说几句，或者写几个字。</source>
        <translation>Please say a few words, or write them.</translation>
    </message>
    <message>
        <source>已经留了 {most} 条言，值班人员都会收到。</source>
        <translation>{most} messages were left; the desk gets them all.</translation>
    </message>
    <message>
        <source>着急的话，请拨打屏幕上的电话。</source>
        <translation>In a hurry, please dial a number on the screen.</translation>
    </message>
    <message>
        <source>没有录到声音。</source>
        <translation>No sound was recorded.</translation>
    </message>
    <message>
        <source>请再说一次，看见条在动再往下说；还是不行，就写字留言。</source>
        <translation>Please say it again, and go on when you see the bar move; if that does not help, write a message.</translation>
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
