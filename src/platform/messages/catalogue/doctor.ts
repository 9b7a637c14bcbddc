import { defineMessages } from '../define.js';

export const doctorMessages = defineMessages({
  DOCTOR_DNS: {
    zh: '主机名 {host} 解析不到地址({reason})',
    en: 'The name {host} leads to no address ({reason})',
    cure: {
      zh: '核对设置里的主机名;确认本机的 DNS 服务器知道它,或写入 /etc/hosts',
      en: 'Check the host in the settings; see that this machine’s DNS knows it, or write it into /etc/hosts',
    },
  },
  DOCTOR_TCP: {
    zh: '{host}:{port} 连不上({reason})',
    en: '{host}:{port} cannot be connected to ({reason})',
    cure: {
      zh: 'ECONNREFUSED:来源没有启动或端口不对;超时:防火墙或网闸没有放行本机',
      en: 'ECONNREFUSED: the source does not run, or the port is another; a timeout: a firewall does not let this machine through',
    },
  },
  DOCTOR_TLS: {
    zh: '{host} 不能建立加密连接({reason})',
    en: 'No encrypted connection to {host} can be made ({reason})',
    cure: {
      zh: '确认该端口提供 TLS;不提供时把地址改为 http://,或 ssl=off',
      en: 'See that this port speaks TLS; where it does not, write http:// or ssl=off',
    },
  },
  DOCTOR_TLS_EXPIRED: {
    zh: '{host} 的证书已于 {date} 到期',
    en: 'The certificate of {host} ended on {date}',
    cure: { zh: '请来源方更换证书', en: 'Ask the source’s operator to renew it' },
  },
  DOCTOR_TLS_ENDS: {
    zh: '{host} 的证书将于 {date} 到期,还有 {days} 天',
    en: 'The certificate of {host} ends on {date}, in {days} days',
    cure: { zh: '请来源方及早更换证书', en: 'Ask the source’s operator to renew it in time' },
  },
  DOCTOR_TLS_UNTRUSTED: {
    zh: '{host} 的证书不受信任({reason})',
    en: 'The certificate of {host} is not trusted ({reason})',
    cure: {
      zh: '自签或内部 CA:数据库用 caFile 指定 CA,其他来源用 NODE_EXTRA_CA_CERTS=<CA 文件> 启动程序',
      en: 'Self-signed or of an internal authority: name its CA in caFile for a database; else start the program with NODE_EXTRA_CA_CERTS=<CA file>',
    },
  },
  DOCTOR_TLS_NAME: {
    zh: '{host} 的证书是发给别的名字的',
    en: 'The certificate of {host} was made for another name',
    cure: {
      zh: '设置里改用证书上的名字,或请来源方更换证书',
      en: 'Use the name in the certificate, or ask for one with this name',
    },
  },
  DOCTOR_SOURCE_CLOCK: {
    zh: '{host} 的时钟与本机相差 {seconds} 秒',
    en: 'The clock of {host} is {seconds} s from this machine’s',
    cure: {
      zh: '两边都用 NTP 校时;带时间的签名和令牌会因此被拒',
      en: 'Set both by NTP; signatures and tokens with a time in them are refused otherwise',
    },
  },
  DOCTOR_SCHEMA: {
    zh: '数据流 {stream} 没有适配器要读的字段:{fields}',
    en: 'Stream {stream} lacks fields that the adapter reads: {fields}',
    cure: {
      zh: '来源改了名或停了字段:向来源方核实,再改 mapping.yaml 与 manifest.yaml',
      en: 'They were renamed or dropped: ask the source’s operator, then mend mapping.yaml and manifest.yaml',
    },
  },
  DOCTOR_MAPPING_NONE: {
    zh: '数据流 {stream} 首页的 {read} 条没有一条可映射(首个原因 {first})',
    en: 'None of the {read} records on the first page of stream {stream} can be mapped (first reason {first})',
    cure: {
      zh: 'npx --no-install isthmus adapter preview 查看逐条原因,改 mapping.yaml',
      en: 'npx --no-install isthmus adapter preview shows each reason; mend mapping.yaml',
    },
  },
  DOCTOR_LEVEL: {
    zh: '数据流 {stream} 映射了 {field},但没有声明 {level} 级',
    en: 'Stream {stream} maps {field} and does not declare level {level}',
    cure: {
      zh: '征得数源单位同意后在 manifest.yaml 的 levels 中声明,或不映射该字段',
      en: 'Declare it under levels in manifest.yaml once the steward has agreed, or do not map the field',
    },
  },
  DOCTOR_DURABILITY: {
    zh: '数据库设置 {setting} = off:断电后已确认的数据可能丢失',
    en: 'The database runs with {setting} = off: a power cut may lose what was confirmed',
    cure: { zh: 'ALTER SYSTEM SET {setting} = on,然后重新加载', en: 'ALTER SYSTEM SET {setting} = on, then reload it' },
  },
  DOCTOR_CONNECTIONS: {
    zh: '数据库只允许 {max} 个连接,每个程序需要 {needed} 个',
    en: 'The database allows {max} connections; each program needs {needed}',
    cure: {
      zh: 'ALTER SYSTEM SET max_connections = 100(每多一个程序再加 {needed}),然后重启数据库',
      en: 'ALTER SYSTEM SET max_connections = 100 ({needed} more for each further program), then restart it',
    },
  },
  DOCTOR_ENCODING: {
    zh: '数据库编码是 {encoding},不是 UTF8:存不下生僻字',
    en: 'The encoding of the database is {encoding}, not UTF8: rare characters do not fit',
    cure: {
      zh: '另建编码为 UTF8 的数据库,改 ISTHMUS_DATABASE_URL',
      en: 'Make another database in UTF8 and change ISTHMUS_DATABASE_URL',
    },
  },
});
