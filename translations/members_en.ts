<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>CameraCard</name>
    <message>
        <source>镜头的画面</source>
        <translation>The camera&apos;s picture</translation>
    </message>
</context>
<context>
    <name>DemoCard</name>
    <message>
        <source>演示：这台机器的镜头是模拟的。选一个码，放到镜头前。</source>
        <translation>Demonstration: the camera here is simulated. Choose a code to hold before it.</translation>
    </message>
</context>
<context>
    <name>FacePage</name>
    <message>
        <source>请看着镜头</source>
        <translation>Look into the camera</translation>
    </message>
    <message>
        <source>记住了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>您的人脸在这台机器上</source>
        <translation>Your face is known here</translation>
    </message>
    <message>
        <source>没有拍成</source>
        <translation>It did not work</translation>
    </message>
    <message>
        <source>已经删掉了</source>
        <translation>Deleted</translation>
    </message>
    <message>
        <source>要用人脸吗？</source>
        <translation>Use your face?</translation>
    </message>
    <message>
        <source>自愿的。不用人脸，会员码、身份证、门铃一样进得来。</source>
        <translation>Only if you want. Code, ID card and bell let you in just as well.</translation>
    </message>
    <message>
        <source>一直没有看清一张脸。请站近一点，别背着光，一个人站在镜头前再试。</source>
        <translation>No face was seen clearly. Come closer, not against the light, alone before the camera, and try again.</translation>
    </message>
    <message>
        <source>这台机器上没有您的人脸了。要用，随时可以再来。</source>
        <translation>Your face is no longer on this machine. You may come back to it at any time.</translation>
    </message>
    <message>
        <source>只存在这台机器里，是一串加了密的数字，不是照片。不想要了，按“删掉我的人脸”。</source>
        <translation>It is on this machine alone: encrypted numbers, no picture. If you do not want it any more, press “Delete my face”.</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>同意，用人脸</source>
        <translation>I agree, use my face</translation>
    </message>
    <message>
        <source>删掉我的人脸</source>
        <translation>Delete my face</translation>
    </message>
    <message>
        <source>好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>不用人脸</source>
        <translation>No face</translation>
    </message>
</context>
<context>
    <name>HoldCard</name>
    <message>
        <source>手机：打开“工会会员码”，屏幕调亮</source>
        <translation>Phone: open your member code, turn the screen bright</translation>
    </message>
    <message>
        <source>会员卡：有码的一面朝镜头</source>
        <translation>Card: turn the side with the code to the camera</translation>
    </message>
    <message>
        <source>离镜头一尺左右，拿稳，停一停</source>
        <translation>About 30 cm away; hold it still for a moment</translation>
    </message>
</context>
<context>
    <name>KeptCard</name>
    <message>
        <source>我们记下什么</source>
        <translation>What we keep</translation>
    </message>
    <message>
        <source>身份证：不存号码、照片和住址，只留一个认得出这张证的记号</source>
        <translation>ID card: no number, photo or address; only a mark by which this card is known again</translation>
    </message>
    <message>
        <source>姓名和手机号：加密后交给工会，这台机器自己也看不到</source>
        <translation>Name and number: encrypted for the union; not even this machine can read them</translation>
    </message>
    <message>
        <source>您做什么工作，用来安排服务</source>
        <translation>What you work as, to plan services</translation>
    </message>
    <message>
        <source>不想要了，告诉值班人员，随时作废</source>
        <translation>Tell the desk when you want it gone; it ends at once</translation>
    </message>
