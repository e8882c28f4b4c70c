<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>BottomBar</name>
    <message>
        <source>主页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>停止朗读</source>
        <translation>Stop reading</translation>
    </message>
    <message>
        <source>朗读</source>
        <translation>Read aloud</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>高对比</source>
        <translation>Contrast</translation>
    </message>
    <message>
        <source>标准字</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>呼叫帮助</source>
        <translation>Call for help</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>Alarm</translation>
    </message>
</context>
<context>
    <name>IdleLayer</name>
    <message>
        <source>待机画面</source>
        <translation>Idle screen</translation>
    </message>
    <message>
        <source>轻触屏幕开始</source>
        <translation>Touch the screen to begin</translation>
    </message>
    <message>
        <source>欢迎进来歇歇脚</source>
        <translation>Come in and rest, it is free</translation>
    </message>
</context>
<context>
    <name>WarningLayer</name>
    <message>
        <source>还在吗？</source>
        <translation>Are you still there?</translation>
    </message>
    <message>
        <source>%1 秒后回到开始画面，您的信息会清掉。</source>
        <translation>In %1 seconds the screen starts over and your details are cleared.</translation>
    </message>
    <message>
        <source>继续使用</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>我用完了</source>
        <translation>I am done</translation>
    </message>
</context>
<context>
    <name>WordsStrip</name>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>hours</name>
    <message>
        <source>周一</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>周二</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>周三</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>周四</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>周五</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>周六</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>周日</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>today</translation>
    </message>
    <message>
        <source>明天</source>
        <translation>tomorrow</translation>
    </message>
    <message>
        <source>全天开放</source>
        <translation>Open day and night</translation>
    </message>
    <message>
        <source>开放中，到 {time}</source>
        <translation>Open until {time}</translation>
    </message>
    <message>
        <source>开放中，到{day} {time}</source>
        <translation>Open until {time} {day}</translation>
    </message>
    <message>
        <source>现在不开放，{day} {time} 开</source>
        <translation>Closed, opens {day} {time}</translation>
    </message>
    <message>
        <source>现在不开放</source>
        <translation>Closed now</translation>
    </message>
    <message>
        <source>每天</source>
        <translation>Every day</translation>
    </message>
    <message>
        <source>{first}至{last}</source>
        <translation>{first}–{last}</translation>
    </message>
    <message>
        <source>休息</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{month}月{day}日 {weekday}</source>
        <translation>{weekday} {day} {month}</translation>
    </message>
    <message>
        <source>{month}月{day}日 {weekday}（节假日）</source>
        <translation>{weekday} {day} {month} (holiday)</translation>
    </message>
    <message>
        <source>{month}月{day}日 {weekday}（调休上班）</source>
        <translation>{weekday} {day} {month} (working day)</translation>
    </message>
    <message>
        <source>{month}月{day}日</source>
        <translation>{day} {month}</translation>
    </message>
    <message>
        <source>{year}年{month}月{day}日</source>
        <translation>{day} {month} {year}</translation>
    </message>
