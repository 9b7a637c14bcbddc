import { defineMessages } from '../define.js';

/** What is wrong with a delivered file or one of its records. */
export const fileMessages = defineMessages({
  CONNECTOR_DIRECTORY: {
    zh: '投递目录 {file} 无法读取（{reason}）。',
    en: 'The drop directory {file} cannot be read ({reason}).',
    cure: {
      zh: '检查设置 directory 的路径和权限：网关的运行用户须能列出并读取该目录。',
      en: "Check the path in the setting directory and its permissions: the gateway's user must be able to list and read it.",
    },
  },
  CONNECTOR_FILE_MISSING: {
    zh: '数据流 {stream} 没有匹配 {file} 的文件。',
    en: 'Stream {stream} has no file matching {file}.',
    cure: {
      zh: '确认对方已投递文件，且文件名符合清单中的 pattern。',
      en: "Make sure the source has delivered and that the file name matches the manifest's pattern.",
    },
  },
  CONNECTOR_MARKER_MISSING: {
    zh: '数据流 {stream} 的文件 {file} 没有完成标记（{marker}），视为尚未写完。',
    en: 'File {file} of stream {stream} has no completion marker ({marker}), so it is not complete yet.',
    cure: {
      zh: '等待对方写入标记文件；若长时间没有，请联系对方检查投递程序。',
      en: 'Wait for the source to write the marker; if it does not come, ask the source to check its delivery program.',
    },
  },
  CONNECTOR_MARKER_UNREADABLE: {
    zh: '文件 {file} 的完成标记中没有可读的行数。',
    en: 'The marker of file {file} holds no readable row count.',
    cure: {
      zh: '标记文件内容须为 rows=<行数>；请对方重写标记。',
      en: 'The marker must contain rows=<n>; ask the source to write it again.',
    },
  },
  CONNECTOR_ROW_COUNT: {
    zh: '文件 {file} 有 {found} 行，完成标记写的是 {expected} 行。',
    en: 'File {file} holds {found} rows, its marker says {expected}.',
    cure: {
      zh: '文件不完整或标记有误；请对方重新投递，本次不会删除任何数据。',
      en: 'The file is incomplete or the marker is wrong; ask for a new delivery. Nothing was deleted.',
    },
  },
  CONNECTOR_FILE_TRUNCATED: {
    zh: '文件 {file} 在一条记录中间结束。',
    en: 'File {file} ends in the middle of a record.',
    cure: {
      zh: '文件没有传完；请对方重新投递，并在写完后再写完成标记。',
      en: 'The transfer was cut off; ask for a new delivery, with the marker written last.',
    },
  },
  CONNECTOR_FILE_CHANGED: {
    zh: '文件 {file} 在读取期间被改动或移走。',
    en: 'File {file} was changed or taken away while it was being read.',
    cure: {
      zh: '已投递的文件不得改写；请以新文件名重新投递，然后重新同步。',
      en: 'A delivered file must not be rewritten; deliver under a new name and sync again.',
    },
  },
  CONNECTOR_FILE_UNREADABLE: {
    zh: '文件 {file} 无法打开。',
    en: 'File {file} cannot be opened.',
    cure: {
      zh: '检查文件权限：网关的运行用户须能读取。',
      en: "Check the file's permissions: the gateway's user must be able to read it.",
    },
  },
  CONNECTOR_ENCODING: {
    zh: '文件 {file} 的编码不是 {declared}（看起来是 {found}）。',
    en: 'File {file} is not encoded as {declared} (it looks like {found}).',
    cure: {
      zh: '在清单的 encoding 中写明真实编码，或请对方按约定编码投递。',
      en: 'State the real encoding in the manifest, or ask the source to deliver in the agreed one.',
    },
  },
  CONNECTOR_HEADER: {
    zh: '文件 {file} 没有表头(文件为空?),或表头有空列、重名列、无法读取。',
    en: 'File {file} has no header row (is it empty?), or the row has an empty or repeated column or cannot be read.',
    cure: {
      zh: '第一行须为各不相同的列名；若文件没有表头，请在清单中写 columns。',
      en: 'The first row must be distinct column names; for files without one, list the columns in the manifest.',
    },
  },
  CONNECTOR_XML: {
    zh: '文件 {file} 不是可以接受的 XML（没有根元素，或带有 DOCTYPE）。',
    en: 'File {file} is not acceptable XML (no root element, or a DOCTYPE).',
    cure: {
      zh: '请对方去掉 DOCTYPE，并检查文件是否为 XML。',
      en: 'Ask the source to leave out the DOCTYPE, and check that the file is XML.',
    },
  },
  CONNECTOR_RECORD_TOO_LONG: {
    zh: '文件 {file} 中有一条记录过长，文件格式与清单不符。',
    en: 'File {file} holds a record that is far too long; it is not of the declared format.',
    cure: {
      zh: '检查清单中的 format、delimiter 和 recordElement。',
      en: 'Check format, delimiter and recordElement in the manifest.',
    },
  },
  CONNECTOR_DELIVERY_OVERDUE: {
    zh: '数据流 {stream} 超过 {expectedEvery} 没有新的完整投递。',
    en: 'Stream {stream} has had no complete delivery for longer than {expectedEvery}.',
    cure: {
      zh: '联系数据来源单位检查投递任务。',
      en: 'Ask the source to check its delivery job.',
    },
  },
  CONNECTOR_RECORD_ENCODING: {
    zh: '记录中有不属于 {encoding} 的字节。',
    en: 'The record holds bytes that are not {encoding}.',
    cure: {
      zh: '请来源单位修正该记录后重新投递。',
      en: 'Ask the source to correct the record and deliver it again.',
    },
  },
  CONNECTOR_RECORD_QUOTING: {
    zh: '记录的引号不成对或位置错误。',
    en: "The record's quotes do not match or stand in the wrong place.",
    cure: {
      zh: '请来源单位修正该记录：含分隔符或引号的单元格须整体加引号。',
      en: 'Ask the source to correct the record: a cell with a delimiter or quote must be quoted as a whole.',
    },
  },
  CONNECTOR_RECORD_CELLS: {
    zh: '记录有 {found} 个单元格，表头有 {expected} 列。',
    en: 'The record has {found} cells, the header has {expected} columns.',
    cure: {
      zh: '请来源单位修正该记录；常见原因是未加引号的分隔符。',
      en: 'Ask the source to correct the record; an unquoted delimiter is the common cause.',
    },
  },
  CONNECTOR_RECORD_JSON: {
    zh: '记录不是 JSON 对象。',
    en: 'The record is not a JSON object.',
    cure: {
      zh: '请来源单位修正该记录。',
      en: 'Ask the source to correct the record.',
    },
  },
  CONNECTOR_RECORD_XML: {
    zh: '记录不是格式正确的 XML 元素。',
    en: 'The record is not a well-formed XML element.',
    cure: {
      zh: '请来源单位修正该记录。',
      en: 'Ask the source to correct the record.',
    },
  },
  CONNECTOR_LATEST_BY_NAME: {
    zh: '数据流 {stream} 按文件名取最后一个 {taken}，但最近到达的是 {newest}：后者不会被读取。',
    en: 'Stream {stream} takes the last file by name, {taken}, but {newest} arrived later: it is not read.',
    cure: {
      zh: '文件名须按时间排序（写入日期，如 2026-11-24）；改名，或移走不用的文件。',
      en: 'Names must sort by age (put the date in, as 2026-11-24); rename the file, or move what is not wanted away.',
    },
  },
  CONNECTOR_ROW_CAP: {
    zh: '数据流 {stream} 一次查询的行数达到数据源上限 {rowCap}：其余的行没有给出，因此本次不算完整。',
    en: "One list of stream {stream} reached the source's limit of {rowCap} rows: what comes after is missing, so it does not count as whole.",
    cure: {
      zh: '把查询范围分小（按时段或区划），或请对方提高上限后改 manifest.yaml 的 limits.rowCap。',
      en: 'Ask for less at once (by period or area), or have the limit raised and change limits.rowCap in manifest.yaml.',
    },
  },
  CONNECTOR_CREDENTIAL_EXPIRED: {
    zh: '数据源给本网关的凭据已于 {date} 到期。',
    en: 'The credential that the source gave the gateway ended on {date}.',
    cure: {
      zh: '向对方换领凭据，改 manifest.yaml 的 credentialExpiry，再 source remove 与 source add。',
      en: 'Get a new credential, change credentialExpiry in manifest.yaml, then source remove and source add.',
    },
  },
  CONNECTOR_CREDENTIAL_EXPIRES: {
    zh: '数据源给本网关的凭据将于 {date} 到期（还有 {days} 天）。',
    en: 'The credential that the source gave the gateway ends on {date} (in {days} days).',
    cure: {
      zh: '提前换领凭据：到期后同步即失败。',
      en: 'Get a new one in time: after that day every sync fails.',
    },
  },
});
