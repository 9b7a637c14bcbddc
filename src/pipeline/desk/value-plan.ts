import { decide, fieldPlan, type Inquiry, type PolicyData } from '../../governance/policy/index.js';
import { applyMask, ENTITIES, type EntityName, maskIdNumber, type MaskName } from '../../standard/index.js';
import { hidesCitizenId } from '../../platform/kernel/index.js';
import { mappedPaths, namesOfPath, type MappingDocument } from '../conform/index.js';

/** How the value at one place of a source record is shown. */
export interface PlaceRule {
  access: 'SHOWN' | 'MASKED' | 'WITHHELD';
  rule: string;
  mask: MaskName | null;
  /** `Entity.field` that the place fills. */
  fields: string[];
}

interface Place extends PlaceRule {
  names: string[];
}

const UNMAPPED: PlaceRule = { access: 'WITHHELD', rule: 'not-mapped', mask: null, fields: [] };
const GRAVITY = { SHOWN: 0, MASKED: 1, WITHHELD: 2 };

/**
 * What one inquiry may see of a stream's source records: a place is as open as the most closed of the standard's fields
 * that it fills; an identifier is masked whoever asks, and a place that fills nothing is withheld, because nobody has
 * said how sensitive it is.
 */
export class ValuePlan {
  constructor(private readonly places: readonly Place[]) {}

  of(names: readonly string[]): PlaceRule {
    const found = this.places.filter((place) => place.names.every((name, index) => names[index] === name));
    if (found.length === 0) return UNMAPPED;
    const worst = found.reduce((a, b) => (GRAVITY[b.access] > GRAVITY[a.access] ? b : a));
    return { ...worst, fields: [...new Set(found.flatMap(({ fields }) => fields))] };
  }
}

/** The plan of an inquiry for one stream. Pure. */
export function valuePlan(
  policy: PolicyData,
  inquiry: Inquiry,
  mapping: MappingDocument,
  stream: { name: string; key: readonly string[]; keyIsIdentifier?: unknown },
): ValuePlan {
  const plans = new Map<string, ReturnType<typeof fieldPlan>>();
  const planOf = (entity: EntityName): ReturnType<typeof fieldPlan> => {
    let plan = plans.get(entity);
    if (!plan) plans.set(entity, (plan = fieldPlan(policy, inquiry, ENTITIES[entity])));
    return plan;
  };
  const places = mappedPaths(mapping, stream.name).map(({ names, entity, field }): Place => {
    const plan = planOf(entity as EntityName);
    const spec = ENTITIES[entity as EntityName].fields.find((one) => one.name === field);
    const { access, rule } = plan.reads(field)
      ? plan.of(field)
      : { access: 'WITHHELD' as const, rule: plan.of(field).rule };
    const mask = spec?.type === 'identifier' ? 'idNumber' : (spec?.mask ?? null);
    const open = access === 'SHOWN' || (access === 'MASKED' && mask !== null) ? access : 'WITHHELD';
    return { names, access: open, rule, mask, fields: [`${entity}.${field}`] };
  });
  const { access, rule } = decide(policy, inquiry, { entity: 'Source', field: 'key', level: 2 });
  for (const path of stream.key) {
    const names = namesOfPath(path);
    const secret = stream.keyIsIdentifier === true;
    if (secret || !places.some((place) => place.names.join('\n') === names.join('\n')))
      places.push({
        names,
        access: access !== 'SHOWN' ? 'WITHHELD' : secret ? 'MASKED' : 'SHOWN',
        rule,
        mask: secret ? 'idNumber' : null,
        fields: ['Source.key'],
      });
  }
  return new ValuePlan(places);
}

/** The value as it may be shown; null where nothing may. An ID number written into any other place is masked too. */
export function shownValue({ access, mask }: PlaceRule, value: string): string | null {
  if (access === 'WITHHELD') return null;
  if (access === 'MASKED') return mask === null ? null : applyMask(mask, value);
  if (!hidesCitizenId(value)) return value;
  const masked = value.replace(/\d{14,17}[\dXx]/g, maskIdNumber);
  return hidesCitizenId(masked) ? '***' : masked;
}
