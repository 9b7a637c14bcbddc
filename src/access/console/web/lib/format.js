const PARTS = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function partsOf(time) {
  return Object.fromEntries(PARTS.formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
}

/** `2026-11-24 19:40` in Shanghai; a dash for what is not known. */
export function when(time) {
  if (!time) return '—';
  const { year, month, day, hour, minute } = partsOf(time);
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

/** `19:40:07` in Shanghai. */
export function clock(time) {
  const { hour, minute, second } = partsOf(time);
  return `${hour}:${minute}:${second}`;
}

/** Today only the hour counts; before, the date too. */
export function shortWhen(time) {
  if (!time) return '—';
  const [then, now] = [when(time), when(Date.now())];
  return then.slice(0, 10) === now.slice(0, 10) ? then.slice(11) : then;
}

/** How far a source is behind, in words. */
export function lag(seconds) {
  if (seconds === null || seconds === undefined) return '—';
  if (seconds < 60) return `${seconds} 秒前`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} 分钟前`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} 小时前`;
  return `${Math.floor(seconds / 86_400)} 天前`;
}

const NUMBER = new Intl.NumberFormat('zh-CN');
/** A count with thousands marks; what is not known is a dash, never 0. */
export const count = (value) => (value === null || value === undefined ? '—' : NUMBER.format(value));
