<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>BusyMark</name>
    <message>
        <source>请稍等…</source>
        <translation>One moment…</translation>
    </message>
</context>
<context>
    <name>DigitPad</name>
    <message>
        <source>确定</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>删掉一位</source>
        <translation>Erase a digit</translation>
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
    <name>ProblemPanel</name>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>ScrollButtons</name>
    <message>
        <source>往上看</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>往下看</source>
        <translation>Down</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>减少%1</source>
        <translation>Less %1</translation>
    </message>
    <message>
        <source>增加%1</source>
        <translation>More %1</translation>
    </message>
</context>
</TS>
