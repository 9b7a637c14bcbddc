/** Settings of a `file` source. */
export const fileSettingsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: false,
  required: ['directory'],
  properties: {
    directory: {
      type: 'string',
      minLength: 1,
      title: '投递目录',
      description: 'Absolute path of the directory into which the source system drops its files; read in place.',
      examples: ['/srv/exchange/police'],
    },
  },
} as const;
