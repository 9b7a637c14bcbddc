import { defineMessages } from '../define.js';

export const cliMessages = defineMessages({
  DATA_DIR_UNWRITABLE: {
    zh: '数据目录 {file} 不可写',
    en: 'The data directory {file} cannot be written',
    cure: {
      zh: '修改权限,或用 ISTHMUS_DATA_DIR 指定其他目录',
      en: 'Change its permissions, or choose another with ISTHMUS_DATA_DIR',
    },
  },
  PORT_TAKEN: {
    zh: '端口 {host}:{port} 已被占用',
    en: 'Port {host}:{port} is taken',
    cure: {
      zh: '停止占用它的程序,或换一个端口:PORT=3001 npm start',
      en: 'Stop the program that uses it, or choose another: PORT=3001 npm start',
    },
  },
  ALREADY_RUNNING: {
    zh: '同一数据目录上已有一个程序在运行(进程 {pid} {url})',
    en: 'A program runs on this data directory already (process {pid} {url})',
    cure: {
      zh: '直接使用它,或先停止它;另开一份请指定其他 ISTHMUS_DATA_DIR 与 PORT',
      en: 'Use it, or stop it first; for another one choose ISTHMUS_DATA_DIR and PORT',
    },
  },
  TOWN_FAILED: {
    zh: '示范镇没有启动成功:{lines}',
    en: 'The demo town did not start: {lines}',
    cure: {
      zh: '执行 npx --no-install isthmus town remove --yes 后重试,或设 ISTHMUS_DEMO=off',
      en: 'Run npx --no-install isthmus town remove --yes and try again, or set ISTHMUS_DEMO=off',
    },
  },
});
