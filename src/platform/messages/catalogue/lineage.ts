import { defineMessages } from '../define.js';

/** What may be said of the way to the lineage collector. */
export const lineageMessages = defineMessages({
  LINEAGE_REFUSED: {
    zh: 'OpenLineage 接收方未接受运行事件({reason});事件保留,稍后重试',
    en: 'The OpenLineage collector did not take a run event ({reason}); it is kept and tried again',
    cure: {
      zh: '检查 ISTHMUS_OPENLINEAGE 指向的文件或地址',
      en: 'Check the file or address that ISTHMUS_OPENLINEAGE names',
    },
  },
});
