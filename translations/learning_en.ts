<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>CourseListPage</name>
    <message>
        <source>学一点儿</source>
        <translation>Learn something</translation>
    </message>
    <message>
        <source>视频不长，随时停，下次接着看。</source>
        <translation>Short films. Stop at any time and go on next time.</translation>
    </message>
    <message>
        <source>U 盘里的课程</source>
        <translation>Courses on the stick</translation>
    </message>
    <message>
        <source>U 盘里没有课程包</source>
        <translation>There is no course on the stick</translation>
    </message>
    <message>
        <source>%1：装好了</source>
        <translation>%1: installed</translation>
    </message>
    <message>
        <source>%1：早就有了</source>
        <translation>%1: was here already</translation>
    </message>
    <message>
        <source>%1：%2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>这里还没有课程</source>
        <translation>There are no courses here yet</translation>
    </message>
    <message>
        <source>联网后会自动送来；也可以用 U 盘带来。</source>
        <translation>They come by themselves with the network, or on a USB stick.</translation>
    </message>
    <message>
        <source>还没有传到，约 %1 分钟</source>
        <translation>Not here yet, about %1 min</translation>
    </message>
    <message>
        <source>学完了</source>
        <translation>Finished</translation>
    </message>
    <message>
        <source>看完了，还有小测</source>
        <translation>Watched; the quiz is left</translation>
    </message>
    <message>
        <source>约 %1 分钟</source>
        <translation>About %1 min</translation>
    </message>
    <message>
        <source>看了 %1%，继续看</source>
        <translation>%1% watched, go on</translation>
    </message>
    <message>
        <source>正在看 U 盘…</source>
        <translation>Reading the stick…</translation>
    </message>
    <message>
        <source>从 U 盘装课程</source>
        <translation>Courses from a USB stick</translation>
    </message>
</context>
<context>
    <name>CoursePage</name>
    <message>
        <source>视频还没有传到这台机器上</source>
        <translation>The film has not reached this terminal yet</translation>
    </message>
    <message>
        <source>您已学完这门课</source>
        <translation>You have finished this course</translation>
    </message>
    <message>
        <source>视频看完了，做小测吧</source>
        <translation>Film watched; now the quiz</translation>
    </message>
    <message>
        <source>上次看到 %1，可以接着看</source>
        <translation>You stopped at %1 and can go on</translation>
    </message>
    <message>
        <source>约 %1 分钟</source>
        <translation>About %1 min</translation>
    </message>
    <message>
        <source>学了 %1%，可以接着学</source>
        <translation>%1% done; go on where you stopped</translation>
    </message>
    <message>
        <source>没有亮会员码也能学；想要证书，请先亮会员码。</source>
        <translation>You can learn without a member code; for a certificate, show it first.</translation>
    </message>
    <message>
        <source>%1 张图</source>
        <translation>%1 pictures</translation>
    </message>
    <message>
        <source>完成了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>先完成前面的</source>
        <translation>First what comes before</translation>
    </message>
    <message>
        <source>看我的证书</source>
        <translation>My certificate</translation>
    </message>
    <message>
        <source>做小测</source>
        <translation>Take the quiz</translation>
    </message>
    <message>
        <source>继续看</source>
        <translation>Go on watching</translation>
    </message>
    <message>
        <source>再看一遍</source>
        <translation>Watch again</translation>
    </message>
    <message>
        <source>开始看</source>
        <translation>Start</translation>
    </message>
</context>
<context>
    <name>FilmPane</name>
    <message>
        <source>这一段看完了</source>
        <translation>This film is over</translation>
    </message>
    <message>
        <source>正在打开…</source>
        <translation>Opening…</translation>
    </message>
