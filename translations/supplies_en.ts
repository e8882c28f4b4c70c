<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>BigStepper</name>
    <message>
        <source>%1减 %2</source>
        <translation>%1: minus %2</translation>
    </message>
    <message>
        <source>%1加 %2</source>
        <translation>%1: plus %2</translation>
    </message>
</context>
<context>
    <name>CautionCard</name>
    <message>
        <source>再听一遍</source>
        <translation>Hear it again</translation>
    </message>
</context>
<context>
    <name>CountPage</name>
    <message>
        <source>盘点：%1</source>
        <translation>Count: %1</translation>
    </message>
    <message>
        <source>把数字改成架子上真正有的。</source>
        <translation>Change the numbers to what really lies there.</translation>
    </message>
    <message>
        <source>记下盘点</source>
        <translation>Save the count</translation>
    </message>
    <message>
        <source>%1 · 账上 %2</source>
        <translation>%1 · the book says %2</translation>
    </message>
    <message>
        <source>比账上多 %1</source>
        <translation>%1 more than in the book</translation>
    </message>
    <message>
        <source>比账上少 %1</source>
        <translation>%1 fewer than in the book</translation>
    </message>
</context>
<context>
    <name>DonePage</name>
    <message>
        <source>已撤销</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>看看物资</source>
        <translation>See the supplies</translation>
    </message>
    <message>
        <source>再拿点别的</source>
        <translation>Take something else</translation>
    </message>
    <message>
        <source>好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>库存、借用和今天的数量都恢复成原来的样子。</source>
        <translation>Stock, loans and today&apos;s count are as they were before.</translation>
    </message>
    <message>
        <source>谢谢您，请放回原处。</source>
        <translation>Thank you. Please put it back in its place.</translation>
    </message>
    <message>
        <source>账和架子对不上，已经列进值班人员的盘点清单。</source>
        <translation>The book and the shelf do not agree; it is on the volunteer&apos;s list for counting.</translation>
    </message>
</context>
<context>
    <name>ExpiryCard</name>
    <message>
        <source>好到哪一天</source>
        <translation>Good until</translation>
    </message>
    <message>
        <source>没有保质期</source>
        <translation>Does not expire</translation>
    </message>
    <message>
        <source>有保质期</source>
        <translation>Has an expiry date</translation>
    </message>
    <message>
        <source>早一个月</source>
        <translation>A month earlier</translation>
    </message>
    <message>
        <source>晚一个月</source>
        <translation>A month later</translation>
    </message>
    <message>
        <source>早一天</source>
        <translation>A day earlier</translation>
    </message>
    <message>
        <source>晚一天</source>
        <translation>A day later</translation>
    </message>
</context>
<context>
    <name>LoansPage</name>
    <message>
        <source>归还</source>
        <translation>Bring back</translation>
    </message>
    <message>
        <source>把东西放回原处，再点一下它。</source>
        <translation>Put it back in its place, then touch it here.</translation>
    </message>
    <message>
        <source>现在没有借出的东西</source>
        <translation>Nothing is lent at the moment</translation>
    </message>
    <message>
        <source>手里有本站的东西要还？点下面的“没有号码”。</source>
        <translation>Do you have something of this station&apos;s? Use &quot;No number&quot; below.</translation>
    </message>
    <message>
        <source>您借的</source>
        <translation>What you borrowed</translation>
    </message>
    <message>
        <source>%1 · %2 号</source>
        <translation>%1 · No. %2</translation>
    </message>
    <message>
        <source>%1借的，点这里归还</source>
        <translation>Borrowed on %1. Touch to bring it back</translation>
    </message>
    <message>
        <source>替别人还：点借用号</source>
        <translation>For somebody else: touch the loan number</translation>
    </message>
    <message>
        <source>点借用号</source>
        <translation>Touch the loan number</translation>
    </message>
    <message>
        <source>%1 号</source>
        <translation>No. %1</translation>
    </message>
    <message>
        <source>没有号码，或者忘了</source>
        <translation>No number, or forgotten</translation>
    </message>
    <message>
        <source>归还%1</source>
        <translation>Bring back: %1</translation>
    </message>
