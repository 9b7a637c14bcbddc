import type { PolicyData } from '../../governance/policy/index.js';
import { ENTITIES, findCodeList, type EntityName, type Level } from '../../standard/index.js';

export interface FieldFacts {
  name: string;
  title: string;
  level: Level;
  type: string;
  codes?: string;
}

/** What the page must know before anybody signs in: public texts of `schemas/`, nothing of any person or source. */
export interface ConsoleFacts {
  purposes: { code: string; title: string; basis: string; fields: string[] }[];
  /** `Query.residents` → the roles that may ask it. */
  rootFields: Record<string, { roles: string[]; personal: boolean }>;
  entities: Record<string, { title: string; fields: FieldFacts[] }>;
  /** Code list → code → Chinese name. */
  codes: Record<string, Record<string, string>>;
}

/** Entities whose fields stand in the graph. */
const SHOWN = [
  'Person',
  'HouseholdRegistration',
  'Household',
  'HouseholdMember',
  'PropertyOccupancy',
  'Dwelling',
  'TelecomSubscription',
  'MarriageRecord',
  'SocialAssistance',
] as const satisfies readonly EntityName[];

export function consoleFacts({ purposes, rootFields }: Pick<PolicyData, 'purposes' | 'rootFields'>): ConsoleFacts {
  const codes: ConsoleFacts['codes'] = {};
  const entities: ConsoleFacts['entities'] = {};
  for (const name of SHOWN) {
    const { title, fields } = ENTITIES[name];
    entities[name] = {
      title,
      fields: fields
        .filter((field) => !field.internal)
        .map((field) => ({
          name: field.name,
          title: field.title,
          level: field.level,
          type: field.type,
          ...(field.codeList === undefined ? {} : { codes: field.codeList }),
        })),
    };
    for (const { codeList } of fields) {
      const list = codeList === undefined || codes[codeList] ? undefined : findCodeList(codeList);
      if (list) codes[list.name] = Object.fromEntries(list.codes.map(({ code, name: word }) => [code, word]));
    }
  }
  return {
    purposes: purposes.map(({ code, zh, legalBasis, fields }) => ({ code, title: zh, basis: legalBasis.zh, fields })),
    rootFields,
    entities,
    codes,
  };
}