</context>
<context>
    <name>PlayPage</name>
    <message>
        <source>播放进度</source>
        <translation>Progress of the film</translation>
    </message>
    <message>
        <source>退 10 秒</source>
        <translation>Back 10 s</translation>
    </message>
    <message>
        <source>关字幕</source>
        <translation>Captions off</translation>
    </message>
    <message>
        <source>开字幕</source>
        <translation>Captions on</translation>
    </message>
    <message>
        <source>做小测</source>
        <translation>Take the quiz</translation>
    </message>
    <message>
        <source>回到课程</source>
        <translation>To the course</translation>
    </message>
    <message>
        <source>再看一遍</source>
        <translation>Watch again</translation>
    </message>
    <message>
        <source>视频</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>这段视频现在放不了</source>
        <translation>This film cannot be played now</translation>
    </message>
    <message>
        <source>第一遍不能快进，可以往回看。</source>
        <translation>No skipping ahead the first time; going back is fine.</translation>
    </message>
    <message>
        <source>进 10 秒</source>
        <translation>On 10 s</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>播放</source>
        <translation>Play</translation>
    </message>
</context>
<context>
    <name>QuizPage</name>
    <message>
        <source>小测</source>
        <translation>Quiz</translation>
    </message>
    <message>
        <source>第 %1 题，共 %2 题</source>
        <translation>Question %1 of %2</translation>
    </message>
    <message>
        <source>可以选几个</source>
        <translation>More than one may be right</translation>
    </message>
    <message>
        <source>对</source>
        <translation>True</translation>
    </message>
    <message>
        <source>错</source>
        <translation>False</translation>
    </message>
    <message>
        <source>上一题</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>交卷</source>
        <translation>Hand in</translation>
    </message>
    <message>
        <source>下一题</source>
        <translation>Next</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>通过了</source>
        <translation>Passed</translation>
    </message>
    <message>
        <source>这次没有通过</source>
        <translation>Not passed this time</translation>
    </message>
    <message>
        <source>答对 %1 题，共 %2 题：%3 分（%4 分通过）</source>
        <translation>%1 of %2 right: %3 points (%4 to pass)</translation>
    </message>
    <message>
        <source>还可以再做 %1 次。</source>
        <translation>Tries left: %1.</translation>
    </message>
    <message>
        <source>可以再看看视频，下次来时再做。</source>
        <translation>Watch the film again and try when you next come.</translation>
    </message>
    <message>
        <source>您以前就学完了，这一次不另记。</source>
        <translation>You passed this before; this try is not recorded again.</translation>
    </message>
    <message>
        <source>证书的二维码</source>
        <translation>QR code of the certificate</translation>
    </message>
    <message>
        <source>学习证书</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>编号 %1</source>
        <translation>Number %1</translation>
    </message>
    <message>
        <source>%1，%2 分</source>
        <translation>%1, %2 points</translation>
    </message>
    <message>
        <source>用手机扫一扫，就能查到真假。</source>
        <translation>Scan it with a phone to check it.</translation>
    </message>
    <message>
        <source>请拍下来保存；工会的查询页能辨真假。</source>
        <translation>Take a photo of it; the union&apos;s page can check it.</translation>
    </message>
    <message>
        <source>亮一下会员码，就能得到证书。</source>
        <translation>Show your member code to get the certificate.</translation>
    </message>
    <message>
        <source>对</source>
        <translation>True</translation>
    </message>
    <message>
        <source>错</source>
        <translation>False</translation>
    </message>
    <message>
        <source>您答对了：%1</source>
        <translation>Right: %1</translation>
    </message>
    <message>
        <source>您没有选</source>
        <translation>You chose nothing</translation>
    </message>
    <message>
        <source>您答的是：%1</source>
        <translation>Your answer: %1</translation>
    </message>
    <message>
        <source>正确答案：%1</source>
        <translation>The right answer: %1</translation>
    </message>
    <message>
        <source>亮会员码</source>
        <translation>Show my code</translation>
    </message>
    <message>
        <source>再看一遍</source>
        <translation>Watch again</translation>
    </message>
    <message>
        <source>再做一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>回到课程</source>
        <translation>To the course</translation>
    </message>