</context>
<context>
    <name>LotCard</name>
    <message>
        <source>报损</source>
        <translation>Take out</translation>
    </message>
    <message>
        <source>报损：%1</source>
        <translation>Take out of use: %1</translation>
    </message>
</context>
<context>
    <name>NumberCard</name>
    <message>
        <source>借用号</source>
        <translation>Loan number</translation>
    </message>
    <message>
        <source>归还时点这个号。记不住也没关系，照样能还。</source>
        <translation>Touch this number when you bring it back. If you forget it, you can still bring it back.</translation>
    </message>
</context>
<context>
    <name>PinPage</name>
    <message>
        <source>值班人员</source>
        <translation>Staff</translation>
    </message>
    <message>
        <source>请输入值班密码。</source>
        <translation>Please type the staff PIN.</translation>
    </message>
    <message>
        <source>密码错了太多次，请等 %1 分 %2 秒再试。</source>
        <translation>Too many wrong tries. Please wait %1 min %2 s.</translation>
    </message>
    <message>
        <source>已输入 %1 位</source>
        <translation>%1 digits typed</translation>
    </message>
</context>
<context>
    <name>RestockPage</name>
    <message>
        <source>补货：%1</source>
        <translation>Restock: %1</translation>
    </message>
    <message>
        <source>放上架：%1</source>
        <translation>Put on the shelf: %1</translation>
    </message>
    <message>
        <source>来了多少</source>
        <translation>How many arrived</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>放在哪里</source>
        <translation>Where it lies</translation>
    </message>
</context>
<context>
    <name>ShelfPage</name>
    <message>
        <source>拿点什么？</source>
        <translation>What would you like?</translation>
    </message>
    <message>
        <source>人人可拿，不用登记。</source>
        <translation>For everyone, no sign-up.</translation>
    </message>
    <message>
        <source>归还借的东西</source>
        <translation>Bring something back</translation>
    </message>
    <message>
        <source>值班人员入口</source>
        <translation>Staff only</translation>
    </message>
    <message>
        <source>这里还没有登记物资</source>
        <translation>No supplies are listed here yet</translation>
    </message>
    <message>
        <source>台面上有的，请照常取用。</source>
        <translation>Please help yourself to what is on the counter.</translation>
    </message>
</context>
<context>
    <name>SpoilPage</name>
    <message>
        <source>报损：%1</source>
        <translation>Take out of use: %1</translation>
    </message>
    <message>
        <source>取下：%1</source>
        <translation>Take out: %1</translation>
    </message>
    <message>
        <source>取下多少</source>
        <translation>How many</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
</context>
<context>
    <name>StaffPage</name>
    <message>
        <source>库存</source>
        <translation>Stock</translation>
    </message>
    <message>
        <source>试试设备</source>
        <translation>Test devices</translation>
    </message>
    <message>
        <source>联网和 U 盘</source>
        <translation>Line and stick</translation>
    </message>
    <message>
        <source>离开值班页面</source>
        <translation>Leave the staff pages</translation>
    </message>
    <message>
        <source>机器的钟现在不准，没有判断哪些快到期。</source>
        <translation>The machine&apos;s clock is not right now, so nobody has judged what expires soon.</translation>
    </message>
    <message>
        <source>没有缺的，也没有快到期的。</source>
        <translation>Nothing is missing and nothing expires soon.</translation>
    </message>
    <message>
        <source>要处理的</source>
        <translation>To look after</translation>
    </message>
    <message>
        <source>借出的</source>
        <translation>Lent</translation>
    </message>
    <message>
        <source>%1 · %2 号 · %3借出</source>
        <translation>%1 · No. %2 · since %3</translation>
    </message>
    <message>
        <source>结清</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>结清 %1 号</source>
        <translation>Close No. %1</translation>
    </message>
    <message>
        <source>全部物资</source>
        <translation>All supplies</translation>
    </message>
