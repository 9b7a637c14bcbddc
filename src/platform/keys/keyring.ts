import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '../kernel/index.js';
import { deriveKey } from './derive.js';
import { readBackupStatus, writeBackup, type BackupStatus } from './key-backup.js';
import { KeyedDigest } from './keyed-digest.js';
import {
  ensureKeysDirectory,
  KEYRING_FILE,
  newRootKeys,
  parseRootKeys,
  readPrivateFile,
  serialiseRootKeys,
  writePrivateFile,
  type RootKeys,
} from './keyring-file.js';
import { keysConfigurationError, sealBrokenError, unknownKeyVersionError } from './keys.errors.js';
import { open as openSealed, seal } from './seal.js';
import { newSubjectKeys, SubjectKeyWrap } from './subject-keys.js';

const FORMAT = 1;
const IDENTIFIER_HEADER = Buffer.of(FORMAT);

/**
 * All keys of one deployment, and everything that may be done with them. The keys themselves never leave it.
 * All digests and seals are synchronous and take single-digit microseconds: they stand on the path of every record.
 */
export class Keyring {
  readonly #directory: string;
  #roots: RootKeys;
  readonly #rows: KeyedDigest;
  readonly #contents: KeyedDigest;
  readonly #pseudonyms: KeyedDigest;
  readonly #blind = new Map<string, KeyedDigest>();
  readonly #tokenKey: Buffer;
  readonly #wraps = new Map<number, SubjectKeyWrap>();
  readonly #secretKeys = new Map<number, Buffer>();
  /** The version of the key-encryption key that wraps and seals now. */
  keyVersion = 0;