</context>
<context>
    <name>NewCodePage</name>
    <message>
        <source>您登记过，还是这个码</source>
        <translation>You registered before: the same code</translation>
    </message>
    <message>
        <source>登记好了，这是您的会员码</source>
        <translation>This is your member code</translation>
    </message>
    <message>
        <source>扫一扫，存到手机</source>
        <translation>Scan to keep it on your phone</translation>
    </message>
    <message>
        <source>您的会员码</source>
        <translation>Your member code</translation>
    </message>
    <message>
        <source>打开会员码的网址</source>
        <translation>The address that opens your member code</translation>
    </message>
    <message>
        <source>用微信或者手机相机扫这个码，手机要能上网</source>
        <translation>Scan it with WeChat or the camera of a phone that is online</translation>
    </message>
    <message>
        <source>打开后长按会员码，存到手机相册里</source>
        <translation>Then press and hold the code to save it to your photos</translation>
    </message>
    <message>
        <source>工会核对后，再打开这个网址，就是长期的码</source>
        <translation>Once the union has checked it, the same address shows a lasting code</translation>
    </message>
    <message>
        <source>用手机拍下来，下次把照片亮给镜头就行</source>
        <translation>Take a picture of it; next time show the picture to the camera</translation>
    </message>
    <message>
        <source>有效到 %1。联网核对后，工会会换成长期的</source>
        <translation>Good until %1. The union replaces it with a lasting one once it has been checked</translation>
    </message>
    <message>
        <source>这里马上能用，别的驿站联网后也能用</source>
        <translation>Good here at once, and at other stations when they have heard</translation>
    </message>
    <message>
        <source>正在打印…</source>
        <translation>Printing…</translation>
    </message>
    <message>
        <source>打印好了，请拿走</source>
        <translation>Printed: please take it</translation>
    </message>
    <message>
        <source>没有打印出来，可能没有纸了。请用手机拍下码</source>
        <translation>It was not printed, perhaps there is no paper. Take a picture of the code with a phone</translation>
    </message>
    <message>
        <source>没有手机也行：下次刷身份证，或者请值班人员打印一张卡。</source>
        <translation>No phone? Use your ID card next time, or have the desk print a card.</translation>
    </message>
    <message>
        <source>选服务</source>
        <translation>Choose a service</translation>
    </message>
    <message>
        <source>看会员码</source>
        <translation>Show the code</translation>
    </message>
    <message>
        <source>发到手机</source>
        <translation>Send to phone</translation>
    </message>
    <message>
        <source>打印在纸上</source>
        <translation>Print it on paper</translation>
    </message>
    <message>
        <source>用完了</source>
        <translation>I am done</translation>
    </message>
</context>
<context>
    <name>OccupationPage</name>
    <message>
        <source>您做什么工作？</source>
        <translation>What is your work?</translation>
    </message>
    <message>
        <source>选一个最像的，会员码马上就有。</source>
        <translation>Choose what fits best; your code comes at once.</translation>
    </message>
</context>
<context>
    <name>PersonPage</name>
    <message>
        <source>您叫什么名字？</source>
        <translation>What is your name?</translation>
    </message>
    <message>
        <source>您的手机号</source>
        <translation>Your mobile number</translation>
    </message>
    <message>
        <source>加密后交给工会，别人看不到。</source>
        <translation>Encrypted for the union; nobody else can read it.</translation>
    </message>
    <message>
        <source>在这里写姓名</source>
        <translation>Write your name here</translation>
    </message>
    <message>
        <source>请按 11 位手机号。</source>
        <translation>Enter the 11 digits.</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>改姓名</source>
        <translation>Change the name</translation>
    </message>
</context>
<context>
    <name>RegisterPage</name>
    <message>
        <source>登记，领会员码</source>
        <translation>Register for a member code</translation>
    </message>
    <message>
        <source>一分钟，不要钱。不登记也可以喝水、休息。</source>
        <translation>One minute, free. Water and rest need no code.</translation>
    </message>
    <message>
        <source>这里现在不能登记</source>
        <translation>Registering is not possible here now</translation>
    </message>
    <message>
        <source>要会员码，请按“呼叫帮助”，值班人员告诉您到哪里办。</source>
        <translation>If you want a code, press “Call for help”; the desk tells you where to get one.</translation>
    </message>
    <message>
        <source>用刚才的身份证登记</source>
        <translation>Register with the card that was read</translation>
    </message>
    <message>
        <source>刷身份证</source>
        <translation>Use your ID card</translation>
    </message>
    <message>
        <source>读到了，按这里接着办</source>
        <translation>It was read; press here to go on</translation>
    </message>
    <message>
        <source>把身份证平放在读卡区，等听到声音再拿开</source>
        <translation>Lay it flat on the reader until you hear the sound</translation>
    </message>
    <message>
        <source>写姓名和手机号</source>
        <translation>Write name and mobile number</translation>
    </message>
    <message>
        <source>没带身份证，用这个</source>
        <translation>If you have no card with you</translation>
    </message>
</context>
<context>
    <name>ShowCodePage</name>
    <message>
        <source>认出您了</source>
        <translation>You are recognised</translation>
    </message>
    <message>
        <source>亮会员码</source>
        <translation>Show your code</translation>
    </message>
    <message>
        <source>没有会员码也没关系，喝水、休息都不用码。</source>
        <translation>No code? That is fine: water and rest need none.</translation>
    </message>
    <message>
        <source>领东西、看课、办事照样可以，只是不记在会员码下。</source>
        <translation>You can still take things, learn and use every service; it is just not kept under your code.</translation>
    </message>
    <message>
        <source>选服务</source>
        <translation>Choose a service</translation>
    </message>
    <message>
        <source>没有码，登记一个</source>
        <translation>No code? Register</translation>
    </message>
    <message>
        <source>人脸</source>
        <translation>Face</translation>
    </message>
    <message>
        <source>用完了</source>
        <translation>I am done</translation>
    </message>
    <message>
        <source>不亮码，直接用</source>
        <translation>Go on without a code</translation>
    </message>
