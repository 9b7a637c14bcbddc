/** Where the key that protects the root keys lies. */
export const KEY_PROVIDERS = ['file', 'env', 'command'] as const;
export type KeyProvider = (typeof KEY_PROVIDERS)[number];

/**
 * The key-encryption key of the root keys, behind a port. It is asked when the keyring is opened or rotated, never on
 * the path of a record: subject keys are wrapped in the process by the root keys it protects (envelope encryption).
 */
export interface KeyEncryption {
  readonly name: KeyProvider;
  /** @param context what the key is (`isthmus/kek/3`), bound to the result: the same must be given to unwrap. */
  wrap(key: Buffer, context: string): Promise<Buffer>;
  /** @throws ConfigurationError KEK_WRONG, KEK_COMMAND_FAILED, KEK_COMMAND_SILENT. */
  unwrap(wrapped: Buffer, context: string): Promise<Buffer>;
  /** Lets go of whatever it keeps open; it may be used again afterwards. */
  close(): void;
}

/** The root keys lie in the clear and the file's mode protects them: nothing is wrapped. */
export const fileKeyEncryption: KeyEncryption = {
  name: 'file',
  wrap: (key) => Promise.resolve(key),
  unwrap: (wrapped) => Promise.resolve(wrapped),
  close: () => undefined,
};
