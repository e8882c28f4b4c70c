<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>problems</name>
    <message>
        <source>请看看别的课程，过一会儿再来。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请按“呼叫帮助”告诉值班人员；别的课程照常能看。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请把 U 盘交还给带来它的人，换一份完整的。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这门课现在不能学。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这门课的视频还没有传到这台机器上。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这次学习已经结束了，前面的进度记下了。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请返回课程，再点“继续看”。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>看完视频才能做小测。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请返回课程，把视频看完。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这次来，小测的 {tries} 次机会都用完了。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>可以再看看视频，下次来驿站时再做。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这段视频在这台机器上放不出来。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这门课还没有您的证书。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>看完课程、通过小测，并出示会员码，就有证书。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这个课程包不能用。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>U 盘上的课程包读不出来。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请拔下 U 盘再插一次；还是不行，就换一个 U 盘。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>课程包坏了，或者被人改过，没有装。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>课程包太大，这台机器不收。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>课程包里有不安全的内容，没有装。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>课程包不是工会认可的单位发布的，没有装。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请换用工会发的课程包；有疑问请按“呼叫帮助”。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>课程包里的课程做得有毛病，没有装。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请告诉发布课程的单位，改好后再来。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
