import type { Holder, OwnedLine } from '../../generator/telecom-view.js';

type Json = Record<string, unknown>;

const phoneMedium = (holder: Holder): Json[] =>
  holder.written.phone === ''
    ? []
    : [{ mediumType: 'phone', preferred: true, characteristic: { phoneNumber: holder.written.phone } }];

/** TMF632 Individual. */
export function individual(holder: Holder, base: string): Json {
  const { written } = holder;
  return {
    id: holder.individual,
    href: `${base}/party/v4/individual/${holder.individual}`,
    fullName: written.name,
    gender: holder.gender,
    birthDate: holder.birthDate,
    individualIdentification:
      written.idNumber === ''
        ? []
        : [{ identificationType: '111', identificationId: written.idNumber, issuingAuthority: '测试市公安局' }],
    contactMedium: phoneMedium(holder),
    status: holder.status,
    '@type': 'Individual',
  };
}

/** TMF629 Customer. */
export function customer(holder: Holder, base: string): Json {
  return {
    id: holder.customer,
    href: `${base}/customerManagement/v4/customer/${holder.customer}`,
    name: holder.written.name,
    status: 'Approved',
    engagedParty: {
      id: holder.individual,
      href: `${base}/party/v4/individual/${holder.individual}`,
      '@referredType': 'Individual',
    },
    contactMedium: phoneMedium(holder),
    validFor: { startDateTime: holder.since },
    '@type': 'Customer',
  };
}

/** TMF637 Product. */
export function product({ holder, line }: OwnedLine, base: string): Json {
  const characteristics: { name: string; value: string }[] = [{ name: 'lineType', value: line.type }];
  if (line.statusReason !== '') characteristics.push({ name: 'statusReason', value: line.statusReason });
  return {
    id: line.id,
    href: `${base}/productInventory/v4/product/${line.id}`,
    name: line.name,
    status: line.status,
    productSerialNumber: line.number,
    startDate: line.startDate,
    ...(line.terminationDate === '' ? {} : { terminationDate: line.terminationDate }),
    productCharacteristic: characteristics,
    place: line.address === '' ? [] : [{ role: 'installationAddress', name: line.address }],
    relatedParty: [
      { id: holder.individual, role: 'user', '@referredType': 'Individual' },
      { id: holder.customer, role: 'customer', '@referredType': 'Customer' },
    ],
    '@type': 'Product',
  };
}
