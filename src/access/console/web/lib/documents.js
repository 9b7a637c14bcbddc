import { session } from './session.js';

const PROVENANCE = 'provenance { field source adapterVersion observedAt asOf state }';

/** Every served field of an entity with where each comes from, one line per part. */
const fieldsOf = (entity, indent) => {
  const names = session.facts.entities[entity].fields.map(({ name }) => name);
  return ['id', ...names].join(' ') + `\n${indent}${PROVENANCE}`;
};

const resident = () => `    ${fieldsOf('Person', '    ')}
    conflicts { field chosen reason values { source value asOf } }
    registration {
      ${fieldsOf('HouseholdRegistration', '      ')}
    }
    household {
      ${fieldsOf('Household', '      ')}
    }
    occupancies {
      ${fieldsOf('PropertyOccupancy', '      ')}
      dwelling {
        ${fieldsOf('Dwelling', '        ')}
      }
    }
    subscriptions {
      ${fieldsOf('TelecomSubscription', '      ')}
    }
    marriages {
      ${fieldsOf('MarriageRecord', '      ')}
    }
    assistance {
      ${fieldsOf('SocialAssistance', '      ')}
    }`;

export const residentDocument = () => `query ResidentById($id: ID!) {
  resident(id: $id) {
${resident()}
  }
}`;

export const idNumberDocument = () => `query ResidentByIdNumber($idNumber: String!) {
  residentByIdNumber(idNumber: $idNumber) {
${resident()}
  }
}`;

export const householdDocument = () => `query HouseholdById($id: ID!) {
  household(id: $id) {
    ${fieldsOf('Household', '    ')}
    members {
      ${fieldsOf('HouseholdMember', '      ')}
      resident { id name sex birthDate ${PROVENANCE} }
    }
  }
}`;

export const SEARCH_DOCUMENT = `query ResidentsByName($filter: ResidentFilter!, $first: Int!, $after: String) {
  residents(filter: $filter, first: $first, after: $after) {
    nodes {
      id name sex birthDate idNumber mobile
      ${PROVENANCE}
    }
    pageInfo { hasNextPage endCursor }
    totalCount
    totalCountCapped
  }
}`;

export const SOURCES_DOCUMENT = `query Sources {
  sources { id domain state asOf lagSeconds records quarantined adapter adapterVersion checkedAt checkCode nextSyncAt }
}`;

const RUN = `id source stream mode state queuedAt startedAt endedAt balanced
      counts {
        read created updated unchanged revived deletedByMessage deletedByAbsence quarantined skipped liveBefore liveAfter
      }
      skippedReasons { reason count }
      sourceDigest storeDigest origin error errorText adapterVersion mappingVersion`;

export const RUNS_DOCUMENT = `query SyncRuns($source: ID, $first: Int!, $after: String) {
  syncRuns(source: $source, first: $first, after: $after) {
    nodes {
      ${RUN}
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const RUN_DOCUMENT = `query SyncRun($id: ID!) {
  syncRun(id: $id) {
      ${RUN}
  }
}`;

export const START_DOCUMENT = `mutation StartSync($source: ID!) {
  startSync(source: $source) { id source stream state }
}`;

export const AUDIT_DOCUMENT = `query AuditRows($filter: AuditFilter, $first: Int!, $after: String) {
  auditRows(filter: $filter, first: $first, after: $after) {
    nodes { id time code who unit purpose case operation fields subjects decision body }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** What an auditor looks at first, as the third example shows it. */
export const AUDIT_EXAMPLE = `query RunsAndEvidence($first: Int!) {
  syncRuns(first: $first) {
    nodes { id source stream state balanced counts { read created updated unchanged quarantined skipped } }
  }
  auditRows(first: $first) {
    nodes { time unit who purpose case operation subjects decision }
  }
}`;
