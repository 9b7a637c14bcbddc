import { defineMessages } from '../define.js';

export const policyMessages = defineMessages({
  UNAUTHENTICATED: {
    zh: '未登录,或令牌无效、已过期、已吊销',
    en: 'Not signed in, or the token is wrong, expired or revoked',
    cure: {
      zh: '在请求头中带上 Authorization: Bearer <令牌>;令牌由运维用 isthmus token issue 签发',
      en: 'Send the header Authorization: Bearer <token>; the operator issues one with isthmus token issue',
    },
  },
  FORBIDDEN: {
    zh: '角色“{role}”不能使用“{name}”',
    en: 'The role {role} may not use {name}',
    cure: {
      zh: '换用有此权限的角色;权限表见 schemas/policy/root-fields.json',
      en: 'Use a role that may; the table is schemas/policy/root-fields.json',
    },
  },
  PURPOSE_REQUIRED: {
    zh: '“{name}”涉及个人信息,须声明用途和事项编号',
    en: '{name} reads personal data and needs a declared purpose and a case number',
    cure: {
      zh: '带上请求头 X-Isthmus-Purpose(可选:{purposes})和 X-Isthmus-Case',
      en: 'Send the headers X-Isthmus-Purpose (one of {purposes}) and X-Isthmus-Case',
    },
  },
  PURPOSE_UNKNOWN: {
    zh: '没有“{purpose}”这个用途代码;可用:{purposes}',
    en: 'Unknown purpose code {purpose}; known: {purposes}',
    cure: {
      zh: '在请求头 X-Isthmus-Purpose 中写其中一个代码',
      en: 'Put one of these codes into the header X-Isthmus-Purpose',
    },
  },
  GRANT_MISSING: {
    zh: '没有授权覆盖“{name}”和用途“{purpose}”',
    en: 'No grant covers {name} for the purpose {purpose}',
    cure: { zh: '向数源单位申请授权', en: 'Apply to the data steward for a grant' },
  },
  FIELD_WITHHELD: {
    zh: '字段“{name}”不对本次用途开放,不能用于筛选或排序({rule})',
    en: 'The field {name} is withheld for this purpose and cannot be used to filter or sort ({rule})',
    cure: {
      zh: '去掉该条件,或换用点名该字段的用途',
      en: 'Leave the condition out, or declare a purpose that names the field',
    },
  },
  ID_NUMBER_UNREADABLE: {
    zh: '这不是可以识别的公民身份号码',
    en: 'This is not a citizen identity number that can be read',
    cure: {
      zh: '核对后用变量传递完整的 18 位或 15 位号码',
      en: 'Check it, and pass all 18 or 15 characters as a variable',
    },
  },
  ID_NUMBER_SHARED: {
    zh: '有多位居民登记了这个号码(重号)',
    en: 'Several residents are registered under this number',
    cure: {
      zh: '改用姓名和出生日期查询,并提请公安核实',
      en: 'Ask by name and birth date, and have the police check it',
    },
  },
  FILTER_UNREADABLE: {
    zh: '筛选条件“{name}”无法识别',
    en: 'The condition {name} cannot be read',
    cure: { zh: '改正或去掉该条件', en: 'Correct it or leave it out' },
  },
  CURSOR_UNREADABLE: {
    zh: '翻页位置无效,或属于另一个列表',
    en: 'The cursor is not valid, or belongs to another list',
    cure: {
      zh: '用上一页的 pageInfo.endCursor,或从头开始',
      en: 'Use pageInfo.endCursor of the page before, or start again',
    },
  },
  TOKEN_ROLE_UNKNOWN: {
    zh: '没有“{role}”这个角色',
    en: 'There is no role {role}',
    cure: { zh: '可用的角色:{roles}', en: 'Use one of: {roles}' },
  },
  TOKEN_HOLDER_UNFIT: {
    zh: '{name} 须为 1–{limit} 个字符,且不得含证件号码',
    en: '{name} must have 1–{limit} characters and hold no ID number',
    cure: {
      zh: '写单位或经办人的名称;需要区分同名者时用工号',
      en: 'Give the name of the unit or person; tell namesakes apart by a staff number',
    },
  },
  TOKEN_UNKNOWN: {
    zh: '没有编号为 {id} 的有效令牌',
    en: 'There is no valid token with the id {id}',
    cure: { zh: '核对签发时打印的编号', en: 'Check the id printed when it was issued' },
  },
});
