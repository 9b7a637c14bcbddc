import { existsSync, readdirSync } from 'node:fs';

/** The bundled adapters: every folder below `adapters/` with a manifest. */
export const ADAPTERS = new URL('../../adapters/', import.meta.url);
export const bundledAdapters = (): string[] =>
  readdirSync(ADAPTERS)
    .filter((name) => existsSync(new URL(`${name}/manifest.yaml`, ADAPTERS)))
    .sort();