</context>
<context>
    <name>SlidesPage</name>
    <message>
        <source>图片</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>这一组图看完了</source>
        <translation>You have seen all the pictures</translation>
    </message>
    <message>
        <source>这组图现在看不了</source>
        <translation>These pictures cannot be shown now</translation>
    </message>
    <message>
        <source>第 %1 张，共 %2 张</source>
        <translation>Picture %1 of %2</translation>
    </message>
    <message>
        <source>上一张</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>看完了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>下一张</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>做小测</source>
        <translation>Take the quiz</translation>
    </message>
    <message>
        <source>回到课程</source>
        <translation>To the course</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>请看看别的课程，过一会儿再来。</source>
        <translation>Please look at another course and come back later.</translation>
    </message>
    <message>
        <source>请按“呼叫帮助”告诉值班人员；别的课程照常能看。</source>
        <translation>Please press “Call for help” and tell the staff; other courses work.</translation>
    </message>
    <message>
        <source>请把 U 盘交还给带来它的人，换一份完整的。</source>
        <translation>Please give the stick back to whoever brought it and ask for a whole copy.</translation>
    </message>
    <message>
        <source>这门课现在不能学。</source>
        <translation>This course cannot be taken now.</translation>
    </message>
    <message>
        <source>这门课的视频还没有传到这台机器上。</source>
        <translation>The film of this course has not reached this terminal yet.</translation>
    </message>
    <message>
        <source>这次学习已经结束了，前面的进度记下了。</source>
        <translation>This sitting is over; how far you came is recorded.</translation>
    </message>
    <message>
        <source>请返回课程，再点“继续看”。</source>
        <translation>Please go back to the course and press “Go on watching”.</translation>
    </message>
    <message>
        <source>看完视频才能做小测。</source>
        <translation>The quiz comes after the film.</translation>
    </message>
    <message>
        <source>请返回课程，把视频看完。</source>
        <translation>Please go back to the course and watch the film.</translation>
    </message>
    <message>
        <source>这次来，小测的 {tries} 次机会都用完了。</source>
        <translation>All {tries} tries of this visit are used.</translation>
    </message>
    <message>
        <source>可以再看看视频，下次来驿站时再做。</source>
        <translation>Watch the film again and try at your next visit.</translation>
    </message>
    <message>
        <source>这段视频在这台机器上放不出来。</source>
        <translation>This film cannot be played on this terminal.</translation>
    </message>
    <message>
        <source>这门课还没有您的证书。</source>
        <translation>There is no certificate of yours for this course yet.</translation>
    </message>
    <message>
        <source>看完课程、通过小测，并出示会员码，就有证书。</source>
        <translation>Watch the course, pass the quiz and show your member code to get one.</translation>
    </message>
    <message>
        <source>这个课程包不能用。</source>
        <translation>This course pack cannot be used.</translation>
    </message>
    <message>
        <source>U 盘上的课程包读不出来。</source>
        <translation>The course pack on the stick cannot be read.</translation>
    </message>
    <message>
        <source>请拔下 U 盘再插一次；还是不行，就换一个 U 盘。</source>
        <translation>Please unplug the stick and plug it in again; if that fails, use another one.</translation>
    </message>
    <message>
        <source>课程包坏了，或者被人改过，没有装。</source>
        <translation>The course pack is damaged or was changed; it was not installed.</translation>
    </message>
    <message>
        <source>课程包太大，这台机器不收。</source>
        <translation>The course pack is too large for this terminal.</translation>
    </message>
    <message>
        <source>课程包里有不安全的内容，没有装。</source>
        <translation>The course pack holds something unsafe; it was not installed.</translation>
    </message>
    <message>
        <source>课程包不是工会认可的单位发布的，没有装。</source>
        <translation>The course pack is not from a publisher the union knows; it was not installed.</translation>
    </message>
    <message>
        <source>请换用工会发的课程包；有疑问请按“呼叫帮助”。</source>
        <translation>Please use a pack from the union; if in doubt press “Call for help”.</translation>
    </message>
    <message>
        <source>课程包里的课程做得有毛病，没有装。</source>
        <translation>The course in the pack is faulty; it was not installed.</translation>
    </message>
    <message>
        <source>请告诉发布课程的单位，改好后再来。</source>
        <translation>Please tell its publisher and come back when it is mended.</translation>
    </message>
</context>
<context>
    <name>tiles</name>
    <message>
        <source>学一点儿</source>
        <translation>Learn something</translation>
    </message>
    <message>
        <source>短视频和小测，有证书</source>
        <translation>Short films, a quiz, a certificate</translation>
    </message>
</context>
</TS>
