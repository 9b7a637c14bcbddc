import { GRAPHQL_FIELDS } from '../../../standard/index.js';
import { COMMON_SDL, LINK_SDL } from '../shared/sdl.js';

/** Lines of residents. No call records and no location: the standard has no place for them. */
export const telecomSdl = `
${LINK_SDL}
${COMMON_SDL}
type Resident @key(fields: "id") {
  id: ID!
  "电信订购;来源不可用且无存量时为 null · Telecom lines; null when nothing is stored and the source cannot be asked"
  subscriptions: [TelecomSubscription!]
}

"电信订购 · A telecom line"
type TelecomSubscription {
  id: ID!
${GRAPHQL_FIELDS.TelecomSubscription}
  provenance: [Provenance!]!
}
`;
