/**
 * The form of a name in which two clerks' spellings of one name are equal. It is for comparing only and is shown to
 * nobody: width, spaces, middle dots, traditional surnames and characters that old systems replace are folded away.
 * Sounds are not: 伟 and 玮 are two names, and a person decides.
 */
export function nameForm(name: string): string {
  const form = name.normalize('NFKC').replace(NOISE, '').toUpperCase();
  if (!FOLDABLE.test(form)) return form;
  let folded = '';
  for (const character of form) folded += FOLDS.get(character) ?? character;
  return folded;
}

/** True when the text can be evidence: at least two characters, none of them unknown or hidden. */
export const isWholeName = (form: string): boolean => form.length > 1 && !HIDDEN.test(form);

/** White space and every dot that is written between the parts of a name. */
const NOISE = /[\s\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff0e\uff65.\u200b-\u200d\ufeff]/gu;
/** Masks, replacement characters and private-use code points: the character behind them is not known. */
const HIDDEN = /[*＊?？□〓●○#\ufffd\ue000-\uf8ff]|[\u{f0000}-\u{10fffd}]/u;

/** Written form → form compared. Surnames in traditional characters, then characters missing from GBK and their stand-ins. */
const PAIRS =
  '張张 劉刘 陳陈 楊杨 黃黄 趙赵 吳吴 孫孙 馬马 羅罗 鄭郑 謝谢 許许 韓韩 鄧邓 馮冯 蕭萧 蔣蒋 葉叶 蘇苏 呂吕 盧卢 鐘钟 鍾钟 譚谭 陸陆 賈贾 鄒邹 龍龙 顧顾 龔龚 錢钱 嚴严 ' +
  '範范 賴赖 湯汤 歐欧 陽阳 閆闫 閻阎 聶聂 齊齐 賀贺 莊庄 萬万 儲储 喬乔 單单 塗涂 婁娄 寧宁 龐庞 應应 於于 時时 權权 欒栾 樂乐 櫻樱 溫温 ' +
  '畢毕 祿禄 紀纪 練练 繆缪 羋芈 聞闻 華华 藍蓝 諸诸 談谈 費费 賓宾 貝贝 車车 連连 遲迟 郟郏 鄔邬 酈郦 鈕钮 閔闵 關关 韋韦 項项 饒饶 魯鲁 鮑鲍 龐庞 ' +
  '東东 長长 軒轩 轅辕 ' +
  '𠮷吉 㐂喜 䶮龑 𬱖頠 𬭚錞';
const FOLDS = new Map(PAIRS.split(' ').map((pair) => [...pair] as [string, string]));
const FOLDABLE = new RegExp(`[${[...FOLDS.keys()].join('')}]`, 'u');
