import type { Provider } from '@nestjs/common';
import type { Keyring } from '../../platform/keys/index.js';
import { CatalogueSubgraph } from './catalogue/catalogue.subgraph.js';
import { CivilAffairsSubgraph } from './civil-affairs/civil-affairs.subgraph.js';
import { EvidenceSubgraph } from './evidence/evidence.subgraph.js';
import { ExchangeSubgraph } from './exchange/exchange.subgraph.js';
import { SYNC_CONTROL, type SyncControl } from './exchange/sync-control.js';
import { HouseholdSubgraph } from './household/household.subgraph.js';
import { type Desk, NOBODY } from './on-demand/consult.js';
import { ON_DEMAND, OnDemandSubgraph } from './on-demand/on-demand.subgraph.js';
import { PropertySubgraph } from './property/property.subgraph.js';
import { LINK_CONTROL, type LinkControl } from './residents/link-control.js';
import { ResidentsSubgraph } from './residents/residents.subgraph.js';
import { SubgraphKit } from './shared/kit.js';
import { TelecomSubgraph } from './telecom/telecom.subgraph.js';

export { type LinkControl, linkControl } from './residents/link-control.js';
export { type SyncControl, syncControl } from './exchange/sync-control.js';
export { SubgraphKit } from './shared/kit.js';
export { TelecomSubgraph };

/** The subgraphs, each owned by a domain. */
export const SUBGRAPHS = [
  ResidentsSubgraph,
  HouseholdSubgraph,
  PropertySubgraph,
  TelecomSubgraph,
  CivilAffairsSubgraph,
  OnDemandSubgraph,
  ExchangeSubgraph,
  CatalogueSubgraph,
  EvidenceSubgraph,
];

/** Providers of all subgraphs for a Nest module; the graph module finds them by their decorator. */
export const subgraphProviders = (
  keyring: Keyring,
  control: SyncControl,
  links: LinkControl,
  desk: Desk = NOBODY,
): Provider[] => [
  { provide: SubgraphKit, useFactory: () => new SubgraphKit(keyring) },
  { provide: SYNC_CONTROL, useValue: control },
  { provide: LINK_CONTROL, useValue: links },
  { provide: ON_DEMAND, useValue: desk },
  ...SUBGRAPHS,
];
