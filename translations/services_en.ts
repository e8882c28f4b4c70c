<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>HoursCard</name>
    <message>
        <source>开放时间</source>
        <translation>Opening hours</translation>
    </message>
    <message>
        <source>这两周里不一样的日子</source>
        <translation>Different in the next two weeks</translation>
    </message>
</context>
<context>
    <name>ServiceDetailPage</name>
    <message>
        <source>这里现在没有这项服务</source>
        <translation>This service is not offered here now</translation>
    </message>
    <message>
        <source>二维码，用手机扫一扫接着办</source>
        <translation>QR code to go on with on your phone</translation>
    </message>
    <message>
        <source>用手机接着办</source>
        <translation>Go on with your phone</translation>
    </message>
    <message>
        <source>手机扫一扫左边的码。没有手机也一样办：按下面的“呼叫值班”。</source>
        <translation>Scan the code with your phone. No phone? Call the desk below: it is just as good.</translation>
    </message>
    <message>
        <source>谁可以办</source>
        <translation>Who may use it</translation>
    </message>
    <message>
        <source>要带什么</source>
        <translation>What to bring</translation>
    </message>
    <message>
        <source>多少钱</source>
        <translation>Cost</translation>
    </message>
    <message>
        <source>在哪儿办</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>呼叫值班，请人帮我办</source>
        <translation>Call the desk for help with this</translation>
    </message>
    <message>
        <source>看看别的服务</source>
        <translation>See the other services</translation>
    </message>
</context>
<context>
    <name>ServicesListPage</name>
    <message>
        <source>办事服务</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>点一项，看什么时候开、要带什么、怎么办。</source>
        <translation>Touch one to see hours, what to bring and how it works.</translation>
    </message>
    <message>
        <source>分类</source>
        <translation>Categories</translation>
    </message>
    <message>
        <source>还没有服务</source>
        <translation>No services yet</translation>
    </message>
    <message>
        <source>市里发布以后就会出现在这里；有事请按“呼叫帮助”。</source>
        <translation>They appear here when the city publishes them. If you need something, press Call for help.</translation>
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
        <source>这项服务已经撤下，或者过了时间。</source>
        <translation>This service has been withdrawn, or its time is over.</translation>
    </message>
    <message>
        <source>请返回看看别的服务；想知道去哪儿办，请按“呼叫帮助”。</source>
        <translation>Go back to the other services, or press Call for help to ask where to go.</translation>
    </message>
</context>
<context>
    <name>services</name>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
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
</context>
<context>
    <name>tiles</name>
    <message>
        <source>办事服务</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>体检、法律、入会、帮扶…</source>
        <translation>Health, law, membership, hardship…</translation>
    </message>
</context>
</TS>
