<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>BottomBar</name>
    <message>
        <source>主页</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>返回</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>停止朗读</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>朗读</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大字</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>高对比</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>标准字</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>结束</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>呼叫帮助</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>报警</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>IdleLayer</name>
    <message>
        <source>待机画面</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>轻触屏幕开始</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>欢迎进来歇歇脚</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WarningLayer</name>
    <message>
        <source>还在吗？</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 秒后回到开始画面，您的信息会清掉。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>继续使用</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>我用完了</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WordsStrip</name>
    <message>
        <source>关闭</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>出了点问题，刚才的操作没有完成。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请再试一次；还是不行，请按“呼叫帮助”。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这台机器的设置有误，有的功能用不了。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请按“呼叫帮助”告诉值班人员。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>设备没有反应。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请过一会儿再试，或按“呼叫帮助”。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这台机器没有装这个设备。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请用别的办法，或按“呼叫帮助”。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这一条没有记下来。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请再试一次；东西您照常可以用。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>机器存满了，这一条没有记下来。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>东西您照常可以用；请按“呼叫帮助”告诉值班人员。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没有找到，可能已经撤下了。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请返回，看看别的。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>密码不对。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请再输一次；连错五次会锁五分钟。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>密码错了太多次，暂时锁住了。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请过几分钟再来。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>现在连不上网。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>喝水、休息、领用、学习都照常；要联网的请过一会儿再试。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>市里的系统没有接受。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>shell</name>
    <message>
        <source>星期一</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>星期二</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>星期三</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>星期四</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>星期五</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>星期六</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>星期日</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>时间未校准</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{month}月{day}日 {weekday}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还在吗？没有动作的话，屏幕马上会回到开始。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>网络正常</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本机独立运行</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没有网络，照常使用；{count} 条等待上传</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没有网络，照常使用</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
