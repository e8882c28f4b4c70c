"""Words espeak-ng 1.51 reads wrongly in Chinese, with their pinyin.

Each was found by comparing the phonemes of the word with the phonemes of its pinyin, and a test compares them again
where espeak-ng is installed. Words that only guard a neighbour (会长期 is not 会长) are here too.
"""

import re

_TABLE = """
银行 yin2 hang2|行业 hang2 ye4|行长 hang2 zhang3|排行 pai2 hang2|一行人 yi4 hang2 ren2
站长 zhan4 zhang3|组长 zu3 zhang3|会长 hui4 zhang3|会长期 hui4 chang2 qi1|会长时间 hui4 chang2 shi2 jian1
家长 jia1 zhang3|队长 dui4 zhang3|班长 ban1 zhang3|校长 xiao4 zhang3|院长 yuan4 zhang3|所长 suo3 zhang3
部长 bu4 zhang3|市长 shi4 zhang3|局长 ju2 zhang3|店长 dian4 zhang3|裁判长 cai2 pan4 zhang3|成长 cheng2 zhang3
生长 sheng1 zhang3|增长 zeng1 zhang3|长辈 zhang3 bei4|长大 zhang3 da4
重庆 chong2 qing4|重新 chong2 xin1|重复 chong2 fu4|重启 chong2 qi3|重来 chong2 lai2|重试 chong2 shi4
重阳 chong2 yang2|重做 chong2 zuo4
归还 gui1 huan2|还书 huan2 shu1|还伞 huan2 san3|还回 huan2 hui2|还给 huan2 gei3|借还 jie4 huan2|还清 huan2 qing1
交还 jiao1 huan2|退还 tui4 huan2|偿还 chang2 huan2|还一把 huan2 yi4 ba3|待还 dai4 huan2|未还 wei4 huan2|已还 yi3 huan2
一只 yi4 zhi1|两只 liang3 zhi1|每只 mei3 zhi1
得到 de2 dao4|取得 qu3 de2|获得 huo4 de2|不得 bu4 de2|所得 suo3 de2|得分 de2 fen1|赢得 ying2 de2|心得 xin1 de2
了解 liao3 jie3|为了解 wei4 liao3 jie3|便宜 pian2 yi5
地方 di4 fang1|地址 di4 zhi3|地图 di4 tu2|地点 di4 dian3|地铁 di4 tie3|地区 di4 qu1|地上 di4 shang5|地面 di4 mian4
地下 di4 xia4|地震 di4 zhen4|地毯 di4 tan3|地板 di4 ban3|地线 di4 xian4|地段 di4 duan4|地理 di4 li3
当地 dang1 di4|工地 gong1 di4|本地 ben3 di4|外地 wai4 di4|异地 yi4 di4|各地 ge4 di4|场地 chang3 di4|基地 ji1 di4
土地 tu3 di4|产地 chan3 di4|两地 liang3 di4|属地 shu3 di4|就地 jiu4 di4|接地 jie1 di4|目的地 mu4 di4 di4
漏电接地 lou4 dian4 jie1 di4|落地 luo4 di4|户籍地 hu4 ji2 di4|所在地 suo3 zai4 di4
种植 zhong4 zhi2|接种 jie1 zhong4|种痘 zhong4 dou4
调休 tiao2 xiu1|调解 tiao2 jie3|调整 tiao2 zheng3|空调 kong1 tiao2|调节 tiao2 jie2|调理 tiao2 li3|协调 xie2 tiao2
调试 tiao2 shi4|调低 tiao2 di1|调高 tiao2 gao1|调大 tiao2 da4|调小 tiao2 xiao3
人参 ren2 shen1|大夫 dai4 fu5|会计 kuai4 ji4|音乐 yin1 yue4|睡觉 shui4 jiao4|午觉 wu3 jiao4
少年 shao4 nian2|青少年 qing1 shao4 nian2|少儿 shao4 er2
成为 cheng2 wei2|认为 ren4 wei2|为准 wei2 zhun3|分为 fen1 wei2|作为 zuo4 wei2|为期 wei2 qi1|行为 xing2 wei2
以为 yi3 wei2|称为 cheng1 wei2|最为 zui4 wei2|较为 jiao4 wei2|视为 shi4 wei2|为主 wei2 zhu3|为止 wei2 zhi3
改为 gai3 wei2|均为 jun1 wei2|变为 bian4 wei2|设为 she4 wei2|转为 zhuan3 wei2
处理 chu3 li3|处置 chu3 zhi4|处方 chu3 fang1|处分 chu3 fen4|相处 xiang1 chu3
放假 fang4 jia4|假期 jia4 qi1|暑假 shu3 jia4|寒假 han2 jia4|假日 jia4 ri4|请假 qing3 jia4|休假 xiu1 jia4
年假 nian2 jia4|产假 chan3 jia4|节假日 jie2 jia4 ri4|病假 bing4 jia4
尽量 jin3 liang4|尽快 jin3 kuai4|尽早 jin3 zao3|积累 ji1 lei3|累计 lei3 ji4|累积 lei3 ji1
量体温 liang2 ti3 wen1|测量 ce4 liang2|量血压 liang2 xue4 ya1|量一量 liang2 yi4 liang2|数一数 shu3 yi4 shu3
宿舍 su4 she4|参与 can1 yu4|下载 xia4 zai3|出差 chu1 chai1|给予 ji3 yu3|供给 gong1 ji3|补给 bu3 ji3|爱好 ai4 hao4
喜好 xi3 hao4|好学 hao4 xue2|勉强 mian3 qiang3|强迫 qiang3 po4
晕倒 yun1 dao3|摔倒 shuai1 dao3|跌倒 die1 dao3|倒下 dao3 xia4|着急 zhao2 ji2|着火 zhao2 huo3|着凉 zhao2 liang2
咳嗽 ke2 sou5|角色 jue2 se4|模样 mu2 yang4|系好 ji4 hao3|盛粥 cheng2 zhou1|薄荷 bo4 he5|曝光 bao4 guang1
缝合 feng2 he2|缝补 feng2 bu3|暖和 nuan3 huo5|扫帚 sao4 zhou5|率先 shuai4 xian1|的士 di1 shi4|目的 mu4 di4|的确 di2 que4
包扎 bao1 za1|行李 xing2 li5|答应 da1 ying5|宜兴 yi2 xing1|恶心 e3 xin1|提防 di1 fang5
谁 shei2|投降 tou2 xiang2|关卡 guan1 qia3|稍息 shao4 xi1|挑战 tiao3 zhan4|上当 shang4 dang4
适当 shi4 dang4|妥当 tuo3 dang5|恰当 qia4 dang4|空闲 kong4 xian2|有空 you3 kong4|抽空 chou1 kong4|空白 kong4 bai2
中奖 zhong4 jiang3|看护 kan1 hu4|看管 kan1 guan3|教课 jiao1 ke4|教您 jiao1 nin2|更换 geng1 huan4|更新 geng1 xin1
更衣 geng1 yi1|理发 li3 fa4|头发 tou2 fa4|创可贴 chuang1 ke3 tie1|创伤 chuang1 shang1|创口 chuang1 kou3
正月 zheng1 yue4|应急 ying4 ji2|挣钱 zheng4 qian2|反应 fan3 ying4|适应 shi4 ying4|供应 gong1 ying4
应聘 ying4 pin4|要求 yao1 qiu2|间隔 jian4 ge2|水分 shui3 fen4|部分 bu4 fen4|背包 bei1 bao1|咽喉 yan1 hou2
中暑 zhong4 shu3|新兴 xin1 xing1|华山 hua4 shan1|露面 lou4 mian4|喝彩 he4 cai3|困难 kun4 nan5|晚上 wan3 shang5
"""

PRONUNCIATION: dict[str, str] = {
    word: pinyin
    for entry in _TABLE.replace("\n", "|").split("|")
    if entry
    for word, _, pinyin in [entry.partition(" ")]
}
_WORDS = re.compile("|".join(sorted(map(re.escape, PRONUNCIATION), key=len, reverse=True)))


def pronounce(text: str) -> str:
    """`text` (normalised Chinese) with the words of the table in pinyin, which the voice cmn-latn-pinyin reads."""
    return _WORDS.sub(lambda match: f" {PRONUNCIATION[match[0]]} ", text).strip()