</context>
<context>
    <name>WelcomeCard</name>
    <message>
        <source>领东西会记在会员码下，不记您的名字</source>
        <translation>What you take is kept under your code, never your name</translation>
    </message>
    <message>
        <source>学习会接着您上次的地方</source>
        <translation>Courses go on where you stopped</translation>
    </message>
    <message>
        <source>用完请按“用完了”，下一位看不到您的内容</source>
        <translation>Press “I am done” when you leave; the next person sees nothing of yours</translation>
    </message>
</context>
<context>
    <name>members</name>
    <message>
        <source>看到码了，请再靠近一点。</source>
        <translation>I can see the code. Please come a little closer.</translation>
    </message>
    <message>
        <source>太近了，请往后退一点。</source>
        <translation>Too close. Please move back a little.</translation>
    </message>
    <message>
        <source>码上有反光，请稍微斜一点，避开灯光。</source>
        <translation>The code reflects a lamp. Please tilt it a little.</translation>
    </message>
    <message>
        <source>码太暗了，请把手机屏幕调亮。</source>
        <translation>The code is too dark. Please make the screen brighter.</translation>
    </message>
    <message>
        <source>看到码了，请拿稳，停一停。</source>
        <translation>I can see the code. Please hold it still.</translation>
    </message>
    <message>
        <source>请把会员码对着镜头，离开一尺左右。</source>
        <translation>Hold your code up to the camera, about 30 cm away.</translation>
    </message>
    <message>
        <source>这里的镜头用不了。请把会员码对着扫码口。</source>
        <translation>The camera is not working. Please hold your code to the scanner.</translation>
    </message>
    <message>
        <source>这里的镜头用不了，现在不能亮码。</source>
        <translation>The camera is not working, so codes cannot be shown now.</translation>
    </message>
    <message>
        <source>身份证读到了，可是还没有登记成会员。喝水、休息都不用登记。</source>
        <translation>The ID card was read, but it is not registered to a member. Water and rest need no registration.</translation>
    </message>
    <message>
        <source>登记好了。请用手机拍下屏幕上的码，下次亮给镜头就行。</source>
        <translation>You are registered. Take a picture of the code on the screen with your phone, and show it to the camera next time.</translation>
    </message>
    <message>
        <source>这张身份证过期了。喝水、休息都不用证件。</source>
        <translation>This ID card has expired. Water and rest need no card.</translation>
    </message>
    <message>
        <source>没有读完，请把身份证平放好，等听到声音再拿开。</source>
        <translation>It was not read to the end. Please lay the ID card flat, and wait for the sound.</translation>
    </message>
    <message>
        <source>这张身份证读不出来。可以亮会员码，或者按“呼叫帮助”。</source>
        <translation>This ID card cannot be read. You can show a member code, or press “Call for help”.</translation>
    </message>
    <message>
        <source>您好，{tier}！</source>
        <translation>Hello, {tier}!</translation>
    </message>
    <message>
        <source>您好，会员！</source>
        <translation>Hello, member!</translation>
    </message>
    <message>
        <source>看着镜头，别动，几秒钟就好。</source>
        <translation>Look into the camera and keep still for a few seconds.</translation>
    </message>
    <message>
        <source>没有看到脸，请站到镜头前面。</source>
        <translation>No face in view: stand before the camera.</translation>
    </message>
    <message>
        <source>看到好几个人，请一个人站在镜头前。</source>
        <translation>There are several people: one at a time, please.</translation>
    </message>
    <message>
        <source>请再近一点。</source>
        <translation>A little closer, please.</translation>
    </message>
    <message>
        <source>请看着镜头，别动。</source>
        <translation>Look into the camera and keep still.</translation>
    </message>
    <message>
        <source>工会会员码</source>
        <translation>Union member code</translation>
    </message>
    <message>
        <source>有效到 {day}</source>
        <translation>Good until {day}</translation>
    </message>
    <message>
        <source>下次来，把码对着镜头</source>
        <translation>Next time hold it up to the camera</translation>
    </message>
    <message>
        <source>{station}</source>
        <translation>{station}</translation>
    </message>
    <message>
        <source>由谁：本驿站所属的工会。做什么：让您空着手也能开门、登录。</source>
        <translation>Who: the union of this station. What for: so that you get in and are known with empty hands.</translation>
    </message>
    <message>
        <source>怎么做：镜头看几秒，变成一串数字，加密存在这台机器里。不存照片，不上传，不给别人。</source>
        <translation>How: the camera looks for some seconds and makes numbers of it, kept encrypted in this machine. No picture is kept, nothing is sent, nobody else gets it.</translation>
    </message>
    <message>
        <source>存多久：{days} 天不来就自动删掉；您随时可以在这里删掉，马上生效。</source>
        <translation>How long: it is deleted after {days} days without a visit; you can delete it here at any time, at once.</translation>
    </message>
    <message>
        <source>不愿意没有关系：会员码、身份证和门铃照样用，什么都不少。</source>
        <translation>If you do not want it: code, card and bell work as before, and you miss nothing.</translation>
    </message>
    <message>
        <source>不满十四岁，请不要用人脸。</source>
        <translation>Not for anybody under fourteen.</translation>
    </message>
    <message>
        <source>外卖骑手</source>
        <translation>Food delivery</translation>
    </message>
    <message>
        <source>快递员</source>
        <translation>Courier</translation>
    </message>
    <message>
        <source>出租、网约车司机</source>
        <translation>Taxi, ride-hailing</translation>
    </message>
    <message>
        <source>货车司机</source>
        <translation>Lorry driver</translation>
    </message>
    <message>
        <source>环卫工</source>
        <translation>Street cleaning</translation>
    </message>
    <message>
        <source>建筑工人</source>
        <translation>Building work</translation>
    </message>
    <message>
        <source>保安、物业</source>
        <translation>Security, property</translation>
    </message>
    <message>
        <source>家政、护工</source>
        <translation>Home help, care</translation>
    </message>
    <message>
        <source>摆摊、零售</source>
        <translation>Stall, shop</translation>
    </message>
    <message>
        <source>其他工作</source>
        <translation>Other work</translation>
    </message>
    <message>
        <source>骑手（工会会员）</source>
        <translation>Rider (union member)</translation>
    </message>
    <message>
        <source>司机（工匠会员）</source>
        <translation>Driver (master craftsman)</translation>
    </message>
    <message>
        <source>环卫工（劳动模范）</source>
        <translation>Cleaner (model worker)</translation>
    </message>
    <message>
        <source>过期的码</source>
        <translation>An expired code</translation>
    </message>
    <message>
        <source>作废的码</source>
        <translation>A revoked code</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>不亮码也可以喝水、休息。要帮忙，请按“呼叫帮助”。</source>
        <translation>You can drink and rest without a code. For help, press “Call for help”.</translation>
    </message>
    <message>
        <source>喝水、休息都不用登记。要帮忙，请按“呼叫帮助”。</source>
        <translation>Water and rest need no registration. If you need help, press “Call for help”.</translation>
    </message>
    <message>
        <source>这个码现在不能用。</source>
        <translation>This code cannot be used now.</translation>
    </message>
    <message>
        <source>这不是会员码。</source>
        <translation>This is not a member code.</translation>
    </message>
    <message>
        <source>请打开手机里的“工会会员码”，或拿出会员卡，再试一次。</source>
        <translation>Open the union member code on your phone, or take your card, and try again.</translation>
    </message>
    <message>
        <source>这个会员码不完整，或者不是真的。</source>
        <translation>This member code is not whole, or not genuine.</translation>
    </message>
    <message>
        <source>请把整个码露出来，擦干净再试；还是不行，请到发码的地方换一张。</source>
        <translation>Show the whole code, clean it and try again; if that fails, get a new one where it was issued.</translation>
    </message>
    <message>
        <source>这个码不是本市工会发的，这里认不出来。</source>
        <translation>This code is not from this city&apos;s union and is not known here.</translation>
    </message>
    <message>
        <source>请用本市的会员码；外地会员请按“呼叫帮助”，值班人员帮您办。</source>
        <translation>Use a code of this city; members from elsewhere press “Call for help” and the duty desk helps.</translation>
    </message>
    <message>
        <source>这个会员码过期了。</source>
        <translation>This member code has expired.</translation>
    </message>
    <message>
        <source>手机上的码请刷新一下再亮；卡片请到发卡的地方换新的。</source>
        <translation>On a phone, refresh the code and show it again; a card can be renewed where it was issued.</translation>
    </message>
    <message>
        <source>这个会员码还没有到生效的日子。</source>
        <translation>This member code is not valid yet.</translation>
    </message>
    <message>
        <source>请到生效那天再用；着急的话，请按“呼叫帮助”。</source>
        <translation>Use it from the day it is valid; if it cannot wait, press “Call for help”.</translation>
    </message>
    <message>
        <source>这个会员码已经作废了，可能挂失过，或者换过新的。</source>
        <translation>This member code was revoked; it may have been reported lost or replaced.</translation>
    </message>
    <message>
        <source>请用新的码；没有新码，请按“呼叫帮助”。</source>
        <translation>Use the new code; if you have none, press “Call for help”.</translation>
    </message>
    <message>
        <source>这台机器的时间不准，认不了手机上的限时码。</source>
        <translation>This machine&apos;s clock is not right, so it cannot check a timed code on a phone.</translation>
    </message>
    <message>
        <source>请换会员卡试试，或按“呼叫帮助”。</source>
        <translation>Try a member card, or press “Call for help”.</translation>
    </message>
    <message>
        <source>这个限时码刚才已经用过了。</source>
        <translation>This timed code was already used.</translation>
    </message>
    <message>
        <source>请在手机上刷新出一个新码，不要用截图。</source>
        <translation>Refresh the code on your phone, and do not use a screenshot.</translation>
    </message>
    <message>
        <source>这台机器太久没有联网，现在不能核对会员码。</source>
        <translation>This machine was offline for too long to check member codes now.</translation>
    </message>
    <message>
        <source>不亮码也可以喝水、休息。要登记身份，请按“呼叫帮助”。</source>
        <translation>You can drink and rest without a code. To be registered, press “Call for help”.</translation>
    </message>
    <message>
        <source>码是好的。这位会员要求再看一下脸，请看着镜头。</source>
        <translation>The code is good. Its member wants the face to be looked at too: look into the camera.</translation>
    </message>
    <message>
        <source>看几秒钟就好；不想看，请按“呼叫帮助”。</source>
        <translation>It takes some seconds. If you do not want that, press “Call for help”.</translation>
    </message>
    <message>
        <source>看着不像这个码的主人。</source>
        <translation>This does not look like the member of that code.</translation>
    </message>
    <message>
        <source>请站近一点、摘下帽子再亮一次码；还是不行，请按“呼叫帮助”。</source>
        <translation>Come closer, take off your hat and show the code again; if it still fails, press “Call for help”.</translation>
    </message>
    <message>
        <source>没有打印出来。</source>
        <translation>It was not printed.</translation>
    </message>
    <message>
        <source>可能没有纸了。请用手机拍下屏幕上的码。</source>
        <translation>Perhaps there is no paper. Take a picture of the code with a phone.</translation>
    </message>
    <message>
        <source>现在不能登记。</source>
        <translation>Registering is not possible now.</translation>
    </message>
    <message>
        <source>请写下姓名，至少两个字，不要数字和符号。</source>
        <translation>Please write your name: at least two letters, no digits or signs.</translation>
    </message>
    <message>
        <source>姓名只有工会的工作人员能看到。</source>
        <translation>Only the union&apos;s staff can see it.</translation>
    </message>
    <message>
        <source>这不是手机号，应该是 1 开头的 11 位数字。</source>
        <translation>This is not a mobile number: it has 11 digits and begins with 1.</translation>
    </message>
    <message>
        <source>请看一下哪一位按错了，改好再按“下一步”。</source>
        <translation>See which digit is wrong, change it, and press “Next”.</translation>
    </message>
    <message>
        <source>这里现在不能用姓名和手机号登记。</source>
        <translation>Names and numbers cannot be registered here now.</translation>
    </message>
    <message>
        <source>要先读一下身份证。</source>
        <translation>Your ID card has to be read first.</translation>
    </message>
    <message>
        <source>请按“返回”，再把身份证平放在读卡区。</source>
        <translation>Go back and lay the card flat on the reader.</translation>
    </message>
    <message>
        <source>这台机器刚才登记的人太多了。</source>
        <translation>Too many people were registered here just now.</translation>
    </message>
    <message>
        <source>请等几分钟再试，或者按“呼叫帮助”。</source>
        <translation>Try again in a few minutes, or press “Call for help”.</translation>
    </message>
    <message>
        <source>这个文件打不开，不是图片也不是视频。</source>
        <translation>This file cannot be opened; it is neither a picture nor a video.</translation>
    </message>
    <message>
        <source>请换一个文件。</source>
        <translation>Please use another file.</translation>
    </message>
</context>
<context>
    <name>tiles</name>
    <message>
        <source>亮会员码</source>
        <translation>Show your code</translation>
    </message>
    <message>
        <source>手机上的码，或会员卡</source>
        <translation>On your phone, or a card</translation>
    </message>
</context>
</TS>
