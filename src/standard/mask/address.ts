import { upToBuilding } from '../normalise/index.js';

/** The address down to the building; unit, floor and room are hidden. */
export function maskAddress(value: string): string {
  const shown = upToBuilding(value);
  return `${shown}***`;
}
