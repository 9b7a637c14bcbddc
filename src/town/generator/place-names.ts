const words = (text: string): string[] => text.split(' ');

export const STREET_STEMS = words('城关 东湖 西苑 南屏 北辰 新城 河东 河西 滨江 龙泉 凤山 桃园 云台 长青 青石');
export const STREET_ENDS = ['', '一', '二', '三', '四', '五', '六'];
export const ROADS = words(
  '解放路 人民路 中山路 建设路 和平路 文化路 胜利路 新华路 团结路 健康路 光明路 青年路 长江路 黄河路 泰山路 平安大道 学府街 迎宾大道 站前街 花园街',
);
export const ESTATE_OPENINGS = [
  '',
  '新',
  '金',
  '御',
  '康',
  '福',
  '锦',
  '雅',
  '瑞',
  '祥',
  '盛',
  '鸿',
  '恒',
  '嘉',
  '润',
  '景',
];
export const ESTATE_STEMS = words(
  '阳光 锦绣 翠湖 明珠 丽景 水岸 和谐 春江 金桂 紫薇 碧桂 香樟 丹枫 银杏 云鹤 听涛 望江 凤凰 玉兰 海棠 梧桐 竹韵 荷塘 观澜 天鹅 朝霞 星河 白鹭 映月 枫林 兰亭 芳草',
);
export const ESTATE_ENDS = words('花园 家园 苑 小区 新村 名邸 公馆 华庭 雅居');
export const COMMUNITY_STEMS = words('向阳 朝晖 育才 民主 幸福 安居 永乐 百合 前进 富强 友谊 兴隆 吉祥 康乐 新民 望湖');