</context>
<context>
    <name>months</name>
    <message>
        <source>1</source>
        <translation>Jan</translation>
    </message>
    <message>
        <source>2</source>
        <translation>Feb</translation>
    </message>
    <message>
        <source>3</source>
        <translation>Mar</translation>
    </message>
    <message>
        <source>4</source>
        <translation>Apr</translation>
    </message>
    <message>
        <source>5</source>
        <translation>May</translation>
    </message>
    <message>
        <source>6</source>
        <translation>Jun</translation>
    </message>
    <message>
        <source>7</source>
        <translation>Jul</translation>
    </message>
    <message>
        <source>8</source>
        <translation>Aug</translation>
    </message>
    <message>
        <source>9</source>
        <translation>Sep</translation>
    </message>
    <message>
        <source>10</source>
        <translation>Oct</translation>
    </message>
    <message>
        <source>11</source>
        <translation>Nov</translation>
    </message>
    <message>
        <source>12</source>
        <translation>Dec</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>出了点问题，刚才的操作没有完成。</source>
        <translation>Something went wrong; that was not done.</translation>
    </message>
    <message>
        <source>请再试一次；还是不行，请按“呼叫帮助”。</source>
        <translation>Please try again; if it still fails, press “Call for help”.</translation>
    </message>
    <message>
        <source>这台机器的设置有误，有的功能用不了。</source>
        <translation>This terminal is set up wrongly; some things do not work.</translation>
    </message>
    <message>
        <source>请按“呼叫帮助”告诉值班人员。</source>
        <translation>Please press “Call for help” and tell the staff.</translation>
    </message>
    <message>
        <source>设备没有反应。</source>
        <translation>The device does not answer.</translation>
    </message>
    <message>
        <source>请过一会儿再试，或按“呼叫帮助”。</source>
        <translation>Please try again later, or press “Call for help”.</translation>
    </message>
    <message>
        <source>这台机器没有装这个设备。</source>
        <translation>This terminal does not have that device.</translation>
    </message>
    <message>
        <source>请用别的办法，或按“呼叫帮助”。</source>
        <translation>Please use another way, or press “Call for help”.</translation>
    </message>
    <message>
        <source>这一条没有记下来。</source>
        <translation>This was not recorded.</translation>
    </message>
    <message>
        <source>请再试一次；东西您照常可以用。</source>
        <translation>Please try again; you may use things as always.</translation>
    </message>
    <message>
        <source>机器存满了，这一条没有记下来。</source>
        <translation>The terminal is full; this was not recorded.</translation>
    </message>
    <message>
        <source>东西您照常可以用；请按“呼叫帮助”告诉值班人员。</source>
        <translation>You may use things as always; please press “Call for help” and tell the staff.</translation>
    </message>
    <message>
        <source>机器里的记录读不出来了，重新启动时会自己修复。</source>
        <translation>The records in this machine cannot be read; at the next start it mends them by itself.</translation>
    </message>
    <message>
        <source>没有备份成：放备份的地方不在、满了，或者写坏了。</source>
        <translation>No copy was made: the second place is missing, full, or gave back something else.</translation>
    </message>
    <message>
        <source>记录本身没有事；请告诉值班人员。</source>
        <translation>The records themselves are fine; please tell the staff.</translation>
    </message>
    <message>
        <source>机器里的记录是新版程序写的，这一版读不了。</source>
        <translation>The records in this machine were written by a newer program that this one cannot read.</translation>
    </message>
    <message>
        <source>记录没有动过；请告诉值班人员，换上新版程序。</source>
        <translation>The records were not touched. Please tell the duty desk that the newer program is needed.</translation>
    </message>
    <message>
        <source>收到的文件不完整，没有采用。</source>
        <translation>A file arrived damaged and was not used.</translation>
    </message>
    <message>
        <source>请过一会儿再试；机器会重新下载。</source>
        <translation>Please try again in a while; the machine fetches it again.</translation>
    </message>
    <message>
        <source>市里发来的内容有误，没有采用。</source>
        <translation>The city sent content that is not valid, and it was not used.</translation>
    </message>
    <message>
        <source>原来的内容照常可用；请告诉值班人员。</source>
        <translation>What was here before still works. Please tell the duty desk.</translation>
    </message>
    <message>
        <source>发来的内容没有发布单位的签名，没有采用。</source>
        <translation>What was sent is not signed by its publisher and was not used.</translation>
    </message>
    <message>
        <source>没有找到，可能已经撤下了。</source>
        <translation>Not found; it may have been withdrawn.</translation>
    </message>
    <message>
        <source>请返回，看看别的。</source>
        <translation>Please go back and look at something else.</translation>
    </message>
    <message>
        <source>密码不对。</source>
        <translation>That PIN is wrong.</translation>
    </message>
    <message>
        <source>请再输一次；连错五次会锁五分钟。</source>
        <translation>Please enter it again; five wrong tries lock it for five minutes.</translation>
    </message>
    <message>
        <source>密码错了太多次，暂时锁住了。</source>
        <translation>Too many wrong PINs; it is locked for now.</translation>
    </message>
    <message>
        <source>请过几分钟再来。</source>
        <translation>Please come back in a few minutes.</translation>
    </message>
    <message>
        <source>现在连不上网。</source>
        <translation>There is no network now.</translation>
    </message>
    <message>
        <source>喝水、休息、领用、学习都照常；要联网的请过一会儿再试。</source>
        <translation>Water, rest, supplies and courses work as always; please try what needs the network later.</translation>
    </message>
    <message>
        <source>本机的记录和中心的对不上，可能装了旧的或者复制的磁盘。</source>
        <translation>This machine&apos;s records are not those of the hub: its disk may be an old image or a copy.</translation>
    </message>
    <message>
        <source>本机照常记录，一条不丢；请值班人员给这台终端重新登记。</source>
        <translation>It goes on recording and loses nothing; the desk has to enrol this terminal again.</translation>
    </message>
    <message>
        <source>市里的系统没有接受。</source>
        <translation>The city&apos;s system did not accept this.</translation>
    </message>
</context>
<context>
    <name>shell</name>
    <message>
        <source>星期一</source>
        <translation>Monday</translation>
    </message>
    <message>
        <source>星期二</source>
        <translation>Tuesday</translation>
    </message>
    <message>
        <source>星期三</source>
        <translation>Wednesday</translation>
    </message>
    <message>
        <source>星期四</source>
        <translation>Thursday</translation>
    </message>
    <message>
        <source>星期五</source>
        <translation>Friday</translation>
    </message>
    <message>
        <source>星期六</source>
        <translation>Saturday</translation>
    </message>
    <message>
        <source>星期日</source>
        <translation>Sunday</translation>
    </message>
    <message>
        <source>时间未校准</source>
        <translation>Time not set</translation>
    </message>
    <message>
        <source>{month}月{day}日 {weekday}</source>
        <translation>{weekday}, {month}/{day}</translation>
    </message>
    <message>
        <source>还在吗？没有动作的话，屏幕马上会回到开始。</source>
        <translation>Are you still there? Without a touch the screen starts over shortly.</translation>
    </message>
    <message>
        <source>网络正常</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>本机独立运行</source>
        <translation>Works on its own</translation>
    </message>
    <message>
        <source>没有网络，照常使用；{count} 条等待上传</source>
        <translation>No network; all works. {count} to send</translation>
    </message>
    <message>
        <source>没有网络，照常使用</source>
        <translation>No network; all works</translation>
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
</context>
</TS>