  private constructor(directory: string, roots: RootKeys) {
    this.#directory = directory;
    this.#roots = roots;
    this.#rows = new KeyedDigest(deriveKey(roots.index, 'row-hash'));
    this.#contents = new KeyedDigest(deriveKey(roots.index, 'content-hash'));
    this.#pseudonyms = new KeyedDigest(deriveKey(roots.index, 'pseudonym'));
    this.#tokenKey = deriveKey(roots.service, 'token');
    roots.kek.forEach((entry) => this.#addVersion(entry));
  }

  /**
   * Opens the keyring of a directory, and makes both where they are missing. Processes that start at the same moment
   * get the same keys.
   *
   * @param create false refuses to invent keys: for a database that already holds values sealed by lost ones.
   * @throws ConfigurationError KEYS_DIR_MODE, KEYS_FILE_MODE, KEYS_MISSING, KEYS_UNREADABLE, KEYS_UNWRITABLE, KEYS_DAMAGED.
   */
  static async open(keysDir: string, { create = true }: { create?: boolean } = {}): Promise<Keyring> {
    await ensureKeysDirectory(keysDir, create);
    const file = join(keysDir, KEYRING_FILE);
    let text = await readPrivateFile(file);
    if (text === undefined) {
      if (!create) throw keysConfigurationError('KEYS_MISSING', file);
      await writePrivateFile(file, serialiseRootKeys(newRootKeys()), 'keep');
      text = await readPrivateFile(file); // whoever was first
    }
    if (text === undefined) throw keysConfigurationError('KEYS_UNREADABLE', file);
    return new Keyring(keysDir, parseRootKeys(text, file));
  }

  /** A public name of the index and newest key-encryption key (16 hex digits), to compare with what a database or backup used. */
  get fingerprint(): string {
    const newest = this.#roots.kek.at(-1)!.key;
    return deriveKey(Buffer.concat([this.#roots.index, this.#roots.service, newest]), 'fingerprint', 8).toString('hex');
  }

  // ── Keyed digests ────────────────────────────────────────────────────────────────────────────────────────────

  /** Digest of a record's source bytes, before anything is parsed. 16 bytes. */
  rowHash(bytes: Uint8Array): Buffer {
    return this.#rows.ofBytes(bytes);
  }

  /** Digest of a mapped record's plaintext, before sealing. 16 bytes. */
  contentHash(bytes: Uint8Array): Buffer {
    return this.#contents.ofBytes(bytes);
  }

  /** The searchable stand-in of an identifier: equal values give equal bytes within one domain only. 16 bytes. */
  blindIndex(domain: string, value: string): Buffer {
    let digest = this.#blind.get(domain);
    if (!digest) this.#blind.set(domain, (digest = new KeyedDigest(deriveKey(this.#roots.index, `blind/${domain}`))));
    return digest.ofText(value);
  }

  /** A source key that is itself an identifier, as 32 hex digits. */
  blindKey(text: string): string {
    return this.blindIndex('source-key', text).toString('hex');
  }

  /** The name of a resident in evidence, as 32 hex digits; not to be turned back without the key. */
  pseudonym(residentId: string): string {
    return this.#pseudonyms.ofText(residentId).toString('hex');
  }

  /** What is stored of a bearer token: HMAC-SHA-256, 32 bytes. */
  tokenDigest(token: string): Buffer {
    return createHmac('sha256', this.#tokenKey).update(token, 'utf8').digest();
  }

  /** The password of one database role, 43 characters of base64url; the same keyring gives the same one. */
  databasePassword(role: string): string {
    return deriveKey(this.#roots.service, `database-password/${role}`).toString('base64url');
  }

  // ── Sealing ──────────────────────────────────────────────────────────────────────────────────────────────────

  newSubjectKeys(count: number): Buffer[] {
    return newSubjectKeys(count);
  }

  /** Wraps the new subject keys of a page; `ids[i]` names the subject of `keys[i]` and must be given again to unwrap. */
  wrapSubjectKeys(keys: readonly Uint8Array[], ids: readonly string[]): Buffer[] {
    return this.#wraps.get(this.keyVersion)!.wrap(keys, ids);
  }

  /** @throws FatalError KEYS_SEAL_BROKEN (altered, or another subject's), KEYS_VERSION_UNKNOWN. */
  unwrapSubjectKey(wrapped: Uint8Array, id: string): Buffer {
    const bytes = Buffer.from(wrapped.buffer, wrapped.byteOffset, wrapped.length);
    return byVersion(this.#wraps, bytes).unwrap(bytes, id);
  }

  /** @param aad table‖column‖row‖key version: the only place where the value opens. */
  sealIdentifier(subjectKey: Buffer, aad: string, text: string): Buffer {
    return seal(subjectKey, IDENTIFIER_HEADER, aad, text);
  }

  /** @throws FatalError KEYS_SEAL_BROKEN. */
  openIdentifier(subjectKey: Buffer, aad: string, sealed: Uint8Array): string {
    if (sealed[0] !== FORMAT) throw sealBrokenError();
    return openSealed(subjectKey, IDENTIFIER_HEADER.length, aad, sealed);
  }

  /** Seals a source's password, token or quarantined body under the key-encryption key. */
  sealSecret(text: string, aad: string): Buffer {
    return seal(this.#secretKeys.get(this.keyVersion)!, Buffer.of(FORMAT, this.keyVersion), aad, text);
  }

  /** @throws FatalError KEYS_SEAL_BROKEN, KEYS_VERSION_UNKNOWN. */
  openSecret(sealed: Uint8Array, aad: string): string {
    return openSealed(byVersion(this.#secretKeys, sealed), 2, aad, sealed);
  }

  // ── Care ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Adds a version of the key-encryption key: new values use it, older ones still open. @returns the new version. */
  async rotate(): Promise<number> {
    const added = { version: this.keyVersion + 1, key: newRootKeys().kek[0]!.key };
    const roots = { ...this.#roots, kek: [...this.#roots.kek, added] };
    if (added.version > 255) throw unknownKeyVersionError(added.version);
    await writePrivateFile(join(this.#directory, KEYRING_FILE), serialiseRootKeys(roots), 'replace');
    this.#roots = roots;
    this.#addVersion(added);
    return added.version;
  }

  backupStatus(): Promise<BackupStatus> {
    return readBackupStatus(this.#directory, this.fingerprint);
  }

  /** Writes all root keys to `file` (0600, in the clear: it belongs in a safe) and remembers that it was done. */
  backup(file: string, at: Date = systemClock.now()): Promise<void> {
    return writeBackup(this.#directory, this.fingerprint, this.#roots, file, at);
  }

  #addVersion({ version, key }: { version: number; key: Buffer }): void {
    this.#wraps.set(
      version,
      new SubjectKeyWrap(version, deriveKey(key, 'subject-wrap'), deriveKey(key, 'subject-check')),
    );
    this.#secretKeys.set(version, deriveKey(key, 'secret'));
    this.keyVersion = version;
  }
}

/** Byte 0 of a value under the key-encryption key is its format, byte 1 the key's version. */
function byVersion<T>(known: ReadonlyMap<number, T>, sealed: Uint8Array): T {
  if (sealed.length < 2 || sealed[0] !== FORMAT) throw sealBrokenError();
  const found = known.get(sealed[1]!);
  if (found === undefined) throw unknownKeyVersionError(sealed[1]!);
  return found;
}
