<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>DoorPage</name>
    <message>
        <source>开门进站</source>
        <translation>Come in</translation>
    </message>
    <message>
        <source>亮会员码</source>
        <translation>Show your code</translation>
    </message>
    <message>
        <source>手机上的码，或会员卡</source>
        <translation>On a phone, or a member card</translation>
    </message>
    <message>
        <source>刷身份证</source>
        <translation>ID card</translation>
    </message>
    <message>
        <source>把身份证平放在读卡区，等听到声音再拿开。号码不保存。</source>
        <translation>Lay your ID card flat on the reader and wait for the sound. Its number is not kept.</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>DoorStrip</name>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>entry</name>
    <message>
        <source>天气不好，门开了，快请进。</source>
        <translation>The weather is bad. The door is open, come in.</translation>
    </message>
    <message>
        <source>值班员暂时联系不上，门为您开了，请进。</source>
        <translation>The desk cannot be reached, so the door is open for you. Come in.</translation>
    </message>
    <message>
        <source>门开了，请进。</source>
        <translation>The door is open. Come in.</translation>
    </message>
    <message>
        <source>正在呼叫值班员，请稍等。</source>
        <translation>Calling the duty desk. Please wait.</translation>
    </message>
    <message>
        <source>门没有打开。</source>
        <translation>The door did not open.</translation>
    </message>
    <message>
        <source>驿站现在不开放。</source>
        <translation>The station is closed now.</translation>
    </message>
    <message>
        <source>请亮会员码，或者刷身份证。</source>
        <translation>Please show your code, or lay your ID card on the reader.</translation>
    </message>
    <message>
        <source>这个时间要用会员码，或登记过的身份证开门。</source>
        <translation>At this hour the door opens for a member code or a registered ID card.</translation>
    </message>
    <message>
        <source>这个驿站不向这类会员开放。</source>
        <translation>This station is not open to this kind of membership.</translation>
    </message>
    <message>
        <source>里面人满了，请稍等一会儿再来。</source>
        <translation>It is full inside. Please come back in a little while.</translation>
    </message>
    <message>
        <source>这个码刚刚开过门。</source>
        <translation>This code opened the door a moment ago.</translation>
    </message>
    <message>
        <source>这个码或证件现在不能用。</source>
        <translation>This code or card cannot be used now.</translation>
    </message>
    <message>
        <source>可以按门铃找值班员。</source>
        <translation>You can ring the bell to ask the duty desk.</translation>
    </message>
    <message>
        <source>请再试一次，或者按门铃找值班员。</source>
        <translation>Please try again, or ring the bell to ask the duty desk.</translation>
    </message>
    <message>
        <source>值班员现在联系不上。有危险请打 {numbers}。</source>
        <translation>The duty desk cannot be reached now. In danger, dial {numbers}.</translation>
    </message>
    <message>
        <source>这张身份证过期了。</source>
        <translation>This ID card has expired.</translation>
    </message>
    <message>
        <source>门被打开了，可是没有人获准进来。</source>
        <translation>The door was opened, and nobody had been let in.</translation>
    </message>
    <message>
        <source>门一直开着，请随手关门。</source>
        <translation>The door is still open. Please close it.</translation>
    </message>
    <message>
        <source>现在谁都可以进，按一下就开门。</source>
        <translation>Everybody may come in now. Press once and the door opens.</translation>
    </message>
    <message>
        <source>亮会员码，或者刷身份证，门就开。</source>
        <translation>The door opens for a member code or an ID card.</translation>
    </message>
    <message>
        <source>现在要用会员码，或登记过的身份证开门。</source>
        <translation>The door now opens for a member code or a registered ID card.</translation>
    </message>
    <message>
        <source>现在不开放，值班员可以为您开门。</source>
        <translation>Closed now. The duty desk can open for you.</translation>
    </message>
    <message>
        <source>开门</source>
        <translation>Open the door</translation>
    </message>
    <message>
        <source>按门铃，找值班员</source>
        <translation>Ring the duty desk</translation>
    </message>
</context>
<context>
    <name>tiles</name>
    <message>
        <source>开门进站</source>
        <translation>Come in</translation>
    </message>
    <message>
        <source>会员码、身份证，或按门铃</source>
        <translation>By code, ID card or bell</translation>
    </message>
</context>
</TS>
