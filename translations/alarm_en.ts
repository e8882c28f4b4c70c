<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AlarmStrip</name>
    <message>
        <source>看报警</source>
        <translation>See the alarm</translation>
    </message>
</context>
<context>
    <name>StatePage</name>
    <message>
        <source>马上报警</source>
        <translation>Raise the alarm now</translation>
    </message>
    <message>
        <source>跟值班人员通话</source>
        <translation>Talk to the duty desk</translation>
    </message>
    <message>
        <source>我按错了</source>
        <translation>Pressed by mistake</translation>
    </message>
    <message>
        <source>工作人员：结束报警</source>
        <translation>Staff: end the alarm</translation>
    </message>
    <message>
        <source>先不结束</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>为什么结束？</source>
        <translation>Why is it over?</translation>
    </message>
</context>
<context>
    <name>alarm</name>
    <message>
        <source>遇到危险？</source>
        <translation>In danger?</translation>
    </message>
    <message>
        <source>按下红色的键就报警：马上通知值班台，一直到有人接警。</source>
        <translation>The red key raises the alarm: the duty desk is told at once, and until a person has it.</translation>
    </message>
    <message>
        <source>已报警，正在通知值班台…</source>
        <translation>Alarm raised, telling the duty desk…</translation>
    </message>
    <message>
        <source>还没有送到。有危险请马上用手机拨打 110。</source>
        <translation>Not delivered yet. In danger, dial 110 on a phone at once.</translation>
    </message>
    <message>
        <source>报警没有送到值班台</source>
        <translation>The alarm has not reached the duty desk</translation>
    </message>
    <message>
        <source>还在不停地发送。请马上用手机拨打 110，或请旁边的人帮忙。</source>
        <translation>It is still being sent. Dial 110 on a phone now, or ask somebody near you.</translation>
    </message>
    <message>
        <source>报警已送到值班台，正在响铃</source>
        <translation>The alarm has reached the desk and is ringing there</translation>
    </message>
    <message>
        <source>还没有人接警。有危险请马上用手机拨打 110。</source>
        <translation>Nobody has taken it yet. In danger, dial 110 on a phone at once.</translation>
    </message>
    <message>
        <source>报警已送到，还是没有人接警</source>
        <translation>Delivered, but still nobody has taken the alarm</translation>
    </message>
    <message>
        <source>还在继续响铃。请马上用手机拨打 110 或 120。</source>
        <translation>It goes on ringing. Dial 110 or 120 on a phone now.</translation>
    </message>
    <message>
        <source>{by} 已接警</source>
        <translation>{by} has your alarm</translation>
    </message>
    <message>
        <source>请留在安全的地方，等他们联系您。</source>
        <translation>Stay where it is safe; they will get in touch with you.</translation>
    </message>
    <message>
        <source>报警已由 {closed_by} 结束</source>
        <translation>{closed_by} ended the alarm</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>报警已送到，值班台现在没有人</source>
        <translation>Delivered, but nobody is at the desk now</translation>
    </message>
    <message>
        <source>正在找下一位负责人。有危险请马上用手机拨打 110。</source>
        <translation>The next person in charge is being called. In danger, dial 110 at once.</translation>
    </message>
    <message>
        <source>现场工作人员</source>
        <translation>Staff on the spot</translation>
    </message>
    <message>
        <source>【演练】{title}</source>
        <translation>[Drill] {title}</translation>
    </message>
    <message>
        <source>{time} 报警，已记下</source>
        <translation>{time} alarm raised, written down</translation>
    </message>
    <message>
        <source>{time} 报警，一共按了 {presses} 次，已记下</source>
        <translation>{time} alarm raised, pressed {presses} times, written down</translation>
    </message>
    <message>
        <source>{time} 报警；机器存满了，只能发送，没有记下</source>
        <translation>{time} alarm raised; the machine is full: it is sent, not written down</translation>
    </message>
    <message>
        <source>已送到值班台</source>
        <translation>Delivered to the duty desk</translation>
    </message>
    <message>
        <source>还没有送到值班台</source>
        <translation>Not delivered to the duty desk yet</translation>
    </message>
    <message>
        <source>还没有人接警</source>
        <translation>Nobody has taken it yet</translation>
    </message>
    <message>
        <source>您说是按错了：值班人员会看到，由他们来结束</source>
        <translation>You said it was a mistake: the desk will see that, and end it</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>现在没有报警。</source>
        <translation>There is no alarm now.</translation>
    </message>
    <message>
        <source>不用再做什么。</source>
        <translation>There is nothing left to do.</translation>
    </message>
</context>
</TS>
