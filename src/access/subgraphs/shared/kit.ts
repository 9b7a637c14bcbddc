import type { Keyring } from '../../../platform/keys/index.js';
import { SourceStates } from './source-states.js';

/** What all subgraphs of a process share. */
export class SubgraphKit {
  readonly states: SourceStates;
  constructor(
    readonly keyring: Keyring,
    states?: SourceStates,
  ) {
    this.states = states ?? new SourceStates();
  }
}
