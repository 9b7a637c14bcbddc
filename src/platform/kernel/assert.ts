/** Marks a switch as exhaustive: compiles only when every case was handled. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected case: ${String(value)}`);
}
