"""Fold the ways one character can be written, offsets unchanged.

Every replacement is one code point for one code point, so a span found in the folded
text cuts the same place of the original.
"""

from __future__ import annotations

import re

# But the comma, which in half width would stand inside a number: 2024年，15家.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != ord("，")}
# Traditional characters of numerals, units and the words that the rules look for, and variants.
_TRADITIONAL = (
    "萬億兩餘幾數點個噸圓幣歲週鐘時間頓磅號級縣線項種條輛艘架隻頭張萬倍漲長增減"
    "單臺檯戶據達過從於後約將進龍車馬韓歐日盧臘銖鎊澳億財環較週產業處會國員億兆廿卅"
    "節輪層場塊枚顆標準侖題餐職階對門臨網華興發開轉萬買賣賬費資額總與這還為們說億"
    "徵擴貶經頃佔納購簽獲銷稅債貿縮減緩創權"
    "丟亂亞來倫側備傳傷傾僅價儘兌兒內冊別則剛劃劇劑勁動勞卻唸問啟噹囌圖團埰堅報塗壓夠"
    "奧婦學寫寬寶專尋導屆屬岡島峽崙嶺師帶幹庫廂廈廠強彆彈恆愛慘慮慶應戰捲掃採揀揚換損"
    "摺撾擊擔攬敗敘斬斷旣昇晝曆書東棟極榦榮樂樓樣橋機歷歸殘殲毀氣決沖溼滬滿潤濕濟灣烏"
    "煉熱燒營燬爭爾獨獵現甦畝畫畵當疊瘡盃盡盤眾矇確礦禎稱積穩穫筆箇範簡糧紀紙細紹組統"
    "維綱緒編緬緯緻績繫續罰羅羣聖聞聯聲聽脩脫腦舉舘萊葉蓆蔘薩蘇蘭衛衝補裝裡製見規視親"
    "觀觸訊託記訪許診証評詞話該誇誌認誕語課調談論諾謝證識譭議護讀變讓讚豐貝貞貨貫貼賓"
    "賠賭賽贈贊贏趨踰軌軍轟農迴連遊運違遠遲選邊郵釐針釦鈞銳鋁鋼錘錢鏈鏡閏閣關陞陰陸陽"
    "雜難電響順須預領願顛類顧風飆飯館騰驚驟體魯鮮鳥鳴麥麵黨齊齣"
)
_SIMPLIFIED = (
    "万亿两余几数点个吨圆币岁周钟时间顿磅号级县线项种条辆艘架只头张万倍涨长增减"
    "单台台户据达过从于后约将进龙车马韩欧日卢腊铢镑澳亿财环较周产业处会国员亿兆廿卅"
    "节轮层场块枚颗标准仑题餐职阶对门临网华兴发开转万买卖账费资额总与这还为们说亿"
    "征扩贬经顷占纳购签获销税债贸缩减缓创权"
    "丢乱亚来伦侧备传伤倾仅价尽兑儿内册别则刚划剧剂劲动劳却念问启当苏图团采坚报涂压够"
    "奥妇学写宽宝专寻导届属冈岛峡仑岭师带干库厢厦厂强别弹恒爱惨虑庆应战卷扫采拣扬换损"
    "折挝击担揽败叙斩断既升昼历书东栋极干荣乐楼样桥机历归残歼毁气决冲湿沪满润湿济湾乌"
    "炼热烧营毁争尔独猎现苏亩画画当叠疮杯尽盘众蒙确矿祯称积稳获笔个范简粮纪纸细绍组统"
    "维纲绪编缅纬致绩系续罚罗群圣闻联声听修脱脑举馆莱叶席参萨苏兰卫冲补装里制见规视亲"
    "观触讯托记访许诊证评词话该夸志认诞语课调谈论诺谢证识毁议护读变让赞丰贝贞货贯贴宾"
    "赔赌赛赠赞赢趋逾轨军轰农回连游运违远迟选边邮厘针扣钧锐铝钢锤钱链镜闰阁关升阴陆阳"
    "杂难电响顺须预领愿颠类顾风飙饭馆腾惊骤体鲁鲜鸟鸣麦面党齐出"
)
_VARIANTS = {
    "壹": "一",
    "贰": "二",
    "貳": "二",
    "叁": "三",
    "參": "三",
    "柒": "七",
    "捌": "八",
    "玖": "九",
    "佰": "百",
    "仟": "千",
    "〇": "零",
    "○": "零",
    "負": "负",
    "碼": "码",
    "μ": "µ",
    "裏": "里",
    "攝": "摄",
    "湯": "汤",
    "雙": "双",
    "蘋": "苹",
    "計": "计",
    "溫": "温",
    "無": "无",
    "禮": "礼",
    "紐": "纽",
    "圓": "元",
    "圆": "元",
    "\u3000": " ",
    "\xa0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "〜": "~",
    "～": "~",
    "∼": "~",
    "’": "'",
    "′": "'",
    "″": '"',
    "￥": "¥",
    "￡": "£",
    "￠": "¢",
}
_TABLE = {
    **_FULL_WIDTH,
    **{ord(a): ord(b) for a, b in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)},
    **{ord(a): ord(b) for a, b in _VARIANTS.items()},
}


# These are digits among other bankers' numerals only: 伍拾陆元, but 退伍, 大陆, 收拾.
_BANKERS = re.compile(
    "(?<![大登着上内退部])[伍陆陸](?=[万萬仟佰拾角分元圆圓])|[伍陆陸零]{0,4}[壹贰貳叁參肆柒捌玖拾佰仟][壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬万億亿零]{1,16}|(?<!收)拾(?=[一二三四五六七八九]?[百千万萬亿億])|(?<=之)[肆伍陆陸拾]|(?<=[百千万萬])[伍陆陸肆](?=\\Z|[,，。])|\\A[拾肆]\\Z"
)
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
# A line that was wrapped: 34⏎percent.
_WRAPPED = re.compile(r"(?<=[\w,])\n(?=[a-z])")
# "Graduates—12.22 million, to be exact—will": a break in the sentence, no hyphen; but thirty—first.
_BREAK = re.compile(
    r"(?<=[A-Za-z])(?<!ty)—(?=[A-Za-z])|(?<=[A-Za-z])—(?=[\d$€£¥])|(?<=[\d%])—(?=[A-Za-z])"
)
_BANKERS_ONLY = str.maketrans("伍陆陸拾肆", "五六六十四")


def fold(text: str) -> str:
    """Return the text, as long as before, in half width and simplified characters."""
    text = _BREAK.sub(";", _WRAPPED.sub(" ", text))
    folded = _BANKERS.sub(lambda run: run[0].translate(_BANKERS_ONLY), text)
    return _THOUSANDS.sub(",", folded.translate(_TABLE))
