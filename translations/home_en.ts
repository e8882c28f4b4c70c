<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>HomePage</name>
    <message>
        <source>您好，请选择</source>
        <translation>Hello, please choose</translation>
    </message>
    <message>
        <source>欢迎，请选择</source>
        <translation>Welcome, please choose</translation>
    </message>
</context>
</TS>
