/** Surnames by their approximate share (per thousand) among Han people. */
const SHARES =
  '王72 李71 张68 刘54 陈45 杨31 黄22 赵22 吴20 周20 徐17 孙16 马13 朱13 胡12 郭11 何11 林11 高10 罗10 郑9 梁8 谢8 宋7 唐7 许6 韩6 邓6 冯6 曹6 ' +
  '彭6 曾5 肖5 田5 董5 潘5 袁5 蔡4 蒋4 余4 于4 杜4 叶4 程4 魏4 苏4 吕4 丁4 任4 卢4 姚4 沈4 钟3 姜3 崔3 谭3 陆3 范3 汪3 廖3 石3 金3 韦3 贾3 夏3 付3 方3 邹3 ' +
  '熊3 白3 孟3 秦3 邱3 侯3 江2 尹2 薛2 闫2 雷2 龙2 史2 陶2 贺2 顾2 毛2 郝2 龚2 邵2 万2 覃2 武2 钱2 戴2 严2 莫2 孔2 向2 常2 欧阳1 上官1 司马1 诸葛1 令狐1';

export const SURNAMES: readonly (readonly [string, number])[] = SHARES.split(' ').map((entry) => {
  const [, name, share] = /^(\D+)(\d+)$/.exec(entry)!;
  return [name!, Number(share)] as const;
});

export const MALE_CHARACTERS = [
  ...'伟强磊军勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆毅锋亮龙建国志文海峰林东旭晨阳宏博思远子轩泽嘉昊天佑一鸣庆安福民德胜利永昌家兴振中玉成金生荣光正义春生长根水清松柏'
    .replace(/(.)(?=.*\1)/gu, '')
    .trim(),
];

export const FEMALE_CHARACTERS = [
  ...'芳娜敏静丽娟艳霞燕玲红梅婷雪琳莉萍慧颖洁佳倩丹璐琴云兰凤英秀珍桂玉淑华春香月美思雨欣怡梓涵诗涵可馨若彤一诺晓文雅语嫣蕾薇瑶菲岚宁黛巧惠爱莲翠金凤银花'
    .replace(/(.)(?=.*\1)/gu, '')
    .trim(),
];

/** Characters outside the basic 20 902; GB18030 has them, GBK has not. */
export const RARE_CHARACTERS = ['𠮷', '㐂', '䶮', '𬱖', '𣶏', '𬭚', '㛃', '䴖', '𠅤', '㮾'];
/** What a clerk types whose keyboard lacks the character. */
export const RARE_REPLACEMENTS: Readonly<Record<string, string>> = {
  '𠮷': '吉',
  㐂: '喜',
  䶮: '龑',
  '𬱖': '頠',
  '𣶏': '浩',
  '𬭚': '錞',
  㛃: '洁',
  䴖: '鹊',
  '𠅤': '亨',
  㮾: '朗',
};

/** Given and father's names of peoples who write them with a middle dot. */
export const DOTTED_MALE = ['买买提', '艾力', '吐尔逊', '阿不都', '玉素甫', '热合曼', '卡德尔', '艾合买提'];
export const DOTTED_FEMALE = ['阿依古丽', '古丽娜尔', '热依汗', '阿孜古丽', '帕提古丽', '米热古丽', '阿米娜'];

/** Pairs that sound alike: a name taken down by ear. */
export const HOMOPHONES: Readonly<Record<string, string>> = Object.fromEntries(
  (
    '伟玮 强锵 磊蕾 军钧 勇永 杰洁 涛焘 超朝 明铭 刚钢 平萍 辉晖 鹏朋 华骅 飞菲 鑫欣 波博 斌彬 宇雨 浩昊 凯恺 健建 俊峻 帆凡 毅义 锋峰 亮靓 龙隆 ' +
    '志智 文雯 海珊 林琳 东冬 旭绪 晨辰 阳洋 宏洪 远媛 子梓 轩宣 泽择 嘉佳 芳方 娜那 敏闽 静婧 丽莉 娟涓 艳燕 霞侠 玲铃 红虹 梅玫 婷亭 雪学 慧惠 颖影 ' +
    '倩茜 丹单 琴芹 云芸 兰岚 凤奉 英瑛 秀绣 珍贞 桂贵 玉钰 淑叔 春椿 香湘 月悦 美镁 思诗 怡宜 涵函 彤桐 晓小 雅亚'
  )
    .split(' ')
    .map((pair) => [...pair] as [string, string]),
);

/** Simplified and traditional forms of surnames: one person, two spellings. */
export const TRADITIONAL: Readonly<Record<string, string>> = Object.fromEntries(
  '张張 刘劉 陈陳 杨楊 黄黃 赵趙 吴吳 孙孫 马馬 罗羅 郑鄭 谢謝 许許 韩韓 邓鄧 冯馮 萧蕭 蒋蔣 叶葉 苏蘇 吕呂 卢盧 钟鐘 谭譚 陆陸 贾賈 邹鄒 龙龍 顾顧 龚龔 钱錢 严嚴'
    .split(' ')
    .map((pair) => [...pair] as [string, string]),
);
