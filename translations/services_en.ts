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