</context>
<context>
    <name>StockPage</name>
    <message>
        <source>盘点</source>
        <translation>Count</translation>
    </message>
    <message>
        <source>补货</source>
        <translation>Restock</translation>
    </message>
    <message>
        <source>账上没有这样东西</source>
        <translation>The book has none of it</translation>
    </message>
    <message>
        <source>点“补货”放上第一批。</source>
        <translation>Use &quot;Restock&quot; to put the first lot on the shelf.</translation>
    </message>
</context>
<context>
    <name>TakePage</name>
    <message>
        <source>我知道了</source>
        <translation>I understand</translation>
    </message>
    <message>
        <source>看看别的</source>
        <translation>See other things</translation>
    </message>
    <message>
        <source>剩下的都过期了，请不要用。已经列进值班人员的清单。</source>
        <translation>All that is left has expired: please do not use it. It is on the volunteer&apos;s list.</translation>
    </message>
</context>
<context>
    <name>UndoButton</name>
    <message>
        <source>撤销（还有 %1 秒）</source>
        <translation>Undo (%1 s left)</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>请返回，再试一次。</source>
        <translation>Please go back and try again.</translation>
    </message>
    <message>
        <source>请按“呼叫帮助”告诉值班人员。</source>
        <translation>Please press &quot;Call for help&quot; and tell the staff.</translation>
    </message>
    <message>
        <source>请返回，看看别的。</source>
        <translation>Please go back and look at something else.</translation>
    </message>
    <message>
        <source>这一条没有记下来。</source>
        <translation>This was not written down.</translation>
    </message>
    <message>
        <source>请再试一次；东西您照常可以用。</source>
        <translation>Please try again; you may use the thing all the same.</translation>
    </message>
    <message>
        <source>这样东西现在不供应了。</source>
        <translation>This is no longer offered.</translation>
    </message>
    <message>
        <source>数量不对，一次可以是 {least} 到 {most}。</source>
        <translation>That quantity will not do: {least} to {most} at a time.</translation>
    </message>
    <message>
        <source>请改一下数量。</source>
        <translation>Please change the quantity.</translation>
    </message>
    <message>
        <source>剩下的都过期了，请不要用。</source>
        <translation>All that is left has expired: please do not use it.</translation>
    </message>
    <message>
        <source>已经列进值班人员的清单；急用请按“呼叫帮助”。</source>
        <translation>It is on the volunteer&apos;s list. If you need it urgently, press &quot;Call for help&quot;.</translation>
    </message>
    <message>
        <source>没过期的只剩 {good} 份，其余的请不要用。</source>
        <translation>Only {good} have not expired; please do not use the others.</translation>
    </message>
    <message>
        <source>请把数量改小一点。</source>
        <translation>Please choose fewer.</translation>
    </message>
    <message>
        <source>使用前的提醒还没有确认。</source>
        <translation>The caution has not been acknowledged yet.</translation>
    </message>
    <message>
        <source>请先看完提醒，再点“我知道了”。</source>
        <translation>Please read it first, then touch &quot;I understand&quot;.</translation>
    </message>
    <message>
        <source>已经过了可以撤销的时间。</source>
        <translation>The time for undoing is over.</translation>
    </message>
    <message>
        <source>没有关系：下次盘点时会改正。</source>
        <translation>No harm done: the next count puts it right.</translation>
    </message>
    <message>
        <source>这一条已经撤销过了。</source>
        <translation>This was taken back already.</translation>
    </message>
    <message>
        <source>不用再做什么。</source>
        <translation>There is nothing more to do.</translation>
    </message>
    <message>
        <source>那是上一位的记录，不能撤销。</source>
        <translation>That belongs to the visitor before you and cannot be undone.</translation>
    </message>
    <message>
        <source>后面又有了别的记录，这一条撤销不了。</source>
        <translation>Something was written since that builds on it, so it cannot be undone.</translation>
    </message>
    <message>
        <source>请先撤销后面那一条，或者等下次盘点改正。</source>
        <translation>Undo the later one first, or leave it to the next count.</translation>
    </message>
    <message>
        <source>这个号码没有借出，或者已经还了。</source>
        <translation>Nothing is lent under this number, or it is back already.</translation>
    </message>
    <message>
        <source>请再看一下号码；不记得也可以直接归还。</source>
        <translation>Please check the number; you can also bring it back without one.</translation>
    </message>
    <message>
        <source>账上没有这一批。</source>
        <translation>The book has no such lot.</translation>
    </message>
    <message>
        <source>这一批账上只有 {left} 份。</source>
        <translation>The book has only {left} of this lot.</translation>
    </message>
    <message>
        <source>请改一下数量，或者先盘点。</source>
        <translation>Please change the quantity, or count first.</translation>
    </message>
    <message>
        <source>这个日期已经过了，过期的东西不能上架。</source>
        <translation>That date is over; what has expired does not go on the shelf.</translation>
    </message>
    <message>
        <source>请再看一下包装上的日期。</source>
        <translation>Please check the date on the package.</translation>
    </message>
    <message>
        <source>您数的时候有人拿了东西，账已经变了。</source>
        <translation>Somebody took something while you were counting.</translation>
    </message>
    <message>
        <source>请照新的数字再数一次。</source>
        <translation>Please count again beside the new numbers.</translation>
    </message>
    <message>
        <source>开站清单的格式不对。</source>
        <translation>The opening list is not in the right form.</translation>
    </message>
    <message>
        <source>这里需要值班密码。</source>
        <translation>This needs the staff PIN.</translation>
    </message>
    <message>
        <source>请返回，重新输入密码。</source>
        <translation>Please go back and type the PIN.</translation>
    </message>
    <message>
        <source>本站还没有设置值班密码。</source>
        <translation>No staff PIN has been set for this station.</translation>
    </message>
    <message>
        <source>数据正被另一个程序使用。</source>
        <translation>Another program is using the data.</translation>
    </message>
