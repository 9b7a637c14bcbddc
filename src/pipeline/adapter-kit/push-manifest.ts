/** How the events of a stream come; see the manifest's schema. */
export interface PushManifest {
  form: 'cloudevents' | 'hcgov';
  /** Types of event that belong to the stream; all when left out. */
  types?: string[];
  /** Dotted path of the record within the event's data. */
  record?: string;
  /** Fields of the record that are taken from the event's attributes: field → attribute. */
  fields?: Record<string, string>;
  windowSeconds?: number;
  requestsPerSecond?: number;
}

/** The secret setting that signs the events of each form. */
export const PUSH_SECRETS: Readonly<
  Record<PushManifest['form'], { name: string; title: string; description: string; minLength: number }>
> = {
  cloudevents: {
    name: 'hmac',
    title: '推送签名密钥',
    description: 'Shared secret of HMAC-SHA256, 16 characters or more; a second line is accepted as well (rotation).',
    minLength: 16,
  },
  hcgov: {
    name: 'securityCode',
    title: '推送安全码',
    description: 'The code that MicroCommunity signs with (MD5); a second line is accepted as well (rotation).',
    minLength: 6,
  },
};
