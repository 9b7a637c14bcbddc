import { createHmac } from 'node:crypto';
import { systemClock } from '../kernel/index.js';
import { deriveKey } from './derive.js';
import { readBackupStatus, writeBackup, type BackupStatus } from './key-backup.js';
import { KeyedDigest } from './keyed-digest.js';
import { fileKeyEncryption, type KeyEncryption, type KeyProvider } from './encryption/key-encryption.js';
import { newRootKey, type RootKeys } from './keyring-file.js';
import { sealBrokenError, unknownKeyVersionError } from './keys.errors.js';
import { fingerprintOf } from './root-format.js';
import { RootStore } from './root-store.js';
import { open as openSealed, seal } from './seal.js';
import { newSubjectKeys, SubjectKeyWrap } from './subject-keys.js';

const FORMAT = 1;
const IDENTIFIER_HEADER = Buffer.of(FORMAT);

/**
 * All keys of one deployment, and everything that may be done with them. The keys themselves never leave it.
 * All digests and seals are synchronous and take single-digit microseconds: they stand on the path of every record.
 */
export class Keyring {
  readonly #store: RootStore;
  #roots!: RootKeys;
  readonly #rows: KeyedDigest;
  readonly #contents: KeyedDigest;
  readonly #pseudonyms: KeyedDigest;
  readonly #blind = new Map<string, KeyedDigest>();
  readonly #tokenKey: Buffer;
  readonly #wraps = new Map<number, SubjectKeyWrap>();
  readonly #secretKeys = new Map<number, Buffer>();
  /** The version of the key-encryption key that wraps and seals now. */
  keyVersion = 0;

  private constructor(store: RootStore, roots: RootKeys) {
    this.#store = store;
    this.#rows = new KeyedDigest(deriveKey(roots.index, 'row-hash'));
    this.#contents = new KeyedDigest(deriveKey(roots.index, 'content-hash'));
    this.#pseudonyms = new KeyedDigest(deriveKey(roots.index, 'pseudonym'));
    this.#tokenKey = deriveKey(roots.service, 'token');
    this.#take(roots);
  }

  /**
   * Opens the keyring of a directory, and makes both where they are missing. Processes that start at the same moment
   * get the same keys.
   *
   * @param create false refuses to invent keys: for a database that already holds values sealed by lost ones.
   * @param encryption what the root keys are wrapped by; without one they lie in the clear, protected by the file's mode.
   * @throws ConfigurationError KEYS_DIR_MODE, KEYS_FILE_MODE, KEYS_MISSING, KEYS_UNREADABLE, KEYS_UNWRITABLE, KEYS_DAMAGED,
   * KEK_PROVIDER_DIFFERS, KEK_WRONG and the provider's own.
   */
  static async open(
    keysDir: string,
    { create = true, encryption = fileKeyEncryption }: { create?: boolean; encryption?: KeyEncryption } = {},
  ): Promise<Keyring> {
    const store = new RootStore(keysDir, encryption);
    return new Keyring(store, await store.open(create));
  }

  /** A public name of the index and newest key-encryption key (16 hex digits), to compare with what a database or backup used. */
  get fingerprint(): string {
    return fingerprintOf(this.#roots);
  }

  get provider(): KeyProvider {
    return this.#store.encryption.name;
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

  /** The newest version there is; above `keyVersion` while a rotation makes it known before it is used. */
  get newestVersion(): number {
    return this.#roots.kek.at(-1)!.version;
  }

  /** Versions that the file holds. */
  get versions(): number[] {
    return this.#roots.kek.map(({ version }) => version);
  }

  /** Rotation, first: adds a version that does not seal yet. Done already is done. */
  async introduceVersion(version: number): Promise<void> {
    await this.refresh();
    if (version <= this.newestVersion) return;
    if (version !== this.newestVersion + 1 || version > 255) throw unknownKeyVersionError(version);
    await this.#keep({ ...this.#roots, kek: [...this.#roots.kek, { version, key: newRootKey() }] });
  }

  /** Rotation, second: from now on this version wraps and seals. */
  async sealWith(version: number): Promise<void> {
    await this.refresh();
    if (!this.versions.includes(version)) throw unknownKeyVersionError(version);
    if (version > this.keyVersion) await this.#keep({ ...this.#roots, sealing: version });
  }

  /** Rotation, last: forgets the versions before this one. This process can still open what it has read already. */
  async retireBefore(version: number): Promise<void> {
    await this.refresh();
    const kek = this.#roots.kek.filter((entry) => entry.version >= version);
    if (kek.length > 0 && kek.length < this.#roots.kek.length) await this.#keep({ ...this.#roots, kek });
  }

  /** Takes over what another process has changed. @returns whether anything was. */
  async refresh(): Promise<boolean> {
    if (!(await this.#store.changed())) return false;
    this.#take(await this.#store.read());
    return true;
  }

  /** Refreshes every second, so that a rotation needs no restart. @returns what ends it. */
  watch(everyMs = 1000): () => void {
    const timer = setInterval(() => void this.refresh().catch(() => undefined), everyMs);
    timer.unref();
    return () => clearInterval(timer);
  }

  /** Puts the root keys under another provider. */
  async moveTo(encryption: KeyEncryption): Promise<void> {
    await new RootStore(this.#store.directory, encryption).write(this.#roots);
  }

  /** Ends what the provider keeps open. */
  close(): void {
    this.#store.encryption.close();
  }

  backupStatus(): Promise<BackupStatus> {
    return readBackupStatus(this.#store.directory, this.fingerprint);
  }

  /** Writes all root keys to `file` (0600, in the clear: it belongs in a safe) and remembers that it was done. */
  backup(file: string, at: Date = systemClock.now()): Promise<void> {
    return writeBackup(this.#store.directory, this.fingerprint, this.#roots, file, at);
  }

  async #keep(roots: RootKeys): Promise<void> {
    await this.#store.write(roots);
    this.#take(await this.#store.read());
  }

  #take(roots: RootKeys): void {
    for (const { version, key } of roots.kek) {
      if (this.#wraps.has(version)) continue;
      const [cipher, check] = [deriveKey(key, 'subject-wrap'), deriveKey(key, 'subject-check')];
      this.#wraps.set(version, new SubjectKeyWrap(version, cipher, check));
      this.#secretKeys.set(version, deriveKey(key, 'secret'));
    }
    this.#roots = roots;
    this.keyVersion = roots.sealing;
  }
}

/** Byte 0 of a value under the key-encryption key is its format, byte 1 the key's version. */
function byVersion<T>(known: ReadonlyMap<number, T>, sealed: Uint8Array): T {
  if (sealed.length < 2 || sealed[0] !== FORMAT) throw sealBrokenError();
  const found = known.get(sealed[1]!);
  if (found === undefined) throw unknownKeyVersionError(sealed[1]!);
  return found;
}