</context>
<context>
    <name>supplies</name>
    <message>
        <source>过期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>破损</source>
        <translation>Damaged</translation>
    </message>
    <message>
        <source>找不到了</source>
        <translation>Cannot be found</translation>
    </message>
    <message>
        <source>{place}：{amount}，{date}已过期，请取下来</source>
        <translation>{place}: {amount}, expired on {date}. Please take them out</translation>
    </message>
    <message>
        <source>{place}：{amount}，{date}到期</source>
        <translation>{place}: {amount}, expire on {date}</translation>
    </message>
    <message>
        <source>只剩 {amount}，请补货</source>
        <translation>Only {amount} left. Please restock</translation>
    </message>
    <message>
        <source>没有能用的了，请补货</source>
        <translation>None left that can be used. Please restock</translation>
    </message>
    <message>
        <source>账上没有时又有人拿走 {amount}，请盘点</source>
        <translation>{amount} taken when the book had none. Please count</translation>
    </message>
    <message>
        <source>有 {amount} 还回来时没有号码，请结清借出记录</source>
        <translation>{amount} came back without a number. Please close the loans</translation>
    </message>
    <message>
        <source>补货记下了。</source>
        <translation>The restock is saved.</translation>
    </message>
    <message>
        <source>报损记下了。</source>
        <translation>Saved: taken out of use.</translation>
    </message>
    <message>
        <source>盘点记下了。</source>
        <translation>The count is saved.</translation>
    </message>
    <message>
        <source>已撤销，账和原来一样。</source>
        <translation>Taken back: the book is as it was.</translation>
    </message>
    <message>
        <source>随时都有</source>
        <translation>Always here</translation>
    </message>
    <message>
        <source>账上没有了</source>
        <translation>None in the book</translation>
    </message>
    <message>
        <source>剩下的过期了</source>
        <translation>What is left has expired</translation>
    </message>
    <message>
        <source>没有保质期</source>
        <translation>Does not expire</translation>
    </message>
    <message>
        <source>架子上</source>
        <translation>the shelf</translation>
    </message>
    <message>
        <source>{date}到期</source>
        <translation>Expires on {date}</translation>
    </message>
    <message>
        <source>还有 {amount}</source>
        <translation>{amount} left</translation>
    </message>
    <message>
        <source>快没了，还有 {amount}</source>
        <translation>Nearly gone: {amount} left</translation>
    </message>
    <message>
        <source>{date}到期，快到了</source>
        <translation>Expires soon, on {date}</translation>
    </message>
    <message>
        <source>{date}已过期</source>
        <translation>Expired on {date}</translation>
    </message>
    <message>
        <source>{date}到期，机器的钟不准</source>
        <translation>Expires on {date}; the clock is not right</translation>
    </message>
    <message>
        <source>可借 {amount}</source>
        <translation>{amount} to borrow</translation>
    </message>
    <message>
        <source>请从{place}拿。</source>
        <translation>Please take it from {place}.</translation>
    </message>
    <message>
        <source>请从{place}拿，{date}到期。</source>
        <translation>Please take it from {place}; it expires on {date}.</translation>
    </message>
    <message>
        <source>请从{place}拿：那里的先到期（{date}）。</source>
        <translation>Please take it from {place}: that one expires first ({date}).</translation>
    </message>
    <message>
        <source>请从{place}拿：那里的先来。</source>
        <translation>Please take it from {place}: that one came first.</translation>
    </message>
    <message>
        <source>从{place}拿 {amount}</source>
        <translation>{amount} from {place}</translation>
    </message>
    <message>
        <source>账上只有 {amount}；您看到有就请拿，我们记下来。</source>
        <translation>The book has only {amount}. If you see more, please take them; we note it.</translation>
    </message>
    <message>
        <source>您今天已经拿过 {taken}，一般每人每天 {limit}。您需要的话，请照常拿。</source>
        <translation>You have taken {taken} today; the usual is {limit} a day each. If you need it, please take it.</translation>
    </message>
    <message>
        <source>一般每人每天 {limit}。您需要的话，请照常拿。</source>
        <translation>The usual is {limit} a day each. If you need it, please take it.</translation>
    </message>
    <message>
        <source>拿 {amount}</source>
        <translation>Take {amount}</translation>
    </message>
    <message>
        <source>借用</source>
        <translation>Borrow one</translation>
    </message>
    <message>
        <source>{place}：{amount}</source>
        <translation>{place}: {amount}</translation>
    </message>
    <message>
        <source>已记下：{name} {amount}</source>
        <translation>Saved: {name}, {amount}</translation>
    </message>
    <message>
        <source>；</source>
        <translation>, </translation>
    </message>
    <message>
        <source>。</source>
        <translation>.</translation>
    </message>
    <message>
        <source>账上已经没有了。您看到有就请拿，我们记下来，让人补货。</source>
        <translation>The book has none left. If you see one, please take it; we note it for restocking.</translation>
    </message>
    <message>
        <source>机器的钟现在不准，请先看看包装上的日期。</source>
        <translation>The machine&apos;s clock is not right now: please check the date on the package.</translation>
    </message>
    <message>
        <source>您今天已经借过了。您还需要的话，请照常借。</source>
        <translation>You have borrowed one today. If you need another, please take it.</translation>
    </message>
    <message>
        <source>已借出：{name}</source>
        <translation>Lent: {name}</translation>
    </message>
    <message>
        <source>已归还：{name}</source>
        <translation>Back again: {name}</translation>
    </message>
</context>
<context>
    <name>tiles</name>
    <message>
        <source>领用物资</source>
        <translation>Supplies</translation>
    </message>
    <message>
        <source>喝的、药品、雨伞，人人可拿</source>
        <translation>Drinks, first aid, umbrellas, for everyone</translation>
    </message>
</context>
</TS>
