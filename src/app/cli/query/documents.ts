import { ENTITIES, type EntityName } from '../../../standard/index.js';

const PROVENANCE = 'provenance { field source adapterVersion observedAt asOf state }';

/** All fields of an entity that the graph serves, with where each comes from. */
const fieldsOf = (entity: EntityName): string =>
  `${ENTITIES[entity].fields
    .filter((field) => !field.internal)
    .map((field) => field.name)
    .join(' ')} ${PROVENANCE}`;

/** The id of a record, under a name that is not shown: disclosure tells records of a list apart by it. */
const REF = 'ref: id';

/** Everything about one resident, from every system. */
const RESIDENT = `id ${fieldsOf('Person')}
  conflicts { field chosen reason values { source value asOf } }
  registration { ${REF} ${fieldsOf('HouseholdRegistration')} }
  household { id ${fieldsOf('Household')} }
  occupancies { ${REF} ${fieldsOf('PropertyOccupancy')} dwelling { id ${fieldsOf('Dwelling')} } }
  subscriptions { ${REF} ${fieldsOf('TelecomSubscription')} }
  marriages { ${REF} ${fieldsOf('MarriageRecord')} }
  assistance { ${REF} ${fieldsOf('SocialAssistance')} }`;

export const RESIDENT_DOCUMENT = `query ResidentById($id: ID!) { resident(id: $id) { ${RESIDENT} } }`;

export const ID_NUMBER_DOCUMENT = `query ResidentByIdNumber($idNumber: String!) { residentByIdNumber(idNumber: $idNumber) { ${RESIDENT} } }`;

export const HOUSEHOLD_DOCUMENT = `query HouseholdById($id: ID!) { household(id: $id) { id ${fieldsOf('Household')}
  members { ${REF} ${fieldsOf('HouseholdMember')} resident { id name sex birthDate ${PROVENANCE} } } } }`;

export const NAME_DOCUMENT = `query ResidentsByName($prefix: String!, $first: Int!, $after: String) {
  residents(filter: { namePrefix: $prefix }, first: $first, after: $after) {
    nodes { id name sex birthDate idNumber mobile ${PROVENANCE} }
    pageInfo { hasNextPage endCursor } } }`;

export const SOURCES_DOCUMENT = 'query Sources { sources { id state asOf lagSeconds } }';
